"""The parts of the Pack page: what is in the pack, the button that makes it, what to take away."""
