"""Counts of the hypertension cascade: cascade_counts.csv, read, checked against itself, and handed over as sessions."""
