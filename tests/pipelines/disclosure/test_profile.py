"""Rules for one count at a time, and their words."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import NHS, PROFILES, Profile, hidden_label, why_hidden
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


def test_each_profile_speaks_with_its_own_numbers():
    told = {name: why_hidden(WhyHidden.HELD, profile) for name, profile in PROFILES.items()}
    assert "1 to 7" in told["nhs"]
    assert "0 to 7" in told["opensafely"]
    assert "1 to 4" in told["lt5"]


def test_where_zero_is_hidden_with_the_small_counts_so_is_everybody_of_a_whole():
    profile = PROFILES["opensafely"]
    assert profile.is_small(np.array([0, 7, 8])).tolist() == [True, True, False]
    assert profile.is_small_complement(np.array([40, 31]), np.array([40, 40])).tolist() == [True, False]


def test_all_or_none_of_few_means_each_of_them():
    assert NHS.is_all_or_none_of_few(np.array([0, 19, 5, 0, 20]), np.array([19, 19, 19, 20, 20])).tolist() == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_shown_count_stands_for_exactly_the_counts_that_are_shown_so():
    for profile in PROFILES.values():
        counts = np.arange(0, 60)
        shown = np.where(profile.is_small(counts), np.nan, profile.rounded(counts))
        for figure in np.unique(shown[~np.isnan(shown)]):
            behind = counts[shown == figure]
            assert profile.known_of(figure) == (behind.min(), behind.max()) or figure >= 55
