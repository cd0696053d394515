"""Any table file as sheets of cells: bytes in, text with true line numbers out, and where the table lies on a sheet."""
