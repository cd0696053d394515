"""The parts of "What changed": the day one looks back to, and what happened since, as a meeting takes it."""
