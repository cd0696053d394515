"""From the mart to the screen. Computes no statistic: what a page shows was published as a row."""
