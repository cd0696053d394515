"""The pack for the minutes: from the shared mart to a PDF, slides, tables and one page that opens offline. Knows no session."""
