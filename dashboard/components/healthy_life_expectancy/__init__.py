"""The parts of the Healthy life expectancy page: published figures, without limits."""
