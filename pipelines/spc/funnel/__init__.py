"""Funnel plots: places or practices of different size beside one centre, in place of any ranking.

>>> from pipelines.spc.funnel import funnel
>>> funnel([12, 40], [100, 400], "proportion").beyond  # doctest: +SKIP
"""

from pipelines.spc.funnel.dispersion import Dispersion
from pipelines.spc.funnel.limits import FunnelKind, Limits
from pipelines.spc.funnel.plot import MIN_UNITS, Funnel, funnel

__all__ = ["MIN_UNITS", "Dispersion", "Funnel", "FunnelKind", "Limits", "funnel"]
