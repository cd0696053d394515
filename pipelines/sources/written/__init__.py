"""Numbers and dates as people write them: text in; a value, its two ends and a reason out."""
