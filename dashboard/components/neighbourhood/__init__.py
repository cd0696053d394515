"""The parts of the Neighbourhood page: one prototype's charts on one time axis."""
