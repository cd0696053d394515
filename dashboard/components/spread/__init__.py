"""The spread of an idea: who has tried it, since when, and how it went from the day each began."""
