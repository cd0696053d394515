"""Made-up tables with margins, and what an attacker makes of their releases; for the tests of cells and ledger."""

from __future__ import annotations

import numpy as np

from pipelines.disclosure import audit


def with_margins(table):
    """Return cells, row and column totals and the grand total as counts, and what they are sums of."""
    table = np.asarray(table)
    rows, columns = table.shape
    cells = {("cell", str(i), str(j)): float(n) for (i, j), n in np.ndenumerate(table)}
    cells |= {("row", str(i)): float(n) for i, n in enumerate(table.sum(axis=1))}
    cells |= {("column", str(j)): float(n) for j, n in enumerate(table.sum(axis=0))}
    cells["all",] = float(table.sum())
    sums = [(("row", str(i)), tuple(("cell", str(i), str(j)) for j in range(columns))) for i in range(rows)]
    sums += [
        (("column", str(j)), tuple(("cell", str(i), str(j)) for i in range(rows))) for j in range(columns)
    ]
    sums.append((("all",), tuple(("row", str(i)) for i in range(rows))))
    sums.append((("all",), tuple(("column", str(j)) for j in range(columns))))
    return cells, sums


def random_table(rng):
    """Return a table of 2 to 5 rows and columns with counts of very different sizes."""
    shape = rng.integers(2, 6, 2)
    return rng.poisson(rng.choice([4, 10, 30], p=[0.3, 0.4, 0.3]) * rng.lognormal(0, 0.8, shape))


def known_of(shown, round_to, hidden_up_to):
    """Return between which counts a shown figure lies, by the printed rule; written out here, not taken from there."""
    if shown == 0:
        return 0.0, 0.0
    counts = np.arange(0, shown + 2 * round_to)
    behind = counts[(np.floor(counts / round_to + 0.5) * round_to == shown) & (counts > hidden_up_to)]
    return float(behind.min()), float(behind.max())


def bounds_of_hidden(out, sums, round_to, hidden_up_to):
    """Return how far everybody can narrow each hidden cell of a release, of which they know that it is a count."""
    known = {
        name: (0.0, np.inf) if one.value is None else known_of(one.value, round_to, hidden_up_to)
        for name, one in out.items()
    }
    return audit(known, sums, of=[name for name, one in out.items() if one.value is None])
