"""How fast the engine is, always as a ratio to a floor measured in the same run; README.md says how to run it."""
