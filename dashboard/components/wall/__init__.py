"""The parts of the Overview: every neighbourhood by six measures, and what is new beside them."""
