"""Many charts at once: which headlines to keep (docs/method.md, Many charts)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Share of false ones accepted among the headlines.
FALSE_DISCOVERY_RATE = 0.10


def headlines(p_values: Sequence[float], rate: float = FALSE_DISCOVERY_RATE) -> NDArray[np.bool_]:
    """Return which primary measures may be headlines, by Benjamini & Hochberg (1995).

    Parameters
    ----------
    p_values
        One a cycle, 0 to 1; NaN is never a headline and does not count.
    rate
        False discovery rate.
    """
    from statsmodels.stats.multitest import multipletests

    values = np.asarray(p_values, dtype=float)
    known = np.isfinite(values)
    kept = np.zeros(values.shape, dtype=bool)
    if known.any():
        kept[known] = multipletests(values[known], alpha=rate, method="fdr_bh")[0]
    return kept
