"""Numbers as people write them."""

from __future__ import annotations

import math
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.written.values import Ask, NumberState, read_number

PEOPLE, KG, MINUTES, POUNDS = Ask(), Ask(unit="kg"), Ask("measurement", "minutes"), Ask(unit="pounds")
SHARE, SCORE = Ask("share"), Ask("score", out_of=5)
SYSTOLIC, DIASTOLIC = (Ask("measurement", "mmHg", part=part) for part in ("first", "second"))
ASKS = [
    PEOPLE,
    KG,
    MINUTES,
    POUNDS,
    SHARE,
    SCORE,
    SYSTOLIC,
    Ask("measurement"),
    Ask("share", "%"),
    Ask(unit="crates"),
]
VALUED = {"ok", "noted", "approximate", "interval"}


def told(number):
    return (number.value, number.low, number.high, number.state)


@pytest.mark.parametrize(
    ("written", "ask", "value"),
    [
        ("14", PEOPLE, 14),
        ("0.8974358974358975", SHARE, 0.8974358974358975),
        (" 11 ", PEOPLE, 11),
        ("14.0", PEOPLE, 14),
        ("0", PEOPLE, 0),
        ("05", PEOPLE, 5),
        ("1,234", PEOPLE, 1234),
        ("\u00a012", PEOPLE, 12),
        ("12;", PEOPLE, 12),
        ("12kg", KG, 12),
        (" 24 KG", KG, 24),
        ("12.5 kg", KG, 12.5),
        ("12 kilos", KG, 12),
        ("1,050", KG, 1050),
        ("90 min", MINUTES, 90),
        ("£12.50", POUNDS, 12.5),
        ("£1,050", POUNDS, 1050),
        ("5 pounds", POUNDS, 5),
        ("45 %", SHARE, 0.45),
        ("45 per cent", SHARE, 0.45),
        ("0.45", SHARE, 0.45),
        ("45", Ask("share", "%"), 0.45),
        ("1", Ask("share", "%"), 0.01),
        ("1", Ask("share", "of 1"), 1),
        ("4/5", SCORE, 4),
        ("4 out of 5", SCORE, 4),
        ("145/92", SYSTOLIC, 145),
        ("150 / 95", DIASTOLIC, 95),
        ("145 over 92", DIASTOLIC, 92),
        ("12 of 40", Ask(part="first"), 12),
        ("2 crates", Ask(unit="crates"), 2),
        ("1 crate", Ask(unit="crates"), 1),
        ("-3", Ask("measurement"), -3),
        ("+5", Ask("measurement"), 5),
    ],
)
def test_a_plain_number_is_read_without_a_word(written, ask, value):
    number = read_number(written, ask)
    assert told(number) == (value, value, value, "ok")
    assert number.reason is None


@pytest.mark.parametrize(
    ("written", "ask", "value"),
    [
        ("twelve", PEOPLE, 12),
        ("Twenty-one", PEOPLE, 21),
        ("one hundred and five", PEOPLE, 105),
        ("2 dozen", PEOPLE, 24),
        ("none", PEOPLE, 0),
        ("16 (plus 2 dogs)", PEOPLE, 16),
        ("12 people", PEOPLE, 12),
        ("12 came", PEOPLE, 12),
        ("12*", PEOPLE, 12),
        ("5+1", PEOPLE, 6),
        ("12 adults + 3 children", PEOPLE, 15),
        ("7½", KG, 7.5),
        ("½ kg", KG, 0.5),
        ("1/2 kg", KG, 0.5),
        ("500g", KG, 0.5),
        ("12kg + 3kg", KG, 15),
        ("500 + 300g", KG, 0.8),
        ("2 x 5kg", KG, 10),
        ("1kg 500g", KG, 1.5),
        ("1h 30", MINUTES, 90),
        ("1 hr 30 mins", MINUTES, 90),
        ("1:30", MINUTES, 90),
        ("1:30:00", MINUTES, 90),
        ("half an hour", MINUTES, 30),
        ("1.5 hours", MINUTES, 90),
        ("50p", POUNDS, 0.5),
        ("£1.2k", POUNDS, 1200),
        ("45", SHARE, 0.45),
        ("9 out of 20", SHARE, 0.45),
        ("★★★★☆", SCORE, 4),
        ("4 - Very good", SCORE, 4),
        ("4/5", Ask("score"), 4),
        ("132/84 (L arm)", SYSTOLIC, 132),
    ],
)
def test_a_number_beside_words_or_in_another_unit_counts_and_is_told(written, ask, value):
    number = read_number(written, ask)
    assert told(number) == (value, value, value, "noted")
    assert number.reason


@pytest.mark.parametrize(
    ("written", "ask", "value"),
    [
        ("~20", PEOPLE, 20),
        ("about 19", PEOPLE, 19),
        ("approx. twelve", PEOPLE, 12),
        ("20ish", PEOPLE, 20),
        ("20 or so", PEOPLE, 20),
        ("2?", PEOPLE, 2),
        ("12 (approx)", PEOPLE, 12),
        ("~38", KG, 38),
        ("approx 12kg", KG, 12),
        ("~145/92", SYSTOLIC, 145),
    ],
)
def test_an_estimate_counts_and_keeps_its_mark(written, ask, value):
    number = read_number(written, ask)
    assert told(number) == (value, value, value, "approximate")
    assert f"{value:g}" in number.reason


@pytest.mark.parametrize(
    ("written", "ask", "value", "low", "high"),
    [
        ("10-12", PEOPLE, 11, 10, 12),
        ("10 – 12", PEOPLE, 11, 10, 12),
        ("10 to 12 people", PEOPLE, 11, 10, 12),
        ("ten or twelve", PEOPLE, 11, 10, 12),
        ("between 10 and 12", PEOPLE, 11, 10, 12),
        ("about 10-12", PEOPLE, 11, 10, 12),
        ("3 or 4", KG, 3.5, 3, 4),
        ("<5", PEOPLE, 2, 0, 4),
        ("<5", KG, 2, 0, 4),
        ("fewer than 5", PEOPLE, 2, 0, 4),
        ("<1kg", KG, 0.5, 0, 1),
        ("up to 20", PEOPLE, 10, 0, 20),
        ("20 or fewer", PEOPLE, 10, 0, 20),
        ("20+", PEOPLE, 20, 20, None),
        ("at least 20", PEOPLE, 20, 20, None),
        ("20 or more", PEOPLE, 20, 20, None),
        ("over 20", PEOPLE, 21, 21, None),
        ("over 20 kg", KG, 20, 20, None),
        ("20kg+", KG, 20, 20, None),
        ("500-600g", KG, 0.55, 0.5, 0.6),
        ("1-2 hours", MINUTES, 90, 60, 120),
        ("£5-£10", POUNDS, 7.5, 5, 10),
        ("20 ± 2", PEOPLE, 20, 18, 22),
        ("10-12 + 3", PEOPLE, 14, 13, 15),
        ("40-50%", SHARE, 0.45, 0.4, 0.5),
        (">50%", SHARE, 0.75, 0.5, 1),
        ("3-4", SCORE, 3.5, 3, 4),
    ],
)
def test_an_interval_counts_with_its_middle_and_keeps_both_ends(written, ask, value, low, high):
    number = read_number(written, ask)
    assert told(number) == (value, low, high, "interval")
    assert number.reason


@pytest.mark.parametrize(
    ("written", "ask"),
    [
        ("1O", PEOPLE),
        ("l2", PEOPLE),
        ("2O", KG),
        ("all of them", PEOPLE),
        ("half", PEOPLE),
        ("lots", KG),
        ("12-Oct", PEOPLE),
        ("Oct-12", PEOPLE),
        ("2026-10-12", PEOPLE),
        ("2026-05-04", SCORE),
        ("12,5", PEOPLE),
        ("10/12", PEOPLE),
        ("145/92", PEOPLE),
        ("12-10", PEOPLE),
        ("10 and 12", PEOPLE),
        ("3 new 4 old", PEOPLE),
        ("12 (or 13?)", PEOPLE),
        ("0 (cancelled)", PEOPLE),
        ('"', PEOPLE),
        ("”", KG),
        ("ditto", KG),
        ("07700 900123", PEOPLE),
        ("07700900123", PEOPLE),
        ("1234567", PEOPLE),
        ("1e5", PEOPLE),
        ("=SUM(A1:A9)", PEOPLE),
        ("=12+3", PEOPLE),
        ("12kg", PEOPLE),
        ("12 people", KG),
        ("2 crates", KG),
        ("2 boxes", Ask(unit="crates")),
        ("500g + 3", KG),
        ("500g-1", KG),
        ("€5", POUNDS),
        ("25:30", MINUTES),
        ("9:30", MINUTES),
        ("09:30", MINUTES),
        ("10:00-12:00", MINUTES),
        ("1.5 + 500g", KG),
        ("1-500g", KG),
        ("007", PEOPLE),
        ("50/50", SHARE),
        ("1", SHARE),
        ("120%", SHARE),
        ("0.45", Ask("share", "%")),
        ("6", SCORE),
        ("4/10", SCORE),
        ("7 - Great", SCORE),
        ("138/88 and 141/90", SYSTOLIC),
        ("145", SYSTOLIC),
        ("92/145", SYSTOLIC),
    ],
)
def test_a_doubtful_number_is_held_and_no_value_is_taken(written, ask):
    number = read_number(written, ask)
    assert told(number) == (None, None, None, "held")
    assert number.reason.endswith(".")


@pytest.mark.parametrize(
    "written",
    [
        "n/a",
        "N/A",
        "didn't ask",
        "didn’t ask",
        "not recorded",
        "-",
        "—",
        "..",
        "?",
        "tbc",
        "nan",
        "null",
        "[x]",
        "#N/A",
    ],
)
@pytest.mark.parametrize("ask", ASKS, ids=repr)
def test_a_word_for_not_known_is_missing_and_never_zero(written, ask):
    assert told(read_number(written, ask)) == (None, None, None, "missing")


@pytest.mark.parametrize("written", ["*", "**", "[c]", "suppressed"])
@pytest.mark.parametrize("ask", ASKS, ids=repr)
def test_a_mark_of_suppression_is_told_as_such_and_never_zero(written, ask):
    assert told(read_number(written, ask)) == (None, None, None, "suppressed")


@pytest.mark.parametrize("written", ["", "  ", "\u00a0", "\u200b"])
@pytest.mark.parametrize("ask", ASKS, ids=repr)
def test_a_blank_is_blank_without_a_word(written, ask):
    number = read_number(written, ask)
    assert told(number) == (None, None, None, "blank")
    assert number.reason is None


@pytest.mark.parametrize(
    "written",
    [
        "50%",
        "50 per cent",
        "-3",
        "yes",
        "TRUE",
        "Maureen",
        "#REF!",
        "#DIV/0!",
        "inf",
        "٣",
        "１２",
        "x" * 5000,
        "~" * 5000,
    ],
)
def test_what_is_no_count_is_unreadable_and_says_why(written):
    number = read_number(written)
    assert told(number) == (None, None, None, "unreadable")
    assert len(number.reason) > 20


@pytest.mark.parametrize("written", ["12 Maureen", "Maureen 12", "12 (Maureen)", "Maureen", "12 maureens"])
@pytest.mark.parametrize("ask", ASKS, ids=repr)
def test_a_reason_never_quotes_the_words_of_a_cell(written, ask):
    assert "maureen" not in (read_number(written, ask).reason or "").lower()


PIECES = st.sampled_from(
    re.findall(
        r"\S+",
        "1 12 0 5.5 1,050 ½ ten - + / < > ~ % kg g £ p h min : or to of about ( ) people x * ? st lb = k dozen hundred ★",
    )
)
CELLS = st.one_of(
    st.text(max_size=30),
    st.lists(PIECES, max_size=9).map("".join),
    st.lists(PIECES, max_size=7).map(" ".join),
)


@given(CELLS, st.sampled_from(ASKS))
def test_whatever_is_written_the_number_is_as_documented(written, ask):
    number = read_number(written, ask)
    assert number.state in set(NumberState)
    assert (number.value is not None) == (number.state in VALUED)
    assert (number.low is not None) == (number.value is not None)
    assert (number.reason is None) == (number.state in ("ok", "blank"))
    if number.value is not None:
        assert math.isfinite(number.value)
        assert number.low <= number.value
        assert number.high is None or number.value <= number.high
        assert number.high == number.low == number.value or number.state == "interval"
        assert number.high is not None or number.low == number.value
    if number.value is not None and ask != Ask("measurement"):
        assert number.low >= 0
    if number.value is not None and ask.amount == "share":
        assert number.high is not None
        assert number.high <= 1
    if not written.strip():
        assert number.state == "blank"


@given(
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from(["-", " - ", "–", " to ", " or "]),
    st.sampled_from([PEOPLE, KG]),
)
def test_an_interval_is_never_one_of_its_ends(low, high, joint, ask):
    number = read_number(f"{low}{joint}{high}", ask)
    if low < high:
        assert told(number) == ((low + high) / 2, low, high, "interval")
    else:
        assert number.state == "held"


@given(st.integers(0, 999_999))
def test_every_whole_number_in_digits_is_itself(count):
    for written in (str(count), f"{count:,}", f" {count} ", f"{count}.0"):
        assert told(read_number(written)) == (count, count, count, "ok")


@given(st.decimals(0, 9999, places=2), st.sampled_from(["{}", "{}kg", "{} KG", "{} kilos"]))
def test_every_weight_reads_back_as_itself(weight, spelling):
    assert read_number(spelling.format(weight), KG).value == float(weight)


@given(st.integers(1, 99_999))
def test_every_weight_in_grams_is_told_in_kilograms(grams):
    assert read_number(f"{grams}g", KG).value == pytest.approx(grams / 1000, rel=1e-12)


@given(
    st.integers(0, 5),
    st.integers(0, 59),
    st.sampled_from(["{}:{:02}", "{:02}:{:02}:00", "{}h {:02}", "{} hours {} mins", "{}h{}m"]),
)
def test_every_duration_reads_back_in_minutes(hours, minutes, spelling):
    assert read_number(spelling.format(hours, minutes), MINUTES).value == hours * 60 + minutes


@given(st.integers(0, 100))
def test_a_share_is_the_same_with_and_without_its_sign(per_cents):
    with_sign = read_number(f"{per_cents}%", SHARE).value
    assert with_sign == read_number(f"{per_cents}", Ask("share", "%")).value == per_cents / 100


@given(st.integers(2, 99_999))
def test_below_a_number_is_never_that_number(bound):
    number = read_number(f"<{bound}")
    assert (number.low, number.high) == (0, bound - 1)


@pytest.mark.parametrize("piece", ["1", "1 + ", "1-", " ", "a ", "~", "<", "(", "½", "1,", "×", "kg"])
@pytest.mark.parametrize("ask", ASKS, ids=repr)
def test_a_cell_of_any_length_is_looked_at_quickly(piece, ask):
    began = time.perf_counter()
    for many in (12, 30, 59, 200_000):
        read_number((piece * many)[:many], ask)
    assert time.perf_counter() - began < 0.5
