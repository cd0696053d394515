"""The lines of a published file, each with its fate."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from pipelines.sources.published.origin import Origin
from pipelines.sources.published.publication import Asked, Publication


@pytest.fixture
def publication() -> Publication:
    columns = {"area": pa.array(["a", "b", "a", "c"])}
    return Publication("localities/x_v2.csv", b"bytes", columns, np.array([2, 3, 5, 6]), Origin())


def test_a_column_is_parsed_once_for_each_distinct_text(publication):
    asked = []
    assert publication.each("area", lambda text: asked.append(text) or text.upper()) == ["A", "B", "A", "C"]
    assert asked == ["a", "b", "c"]


def test_a_column_that_is_not_there_is_empty(publication):
    assert (
        publication.texts("people")
        == publication.each("people", str)
        == publication.taken("people", range(4))
        == [""] * 4
    )


def test_read_is_loaded_and_refused_and_furniture(publication):
    publication.load([0])
    publication.refuse([1], "area", "It is odd.")
    publication.set_aside([2, 3], "of elsewhere.")
    publication.refuse_lines([7, 8], "It cannot be split.")
    publication.other_lines["furniture"] += 1
    load = publication.close()
    assert (load.lines_read, load.lines_loaded, load.lines_refused, load.lines_furniture) == (7, 1, 3, 3)
    assert publication.open_rows() == []


def test_what_is_set_aside_is_told_once_with_number_and_first_line(publication):
    publication.set_aside([2, 3], "of elsewhere.")
    (fault,) = publication.faults
    assert fault.reason.startswith("Set aside: 2 of elsewhere. The first is line 5.")
    publication.set_aside([], "of nowhere.")
    assert len(publication.faults) == 1


def test_a_cell_is_shown_masked(publication):
    publication.tell(0, "area", "ring Maureen on 07700 900123", "Odd.")
    assert publication.faults[0].value == "[not shown: 28 characters]"


def test_the_load_is_known_by_its_bytes_and_what_lies_beside_them(publication):
    def other(content, written):
        return Publication(publication.file, content, {}, np.arange(0), Origin(written=written))

    ids = {
        publication.load_id,
        other(b"bytes", b"").load_id,
        other(b"other", b"").load_id,
        other(b"bytes", b"x").load_id,
    }
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("code", "is_kept"),
    [
        ("E09000002", True),
        ("F82001", True),
        ("F82002", False),
        ("U11211", True),
        ("U27362", False),
        ("", True),
    ],
)
def test_only_practices_and_networks_are_ever_left_out(code, is_kept):
    asked = Asked(practices={"F82001": "Halbutt Street"}, pcns=frozenset(("U11211",)))
    assert asked.keeps(code) is is_kept
    assert Asked().keeps(code)
