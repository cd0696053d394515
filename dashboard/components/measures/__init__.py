"""The parts of the Measures page: definitions, the form for a new one, a spreadsheet to fill in."""
