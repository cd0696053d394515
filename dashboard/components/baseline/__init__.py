"""A usual range accepted or moved, with a name and a reason: what is told of it and the forms for it."""
