"""The parts of the Learning page: do predictions hold, are errors shrinking, stages, readiness."""
