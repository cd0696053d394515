"""A column by its distinct texts says of each record what its own text would say."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.logs.columns import Column, constant, encode

TEXTS = st.lists(st.sampled_from(["", " ", "a", "A ", "a  b", "A B", "é", "12"]), max_size=12)


def column(texts: list[str]) -> Column:
    return Column.of("x", encode(pa.array(texts, pa.string()), np.arange(len(texts))))


@given(TEXTS, st.data())
def test_chosen_rows_keep_their_texts(texts, data):
    rows = np.array(
        sorted(data.draw(st.sets(st.integers(0, max(len(texts) - 1, 0))))) if texts else [], dtype=int
    )
    chosen = Column.of("x", encode(pa.array(texts, pa.string()), rows))
    assert [chosen[n] for n in range(len(chosen))] == [texts[row] for row in rows]


@given(TEXTS)
def test_flags_and_values_are_those_of_each_text(texts):
    one = column(texts)
    assert one.is_written().tolist() == [bool(text.strip()) for text in texts]
    assert one.take([len(text) for text in one.texts], int).tolist() == [len(text) for text in texts]
    kept = one.as_arrow([text.strip() or None for text in one.texts], np.arange(len(texts)))
    assert kept.to_pylist() == [text.strip() or None for text in texts]


@given(TEXTS)
def test_hashes_are_equal_where_texts_are_alike_but_for_case_and_spacing(texts):
    hashes, plain = column(texts).hashes().tolist(), [" ".join(text.split()).lower() for text in texts]
    for n, text in enumerate(plain):
        assert (hashes[n] == 0) == (text == "")
        assert [hashes[n] == other for other in hashes] == [text == other for other in plain]


def test_a_constant_column_says_the_same_in_every_row():
    assert constant("x", 3).to_pylist() == ["x", "x", "x"]
    assert constant(None, 2).to_pylist() == [None, None]
    assert constant("x", 0).to_pylist() == []
