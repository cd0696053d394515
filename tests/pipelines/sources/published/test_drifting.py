"""Headings that drift from year to year."""

from __future__ import annotations

import pytest

from pipelines.sources.published.drifting import DriftingNames
from pipelines.sources.published.origin import Origin
from pipelines.sources.published.publication_text import open_publication

NAMES = DriftingNames({"code": ("practicecode", "orgcode"), "size": ("listsize",)}, frozenset(("code",)))


@pytest.mark.parametrize("heading", ["PRACTICE_CODE", "practicecode", "Practice Code", "ORG_CODE"])
def test_a_column_is_known_under_each_of_its_names(heading):
    publication = open_publication(f"{heading},other\nF82001,x\n".encode(), "x.csv", Origin())
    assert NAMES.know(publication.columns)
    NAMES.rename(publication)
    assert publication.texts("code") == ["F82001"]
    assert publication.texts("other") == ["x"]
    assert publication.texts("size") == [""]


def test_the_newest_name_wins_where_two_stand_side_by_side():
    publication = open_publication(b"ORG_CODE,PRACTICE_CODE\nold,new\n", "x.csv", Origin())
    NAMES.rename(publication)
    assert publication.texts("code") == ["new"]


def test_without_a_needed_column_the_format_is_not_known():
    assert not NAMES.know({"list_size", "practice"})
