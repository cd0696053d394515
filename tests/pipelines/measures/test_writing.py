"""A definition that is written reads back equal, explains itself, and makes no other measure vanish."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import FaultyInputError
from pipelines.measures import (
    ARRIVES,
    DECLARED_PERIODS,
    KINDS,
    NEEDS_DENOMINATOR,
    add_measure,
    check_measure,
    definition_of,
    measure_of,
    measures_home,
    read_measures,
    write_measure,
)
from pipelines.measures.keys import MEANING
from pipelines.measures.reading import _DefinitionReader
from pipelines.vocabulary import Better, CascadeStep, Domain

PROJECT = read_measures(Path(__file__).parents[3] / "data" / "measures")

#: Texts as a definition keeps them: on one line, without characters that are not seen but work.
words = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=40
).filter(lambda text: " ".join(text.split()) == text)
item = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True).filter(lambda name: name != "sessions")
counted = st.lists(item, min_size=1, max_size=3, unique=True).map(" + ".join)
days = st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))


@st.composite
def definitions(draw):
    """Any definition that can be, with any words in it."""
    kind = draw(st.sampled_from([str(kind) for kind in KINDS]))
    is_share = kind in ("proportion", "p", "pp")
    value = st.floats(0, 1) if is_share else st.floats(allow_nan=False, allow_infinity=False)
    first = draw(item)
    made = {
        "id": draw(item),
        "name": draw(words),
        "domain": str(draw(st.sampled_from(list(Domain)))),
        "kind": kind,
        "numerator": first,
        "unit": draw(words),
        "period": str(draw(st.sampled_from(DECLARED_PERIODS))),
        "better": str(draw(st.sampled_from(list(Better)))),
        "disclosive": draw(st.booleans()),
        "prototypes": draw(st.lists(words.filter(lambda text: "," not in text), min_size=1, max_size=3)),
        "why": draw(words),
        "source": draw(words),
    }
    if kind in NEEDS_DENOMINATOR or draw(st.booleans()):
        made["denominator"] = draw(
            st.just("sessions") | counted.map(lambda sum_: f"z{first} + z{sum_[:9]}"[:60])
        )
    optional = {
        "short_name": words,
        "counts": st.sampled_from(["people", "visits"]),
        "planned_every": st.sampled_from(["week", "2 weeks", "month", "session", "99 days"]),
        "baseline": st.sampled_from(["auto", "none", "first:20", "2025-01-06/2025-03-31"]),
        "no_entry_means_zero": st.booleans(),
        "never_negative": st.booleans(),
        "arrives": st.sampled_from(ARRIVES),
        "lag_days": st.integers(0, 400),
        "display_order": st.integers(0, 10**6),
        "wall": st.booleans(),
        "target": st.lists(
            st.fixed_dictionaries({"from": days, "value": value}),
            min_size=1, max_size=3, unique_by=lambda one: one["from"],
        ),
    }  # fmt: skip
    if is_share:
        optional["cascade_step"] = st.sampled_from([str(step) for step in CascadeStep])
    chosen = draw(st.sets(st.sampled_from(sorted(optional))))
    return made | {key: draw(optional[key]) for key in sorted(chosen)}


@given(definitions())
@settings(max_examples=150, deadline=None)
def test_a_definition_that_is_written_reads_back_equal(definition):
    found = check_measure(definition)
    if found:  # two items of a sum may fall together; nothing else may be wrong
        assert {fault.column for fault in found} <= {"denominator"}
    assert tomllib.loads(write_measure(definition)) == definition


@given(definitions().filter(lambda definition: not check_measure(definition)))
@settings(max_examples=100, deadline=None)
def test_a_measure_written_from_what_it_is_is_the_same_measure(definition):
    measure = measure_of(definition)
    assert measure_of(tomllib.loads(write_measure(definition_of(measure)))) == measure


@given(
    st.dictionaries(
        st.sampled_from([*MEANING, "colour"]),
        st.none() | st.booleans() | words | st.integers(-9, 9) | st.lists(words),
    )
)
@settings(max_examples=100, deadline=None)
def test_whatever_is_filled_in_is_checked_and_written_and_never_breaks(table):  # fmt: skip
    given_ = {key: value for key, value in table.items() if value is not None}
    faults = check_measure(given_)
    assert faults
    assert all(fault.column in {*MEANING, "colour"} and fault.reason for fault in faults)
    assert tomllib.loads(write_measure(table)) == given_


@pytest.mark.parametrize("measure", PROJECT, ids=lambda measure: measure.measure_id)
def test_every_measure_of_the_project_survives_being_written(measure):
    assert measure_of(tomllib.loads(write_measure(definition_of(measure)))) == measure


def test_every_key_that_is_known_is_explained_above_its_value():
    assert set(MEANING) == _DefinitionReader.KEYS
    text = write_measure(definition_of(PROJECT[0]) | {"target": [{"from": dt.date(2026, 1, 5), "value": 40}]})
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if " = " in line and not line.startswith(("#", "from", "value")):
            assert lines[place - 1] == f"# {MEANING[line.split(' = ')[0]]}"
    assert lines[lines.index("[[target]]") - 1] == f"# {MEANING['target']}"


def definition(measure_id: str = "walks", **other):
    return definition_of(PROJECT[0]) | {"id": measure_id, "numerator": measure_id} | other


def ids(folder: Path) -> set[str]:
    return {measure.measure_id for measure in read_measures(folder)}


def test_the_first_measure_of_a_folder_comes_with_those_in_use(tmp_path):
    path = add_measure(definition(), tmp_path / "inbox" / "measures", PROJECT)
    assert path.name == "walks.toml"
    assert ids(path.parent) == {"walks"} | {measure.measure_id for measure in PROJECT}
    assert set(read_measures(path.parent)) >= set(PROJECT)


def test_what_else_lies_in_the_folder_stays(tmp_path):
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "notes.txt").write_text("kept")
    add_measure(definition(), tmp_path / "measures", PROJECT)
    assert (tmp_path / "measures" / "notes.txt").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["measures"]


def test_a_further_measure_stands_beside_those_that_are_there_and_copies_nothing(tmp_path):
    add_measure(definition(), tmp_path)
    add_measure(definition("talks"), tmp_path, PROJECT)
    assert ids(tmp_path) == {"walks", "talks"}


def test_an_id_that_is_taken_is_told_and_nothing_is_written(tmp_path):
    add_measure(definition(), tmp_path)
    before = (tmp_path / "walks.toml").read_bytes()
    with pytest.raises(FaultyInputError, match='a measure with the id "walks"'):
        add_measure(definition(name="Other"), tmp_path)
    with pytest.raises(FaultyInputError, match="Choose another id"):
        add_measure(definition(PROJECT[0].measure_id), tmp_path / "new", PROJECT)
    assert (tmp_path / "walks.toml").read_bytes() == before
    assert not (tmp_path / "new").exists()


def test_a_measure_that_is_replaced_is_kept_aside_under_whatever_name_it_had(tmp_path):
    (tmp_path / "mine.toml").write_text(write_measure(definition(name="First")), encoding="utf-8")
    for name in ("Second", "Third"):
        add_measure(definition(name=name), tmp_path, replace=True)
    assert [measure.name for measure in read_measures(tmp_path)] == ["Third"]
    kept = sorted((tmp_path / "replaced").iterdir())
    assert [path.name for path in kept] == ["walks.1.toml", "walks.2.toml"]
    assert [tomllib.loads(path.read_text("utf-8"))["name"] for path in kept] == ["First", "Second"]


def test_a_faulty_definition_is_told_whole_and_nothing_is_written(tmp_path):
    with pytest.raises(FaultyInputError) as caught:
        add_measure(definition(period="hour", better="yes"), tmp_path / "measures", PROJECT)
    assert [fault.column for fault in caught.value.faults] == ["period", "better"]
    assert not (tmp_path / "measures").exists()


def test_definitions_that_are_there_and_faulty_stop_the_writing(tmp_path):
    (tmp_path / "broken.toml").write_text("id = ")
    with pytest.raises(FaultyInputError, match=r"broken\.toml"):
        add_measure(definition(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["broken.toml"]


def test_no_half_file_is_ever_read(tmp_path, monkeypatch):
    add_measure(definition(), tmp_path)

    def killed(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        add_measure(definition("talks"), tmp_path)
    with pytest.raises(KeyboardInterrupt):
        add_measure(definition("talks"), tmp_path / "measures", PROJECT)
    assert ids(tmp_path) == {"walks"}
    assert not (tmp_path / "measures").exists()


def test_a_new_definition_is_kept_beside_those_in_use(tmp_path):
    data, inbox, sample = tmp_path, tmp_path / "inbox", tmp_path / "sample"
    assert measures_home(data, inbox) == inbox / "measures"
    assert measures_home(data, sample) == data / "measures"
    assert measures_home(data, data) == data / "measures"
    add_measure(definition(), sample / "measures")
    assert measures_home(data, sample) == sample / "measures"
