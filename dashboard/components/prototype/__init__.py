"""The parts of the Prototype page: its story from idea to now, the ramp of its cycles."""
