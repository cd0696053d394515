"""Whatever small table comes: understanding never raises but for bytes that are no table, and its mapping reads back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.errors import UnreadableFileError
from pipelines.sources.logs.mapping import read_mapping, write_mapping
from pipelines.understanding import suggested_measures, understand

_WORDS = (
    "Date|When|How many came?|came before|% back|kg|Event|Given out|Delivery in|Mood /10|1/2/2026|13/2/2026|2026-03-04|12|0.5|"
    "45%|1:40|4/5|Yes|no|n/a||Total|1,5|07700 900123|Mrs Khan|Rate it [Food]|#|:|a/b|x#2|é|=1+1|Running total|Locality"
)
WORDS = st.sampled_from(_WORDS.split("|"))
CELLS = st.one_of(WORDS, WORDS, st.text(max_size=8))
GRIDS = st.lists(st.lists(CELLS, max_size=6), max_size=14)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GRIDS, st.sampled_from((",", ";", "\t")))
def test_any_small_table_is_understood_or_refused_and_its_mapping_reads_back_equal(
    tmp_path: Path, grid, delimiter
):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(grid)
    try:
        proposal = understand(text.getvalue().encode("utf-8", "replace"), "log.csv", tmp_path)
    except UnreadableFileError:
        return
    suggested_measures(proposal.mapping, tmp_path, proposal.shares)
    mapping = proposal.mapping
    if mapping.items and "tested_on" in mapping.columns:
        columns = mapping.columns | {"neighbourhood_id": ("N",), "prototype_id": ("P",)}
        whole = replace(mapping, columns=columns)
        assert read_mapping(write_mapping(whole).encode(), "log.toml") == (whole, [])
