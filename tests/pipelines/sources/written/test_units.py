"""Units as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.written.units import UNITS, convert, find_unit, is_named, unit_asked


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("KG", None, "kg"),
        ("kilos", None, "kg"),
        ("mins.", None, "minutes"),
        ("£", None, "pounds"),
        ("pounds", "mass", "lb"),
        ("pounds", "money", "pounds"),
        ("m", "time", "minutes"),
        ("m", "distance", "m"),
        ("%", None, "%"),
        ("per cent", None, "%"),
        ("adults", None, "people"),
    ],
)
def test_a_word_is_the_unit_that_it_means_in_its_column(written, kind, name):
    assert find_unit(written, kind).name == name


@pytest.mark.parametrize("written", ["crates", "bags", "", "kgg", "maureen"])
def test_a_word_without_a_known_size_is_no_unit(written):
    assert find_unit(written) is None


@pytest.mark.parametrize("name", UNITS)
def test_every_name_that_a_mapping_may_give_is_its_own_unit(name):
    assert unit_asked(name).name == name


def test_a_column_may_count_things_of_any_name():
    crates = unit_asked("crates")
    assert is_named("crate", crates)
    assert is_named("Crates", crates)
    assert not is_named("boxes", crates)
    assert unit_asked(None) is None


@given(st.sampled_from(UNITS), st.sampled_from(UNITS), st.integers(1, 10_000))
def test_there_and_back_again_is_the_same_amount(first, second, amount):
    one, other = unit_asked(first), unit_asked(second)
    if one.kind == other.kind:
        assert convert(convert(amount, one, other), other, one) == pytest.approx(amount, rel=1e-9)


@pytest.mark.parametrize(
    ("amount", "unit", "to", "told"),
    [(500, "g", "kg", 0.5), (1.5, "hours", "minutes", 90), (3, "lb", "kg", 1.36077711)],
)
def test_sizes_are_those_of_the_act(amount, unit, to, told):
    assert convert(amount, unit_asked(unit), unit_asked(to)) == told
