"""Published figures: one reader a publisher's format, known by its headings."""
