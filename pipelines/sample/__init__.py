"""Made-up neighbourhoods, drawn from a seed, with a table of what was planted in them."""

from pipelines.sample.simulate import Planted, Series, Truth, simulate, truths
from pipelines.sample.write import write_sample

__all__ = ["Planted", "Series", "Truth", "simulate", "truths", "write_sample"]
