"""Test logs, whatever their format: a mapping says what the columns are, every record gets a fate."""
