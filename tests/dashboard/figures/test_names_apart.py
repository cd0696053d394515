"""Names beside marks: none covers another, or another's mark, while there is room."""

from __future__ import annotations

import itertools

import numpy as np

from dashboard.figures.names_apart import SIDES, _box, _overlap, sides


def test_a_name_alone_stands_above_its_mark():
    assert sides(["Ashfield"], [(100, 100)]) == ["top center"]


def test_two_places_alike_are_named_on_different_sides():
    assert sides(["Ashfield", "Millpond"], [(100, 100), (104, 101)]) == ["top center", "bottom center"]


def test_six_places_close_together_cover_nothing_of_each_other():
    names = ["Ashfield", "Brook End", "Creekside", "Millpond"]
    spots = [(100.0, 100.0), (130.0, 96.0), (118.0, 140.0), (260.0, 90.0)]
    boxes = [
        _box(name, spot, side) for name, spot, side in zip(names, spots, sides(names, spots), strict=True)
    ]
    assert not any(_overlap(one, other) for one, other in itertools.combinations(boxes, 2))


def test_wherever_six_places_lie_each_has_a_side_and_the_same_marks_give_the_same_sides():
    rng = np.random.default_rng(6)
    for _ in range(50):
        spots = [(float(x), float(y)) for x, y in rng.uniform(0, 300, (6, 2))]
        names = [f"Place {at}" for at in range(6)]
        chosen = sides(names, spots)
        assert set(chosen) <= set(SIDES)
        assert chosen == sides(names, spots)
