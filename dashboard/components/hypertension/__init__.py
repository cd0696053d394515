"""The parts of the Hypertension page: the cascade, who is not reached, notes on what misleads."""
