"""Why hidden? Answered once, from the reasons that are there."""

from __future__ import annotations

from pipelines import words
from pipelines.disclosure import why_hidden
from pipelines.vocabulary import WhyHidden


def test_nothing_hidden_has_no_answer():
    assert words.hidden_words([None, None, float("nan")]) is None


def test_each_reason_present_is_told_once_in_the_words_of_the_disclosure():
    told = words.hidden_words([None, "small", "small", "denominator"])
    assert told.startswith(why_hidden(WhyHidden.SMALL) + " " + why_hidden(WhyHidden.DENOMINATOR))
    assert told.count("could point to a person") == 1


def test_a_complement_says_the_small_count_already():
    told = words.hidden_words(["small", "complement"])
    assert told.count("could point to a person") == 1
    assert "cannot be worked out from it" in told


def test_a_series_held_back_has_one_answer():
    told = words.hidden_words(["small"], is_series=True)
    assert told.startswith(why_hidden(WhyHidden.SERIES))
    assert "1 to 7" not in told
