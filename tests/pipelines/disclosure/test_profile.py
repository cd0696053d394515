"""Rules for one count at a time, and their words."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import NHS, Profile, hidden_label, why_hidden
from pipelines.vocabulary import WhyHidden


def test_nhs_hides_one_to_seven_keeps_zero_and_rounds_the_rest_to_five():
    counts = np.array([0, 1, 7, 8, 12, 13, 17, 18, 22.5])
    assert NHS.is_small(counts).tolist() == [False, True, True, False, False, False, False, False, False]
    assert NHS.rounded(counts[3:]).tolist() == [10, 10, 15, 15, 20, 25]


def test_a_negative_count_is_hidden_and_a_missing_one_is_no_count():
    assert NHS.is_small(np.array([-3.0, 7.5, np.nan])).tolist() == [True, True, False]


def test_every_complement_of_one_to_seven_is_hidden_and_so_is_one_that_would_look_so():
    whole = np.arange(8, 200)[:, None]
    part = np.arange(0, 200)[None, :]
    hidden = NHS.is_small_complement(part, whole)
    rest, looks = whole - part, NHS.rounded(whole) - NHS.rounded(part)
    assert hidden[(rest >= 1) & (rest <= 7)].all()
    assert hidden[(looks == 5)].all()
    assert not hidden[(rest == 0)].any()
    assert not hidden[rest > 9].any()


def test_the_bounds_that_an_outsider_knows_are_the_greatest_hidden_counts():
    counts = np.arange(0, 100)
    for profile in (
        NHS,
        Profile("x", hide_up_to=4),
        Profile("y", hide_up_to=10),
        Profile("z", denominator_from=33),
    ):
        assert profile.greatest_small == counts[profile.is_small(counts)].max()
        assert profile.greatest_few == counts[profile.means_few(counts)].max()


@pytest.mark.parametrize("wrong", [{"hide_up_to": -1}, {"round_to": 0}, {"share_from": 1.2}])
def test_a_profile_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="counts from 0"):
        Profile("wrong", **wrong)


def test_why_hidden_answers_every_reason_with_whole_sentences_and_the_profile_s_numbers():
    for reason in WhyHidden:
        assert why_hidden(reason).endswith(".")
        assert why_hidden(str(reason)) == why_hidden(reason)
    assert why_hidden(WhyHidden.SMALL) == "Counts of 1 to 7 could point to a person."
    assert "from 30 people" in why_hidden(WhyHidden.DENOMINATOR, Profile("wide", denominator_from=30))
    with pytest.raises(ValueError, match="not a valid WhyHidden"):
        why_hidden("secret")


def test_the_label_beside_the_star_names_the_range_only_for_small_counts():
    assert hidden_label(WhyHidden.SMALL) == "1 to 7 people"
    assert {hidden_label(r) for r in WhyHidden if r != WhyHidden.SMALL} == {"held back"}
