"""The parts of the Method page: the documents that it shows."""
