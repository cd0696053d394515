"""The parts of the Data page: what was loaded, what was refused, where numbers come from."""
