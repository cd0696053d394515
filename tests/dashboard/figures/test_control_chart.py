"""What a chart's figure holds, read from its traces and never from its picture."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import replace

import pytest

from dashboard.figures.chart_request import Move
from dashboard.figures.control_chart import control_chart
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import DARK, DESK, LIGHT, MEETING, PHONE, PROJECTOR

VALUES = [5, 7, 6, None, 8, 9, 14]


def trace(figure, name):
    found = [part for part in figure.data if part.name == name]
    assert found, f"no trace {name} among {[part.name for part in figure.data]}"
    return found[0]


def names(figure):
    return [part.name for part in figure.data]


def words(figure):
    return [note.text for note in figure.layout.annotations]


def test_every_valued_point_is_one_dot_with_the_same_number(make_points, make_request):
    points = make_points(VALUES, (2, 7, 12))
    drawn = trace(control_chart(make_request(points), LIGHT), "value")
    assert list(drawn.y) == [5, 7, 6, None, 8, 9, 14]
    assert len([size for size in drawn.marker.size if size > 0]) == points["value"].notna().sum()


def test_a_week_that_has_not_ended_is_drawn_hollow(make_points, make_request):
    points = make_points(VALUES, (2, 7, 12))
    points["is_running"] = points.index == points.index[-1]
    drawn = trace(control_chart(make_request(points), LIGHT), "value")
    assert drawn.marker.color[-1] == LIGHT.page
    assert drawn.marker.color[0] == LIGHT.data


def test_no_line_crosses_a_gap_and_the_gap_says_why(make_points, make_request):
    figure = control_chart(make_request(make_points(VALUES, (2, 7, 12))), LIGHT)
    drawn = trace(figure, "value")
    assert drawn.connectgaps is False
    assert drawn.y[3] is None
    assert trace(figure, "gap").text == ("<i>no test</i>",)


def test_a_held_record_is_told_apart_from_no_test(make_points, make_request):
    points = make_points(VALUES, (2, 7, 12), {3: {"n_sessions": 1}})
    assert trace(control_chart(make_request(points), LIGHT), "gap").text == ("<i>not counted</i>",)


def test_only_signals_are_coloured_and_each_rule_has_its_shape(make_points, make_request):
    rules = {
        1: ("beyond_limits", "improvement"), 2: ("two_of_three", "concern"), 4: ("shift", "special_high"),
        5: ("trend", "improvement"), 6: ("trend", "concern"),
    }  # fmt: skip
    changes = {at: {"rule": rule, "point_type": kind} for at, (rule, kind) in rules.items()}
    changes[6]["value"] = 8.0
    marker = trace(
        control_chart(make_request(make_points(VALUES, (2, 7, 12), changes)), LIGHT), "value"
    ).marker
    assert marker.opacity == 1
    assert [marker.symbol[at] for at in (0, 1, 2, 4, 5, 6)] == [
        "circle", "diamond", "square", "circle", "triangle-up", "triangle-down",
    ]  # fmt: skip
    assert [marker.color[at] for at in (0, 1, 2, 5, 6)] == [
        LIGHT.data, LIGHT.improvement, LIGHT.concern, LIGHT.improvement, LIGHT.concern,
    ]  # fmt: skip
    assert (marker.color[4], marker.line.color[4]) == (LIGHT.page, LIGHT.neutral), "a long run is a ring"


def test_a_hidden_cell_leaves_no_number_in_the_figure(make_points, make_request):
    secret = {"value": 3.1415, "numerator": 271.828, "denominator": 161.803, "lower_limit": 1.4142, "upper_limit": 17.3205,
              "is_hidden": True, "hidden_reason": "held", "words": "Week of 22 June 2026: held back."}  # fmt: skip
    figure = control_chart(make_request(make_points(VALUES, (2, 7, 12), {2: secret})), LIGHT)
    told = figure.to_json()
    for number in ("3.1415", "271.828", "161.803", "1.4142", "17.3205"):
        assert number not in told
    assert trace(figure, "value").y[2] is None
    assert trace(figure, "hidden").text == ("held back",)
    assert set(trace(figure, "hidden").y) == {0.0}


def test_any_other_hidden_cell_says_held_back(make_points, make_request):
    points = make_points(VALUES, None, {2: {"is_hidden": True, "hidden_reason": "complement"}})
    assert trace(control_chart(make_request(points), LIGHT), "hidden").text == ("held back",)


def test_the_usual_range_is_a_filled_band_with_solid_edges(make_points, make_request):
    figure = control_chart(make_request(make_points(VALUES, (2, 7, 12))), LIGHT)
    upper = trace(figure, "upper limit")
    assert (set(trace(figure, "lower limit").y), set(upper.y), set(trace(figure, "centre line").y)) == (
        {2},
        {12},
        {7},
    )
    assert (upper.fill, upper.line.dash) == ("tonexty", "solid")
    assert upper.fillcolor.endswith(",0.85)")


def test_a_provisional_range_is_paler_dashed_and_named(make_points, make_request):
    figure = control_chart(make_request(make_points(VALUES, (2, 7, 12)), limits_state="provisional"), LIGHT)
    assert trace(figure, "upper limit").line.dash == "4px,4px"
    assert trace(figure, "upper limit").fillcolor.endswith(",0.45)")
    assert "provisional" in words(figure)


def test_limits_of_a_share_are_clipped_in_drawing_only(make_points, make_request):
    points = make_points([0.8, 0.9, 0.95], (-0.1, 0.88, 1.2))
    figure = control_chart(make_request(points, style=NumberStyle.of("proportion")), LIGHT)
    assert (set(trace(figure, "lower limit").y), set(trace(figure, "upper limit").y)) == ({0.0}, {1.0})
    assert points["upper_limit"].iloc[0] == 1.2


@pytest.mark.parametrize(("never_negative", "lowest"), [(True, 0.0), (False, -50.0)])
def test_the_range_of_an_amount_goes_below_0_only_where_values_can(
    make_points, make_request, never_negative, lowest
):
    points = make_points([98.0, 162.0, 34.0], (-50.0, 98.0, 246.0))
    figure = control_chart(make_request(points, style=NumberStyle.of("i", never_negative)), LIGHT)
    assert min(trace(figure, "lower limit").y) == lowest
    assert points["lower_limit"].iloc[0] == -50.0


def test_a_run_chart_has_a_median_and_no_band(make_points, make_request):
    figure = control_chart(make_request(make_points(VALUES), why_no_limits="run_chart"), LIGHT)
    assert set(trace(figure, "median").y) == {7.5}
    assert not {"upper limit", "lower limit", "centre line"} & set(names(figure))
    assert "median 7.5" in words(figure)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("rolling", "no limits: each figure shares data with the one before"),
        ("redefined", "no limits: the definition changed"),
    ],
)
def test_a_chart_without_limits_gives_its_reason(make_points, make_request, why, said):
    assert said in words(control_chart(make_request(make_points(VALUES), why_no_limits=why), LIGHT))


def test_a_start_up_shows_dots_and_how_many_points_are_needed(make_points, make_request):
    figure = control_chart(make_request(make_points([4, 6, 5]), why_no_limits="start_up"), LIGHT)
    assert "3 of 12 points needed" in words(figure)
    assert "upper limit" not in names(figure)


def test_one_point_is_one_dot_without_a_median(make_points, make_request):
    figure = control_chart(make_request(make_points([4]), why_no_limits="start_up"), LIGHT)
    assert list(trace(figure, "value").y) == [4]
    assert "median" not in names(figure)
    low, high = figure.layout.yaxis.range
    assert low < 4 < high


def test_no_value_at_all_draws_an_axis_and_no_dot(make_points, make_request):
    figure = control_chart(make_request(make_points([None, None]), why_no_limits="no_data"), LIGHT)
    assert list(trace(figure, "value").y) == [None, None]


def test_a_changed_target_is_a_step(make_points, make_request):
    changes = {at: {"target": 10.0 if at < 4 else 12.0} for at in range(7)}
    target = trace(
        control_chart(make_request(make_points(VALUES, (2, 7, 12), changes), target=12.0), LIGHT), "target"
    )
    assert (target.line.shape, target.line.dash) == ("hv", "9px,5px")
    assert list(target.y) == [10, 10, 10, 10, 12, 12, 12, 12]


def test_a_prediction_stands_on_its_primary_measure_over_its_weeks_only(make_points, make_request):
    cycle = CycleBand(
        "c1", "Cycle 1", dt.date(2026, 6, 15), dt.date(2026, 7, 5), "Why?", "came", 9.0, 8.0, 11.0
    )
    figure = control_chart(make_request(make_points(VALUES, (2, 7, 12)), cycles=[cycle]), LIGHT)
    hatch = trace(figure, "prediction")
    assert (min(hatch.x), max(hatch.x)) == ("2026-06-15T00:00:00", "2026-07-06T00:00:00")
    assert (min(hatch.y), max(hatch.y), hatch.fillpattern.shape) == (8, 11, "/")
    assert trace(figure, "prediction point").line.dash == "2px,3px"
    other = CycleBand("c1", "Cycle 1", cycle.start, cycle.end, "Why?", "another_measure", 9.0, 8.0, 11.0)
    assert "prediction" not in names(control_chart(make_request(make_points(VALUES), cycles=[other]), LIGHT))


def test_a_cycle_is_a_band_behind_everything_with_a_flag_line(make_points, make_request):
    cycle = CycleBand("c1", "Cycle 1", dt.date(2026, 6, 15), dt.date(2026, 7, 5))
    figure = control_chart(make_request(make_points(VALUES, (2, 7, 12)), cycles=[cycle]), LIGHT)
    (band,) = figure.layout.shapes
    assert (band.x0, band.x1, band.layer, band.fillcolor) == (
        "2026-06-15T00:00:00",
        "2026-07-06T00:00:00",
        "below",
        LIGHT.cycle_b,
    )
    assert trace(figure, "flags").x[0] == "2026-06-15T00:00:00"


def test_layers_are_drawn_in_the_order_of_the_grammar(make_points, make_request):
    cycle = CycleBand("c1", "Cycle 1", dt.date(2026, 6, 15), dt.date(2026, 7, 5), "", "came", 9.0, 8.0, 11.0)
    changes = {at: {"target": 10.0} for at in range(7)}
    figure = control_chart(
        make_request(make_points(VALUES, (2, 7, 12), changes), cycles=[cycle], target=10.0), LIGHT
    )
    order = [
        names(figure).index(name)
        for name in ("upper limit", "centre line", "prediction", "target", "flags", "value", "gap")
    ]
    assert order == sorted(order)


def rebased(make_points):
    new = {"phase": 2, "lower_limit": 6.0, "centre_line": 9.0, "upper_limit": 13.0}
    old = {"old_lower_limit": 2.0, "old_centre_line": 7.0, "old_upper_limit": 12.0}
    return make_points(VALUES, (2, 7, 12), dict.fromkeys((4, 5, 6), new | old))


def test_a_rebase_keeps_the_old_lines_as_dots_beside_the_new_ones(make_points, make_request):
    figure = control_chart(make_request(rebased(make_points), phase=2), LIGHT)
    old = {part.name: part for part in figure.data if str(part.name).startswith("old")}
    assert {name: set(part.y) for name, part in old.items()} == {
        "old lower limit": {2}, "old centre line": {7}, "old upper limit": {12},
    }  # fmt: skip
    assert all(part.line.dash == "1.5px,4px" for part in old.values())
    assert len([name for name in names(figure) if name == "upper limit"]) == 2


def test_the_old_lines_can_be_put_away(make_points, make_request):
    request = replace(make_request(rebased(make_points), phase=2), has_old_lines=False)
    assert not [name for name in names(control_chart(request, LIGHT)) if str(name).startswith("old")]


def test_a_square_flag_with_an_r_stands_where_the_range_was_moved_and_says_by_whom(make_points, make_request):
    points = rebased(make_points)
    day = points["period_start"].iloc[4]
    request = replace(make_request(points, phase=2), moves=[Move(day, "moved from 1 June by the group")])
    figure = control_chart(request, LIGHT)
    assert {"<b>R</b>", "moved from 1 June by the group"} <= set(words(figure))
    (flag,) = [note for note in figure.layout.annotations if note.text == "<b>R</b>"]
    assert (flag.bgcolor, flag.font.color) == (LIGHT.text, LIGHT.page)
    assert [shape.name for shape in figure.layout.shapes if shape.name == "rebase"] == ["rebase"]
    assert "<b>R</b>" in words(control_chart(request, LIGHT, size=PHONE))


def test_right_labels_name_what_is_drawn_in_the_colour_of_the_latest_signal(make_points, make_request):
    points = make_points(
        VALUES, (2, 7, 12), {6: {"rule": "beyond_limits", "point_type": "concern", "target": 10.0}}
    )
    figure = control_chart(make_request(points, target=10.0), LIGHT)
    assert {"<b>14</b>", "<b>target 10</b>", "usual range", "average 7"} <= set(words(figure))
    (latest,) = [note for note in figure.layout.annotations if note.text == "<b>14</b>"]
    assert latest.font.color == LIGHT.concern
    assert figure.layout.margin.r == 118


def test_without_labels_the_right_margin_folds(make_points, make_request):
    figure = control_chart(make_request(make_points(VALUES, (2, 7, 12))), LIGHT, size=PHONE)
    assert figure.layout.margin.r < 20
    assert "usual range" not in words(figure)


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR])
def test_every_theme_paints_the_page_and_leaves_no_plotly_default(make_points, make_request, theme):
    layout = control_chart(make_request(make_points(VALUES, (2, 7, 12))), theme).layout
    assert (layout.paper_bgcolor, layout.plot_bgcolor) == (theme.page, theme.page)
    assert layout.xaxis.zeroline is False
    assert layout.yaxis.zeroline is False
    assert layout.showlegend is False


def test_the_hover_speaks_in_the_words_of_the_mart(make_points, make_request):
    drawn = trace(control_chart(make_request(make_points(VALUES, (2, 7, 12))), LIGHT), "value")
    assert drawn.customdata[0] == "Week 0: 5.<br>Usual range 2 to 12, average 7."
    assert drawn.hovertemplate == "%{customdata}<extra></extra>"


def test_the_figure_is_plain_json_without_nan(make_points, make_request):
    told = json.loads(control_chart(make_request(make_points(VALUES, (2, 7, 12))), LIGHT).to_json())
    y = next(part["y"] for part in told["data"] if part["name"] == "value")
    assert [value for value in y if value is not None and not math.isnan(value)] == [5, 7, 6, 8, 9, 14]


def test_long_series_have_smaller_dots(make_points, make_request):
    few = trace(control_chart(make_request(make_points([5.0] * 20)), LIGHT), "value").marker.size[0]
    many = trace(control_chart(make_request(make_points([5.0] * 90)), LIGHT), "value").marker.size[0]
    assert many < few


def test_an_effect_that_cannot_show_yet_is_said_in_the_band(make_points, make_request):
    cycle = CycleBand("c1", "Cycle 1", dt.date(2026, 6, 15), dt.date(2026, 7, 5))
    points = make_points(VALUES, (2, 7, 12))
    assert "not due before 24 August" in words(
        control_chart(make_request(points, cycles=[cycle], lag_days=70), LIGHT)
    )
    assert not [
        text
        for text in words(control_chart(make_request(points, cycles=[cycle], lag_days=0), LIGHT))
        if "due" in text
    ]
    assert not [
        text
        for text in words(control_chart(make_request(points, cycles=[cycle], lag_days=7), LIGHT))
        if "due" in text
    ]


def test_words_never_stand_over_the_dots(make_points, make_request):
    figure = control_chart(make_request(make_points([4, 6, 5]), why_no_limits="start_up"), LIGHT)
    (note,) = [note for note in figure.layout.annotations if note.text == "3 of 12 points needed"]
    assert (note.y, note.yanchor) == (1, "bottom")


def test_scattered_hidden_cells_say_once_what_a_star_means(make_points, make_request):
    hidden = {at: {"is_hidden": True, "hidden_reason": "held"} for at in (3, 40, 80)}
    stars = trace(control_chart(make_request(make_points([5.0] * 104, None, hidden)), LIGHT), "hidden")
    assert list(stars.text) == ["", "held back", ""]


def test_a_wide_gap_says_its_words_once_in_its_middle(make_points, make_request):
    values = [5.0] * 10 + [None] * 9 + [5.0] * 20
    assert (
        list(trace(control_chart(make_request(make_points(values)), LIGHT), "gap").text)
        == [""] * 4 + ["<i>no test</i>"] + [""] * 4
    )


def every_size(figure):
    """Return the sizes of all words of a figure, px."""
    layout = figure.layout
    sizes = [note.font.size for note in layout.annotations]
    sizes += [layout.xaxis.tickfont.size, layout.yaxis.tickfont.size, layout.hoverlabel.font.size]
    return sizes + [part.textfont.size for part in figure.data if part.text]


def test_on_a_meetings_screen_no_word_is_below_24_px(make_points, make_request):
    cycle = CycleBand("c1", "Cycle 1", dt.date(2026, 6, 15), dt.date(2026, 7, 5), "", "came", 9.0, 8.0, 11.0)
    changes = {at: {"target": 10.0} for at in range(7)} | {2: {"is_hidden": True, "hidden_reason": "held"}}
    request = make_request(
        make_points(VALUES, (2, 7, 12), changes), cycles=[cycle], target=10.0, lag_days=70,
        limits_state="provisional", unit="people a week",
    )  # fmt: skip
    request = replace(request, moves=[Move(dt.date(2026, 7, 1), "moved from 1 July by the group")])
    sizes = every_size(control_chart(request, PROJECTOR, size=MEETING))
    assert len(sizes) > 10
    assert min(sizes) >= 24


def test_on_a_meetings_screen_the_labels_say_the_unit_and_the_ends_of_the_usual_range(
    make_points, make_request
):
    request = make_request(make_points(VALUES, (2, 7, 12)), unit="people a week")
    assert {"<b>14 people</b>", "usual range 2 to 12"} <= set(
        words(control_chart(request, LIGHT, size=MEETING))
    )
    assert {"<b>14</b>", "usual range"} <= set(words(control_chart(request, LIGHT)))


def test_marks_and_lines_grow_with_the_size_and_the_numbers_stay(make_points, make_request):
    request = make_request(make_points(VALUES, (2, 7, 12)))
    desk, meeting = (control_chart(request, LIGHT, size=size) for size in (DESK, MEETING))
    small, large = (trace(figure, "value") for figure in (desk, meeting))
    assert large.marker.size[0] > small.marker.size[0]
    assert large.line.width > small.line.width
    assert list(large.y) == list(small.y)
    assert meeting.layout.height > desk.layout.height


def test_the_words_of_a_moved_range_never_stand_over_a_flag_or_other_words(make_points, make_request):
    base = make_request(make_points([5.0] * 40, (2, 7, 12)), limits_state="provisional")
    late = Move(base.axis.end.date() - dt.timedelta(days=20), "moved from 1 March by the group")
    close = Move(late.day - dt.timedelta(days=14), "moved from 15 February by the group")
    said = words(control_chart(replace(base, moves=[close, late]), LIGHT))
    assert said.count("<b>R</b>") == 2
    assert "provisional" in said
    assert close.words in said
    assert late.words not in said, "left of it stands the other flag, right of it `provisional`"
    alone = words(control_chart(replace(base, moves=[Move(dt.date(2026, 8, 3), "moved by us")]), LIGHT))
    assert "moved by us" in alone


def test_words_of_a_gap_at_an_end_run_inwards_and_stay_off_the_labels(make_points, make_request):
    ends = make_points([None, *[5.0] * 4, None, *[5.0] * 4, None])
    gap = trace(control_chart(make_request(ends), LIGHT, size=PHONE), "gap")
    assert list(gap.textposition) == ["top right", "top center", "top left"]
