"""Blocks and names of maps: apart at every scale, in the box, tied to their places."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from geo.model.vocabulary import LATEST_WORDS
from geo.views.anchors import anchors
from geo.views.blocks import MOST, block
from geo.views.map_names import Measures
from geo.views.mercator import placed as projected
from geo.views.outline import FINE, Floats, outline
from geo.views.placement import Frame, Obstacle, Placed, filtered, place
from geo.views.rectangles import inside
from geo.views.units import Unit, city_units, country_units, name_unit
from tests.crossings import Drawn, crossings
from tests.entities import on
from tests.ledger_files import TODAY
from tests.sizes import size

Rectangle = tuple[float, float, float, float]
CODES = list(LATEST_WORDS)
EUROPE = Frame(520, 572)


def unit(name: str, count: int = 1, kind: str = "city", note: str = "") -> Unit:
    """A unit whose records have some words."""
    words = sorted((CODES[i % len(CODES)] for i in range(count)), key=CODES.index)
    return Unit(
        kind="country" if kind == "country" else "city",
        card="place",
        code=name,
        country="XX",
        lat=float(len(name)),
        lon=float(sum(map(ord, name))),
        name=name,
        note=note,
        records=tuple(f"xx-{name}-{i}" for i in range(count)),
        words=tuple(words),
    )


def parts(one: Placed, x: float, y: float, scale: float = 1.0) -> Iterator[Rectangle]:
    """The rectangles that a unit covers: left, top, right and bottom."""
    if one.unit.words:
        wide, high = one.block.width * scale, one.block.height * scale
        yield x + one.x, y + one.y, x + one.x + wide, y + one.y + high
    if one.named:
        left, top = x + one.name_x, y + one.name_y
        yield left, top, left + one.name_width, top + one.name_height


def meet(one: Rectangle, other: Rectangle) -> bool:
    return (
        one[0] < other[2] - 1e-6
        and other[0] < one[2] - 1e-6
        and one[1] < other[3] - 1e-6
        and other[1] < one[3] - 1e-6
    )


def is_clear(placed: Sequence[Placed], points: Floats, frame: Frame, marks: float = 1.0) -> None:
    """Nothing meets anything or leaves the box, at any scale; far blocks have a hairline."""
    for scale in np.linspace(1.0, frame.largest, 9 if frame.largest > 1 else 1):
        drawn = [
            (one.unit.name, rectangle)
            for one, (x, y) in zip(placed, (points * scale).tolist(), strict=True)
            for rectangle in parts(one, x, y, marks)
        ]
        for name, (left, top, right, bottom) in drawn:
            assert left >= -0.1, name
            assert top >= -0.1, name
            assert right <= frame.width * scale + 0.1, name
            assert bottom <= frame.height * scale + 0.1, name
        for (name, one), (other_name, other) in combinations(drawn, 2):
            assert not meet(one, other), (name, other_name, scale)
    for each in placed:
        middle = each.block.width * marks / 2, each.block.height * marks / 2
        away = math.hypot(each.x + middle[0], each.y + middle[1])
        assert each.hairline or not each.unit.words or away <= 10 * marks, each.unit.name


def europe() -> tuple[list[Unit], Floats]:
    """The units of a crowded part of the frozen ledger, and where they are on its map."""
    snapshot = on(TODAY)
    units = [
        u for u in country_units(snapshot.records, snapshot) if 34 < u.lat < 66 and -12 < u.lon < 40
    ]
    points = projected((u.lat, u.lon) for u in units) * 10.5
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array((EUROPE.width, EUROPE.height)) - 60
    return units, (points - low) / (high - low).max() * room.min() + 30


@pytest.mark.parametrize("largest", [1.0, 1.6])
def test_every_country_of_europe_has_its_name_beside_its_marks(largest: float) -> None:
    units, points = europe()
    frame = replace(EUROPE, largest=largest)
    found = place(units, points, frame)
    is_clear(found, points, frame)
    assert len(units) > 15
    assert all(one.named for one in found)


@pytest.mark.parametrize("zoom", [4, 5, 7, 9])
def test_cities_that_are_close_to_each_other_are_told_apart(zoom: int) -> None:
    snapshot = on(TODAY)
    units = city_units(snapshot.records, snapshot)
    points = projected((u.lat, u.lon) for u in units) * 2**zoom
    frame = Frame(256.0 * 2**zoom, 256.0 * 2**zoom)
    found = place(units, points, frame)
    is_clear(found, points, frame)
    assert all(one.named for one in found)


@pytest.mark.parametrize("seed", range(size(6, 24)))
def test_crowds_anywhere_stay_apart(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randrange(2, 40)
    units = [
        unit(
            " ".join("x" * chance.randrange(3, 9) for _word in range(chance.randrange(1, 3)))
            + str(i),
            chance.choice([1, 1, 1, 2, 3, 5, 9, 14]),
            note=chance.choice(["", "", "no city given"]),
        )
        for i in range(count)
    ]
    frame = Frame(
        chance.uniform(400, 900), chance.uniform(400, 700), chance.choice([1.0, 1.0, 1.5])
    )
    around = chance.uniform(60, 400)
    points = np.array(
        [
            (
                min(max(chance.gauss(frame.width / 2, around), 5), frame.width - 5),
                min(max(chance.gauss(frame.height / 2, around), 5), frame.height - 5),
            )
            for _unit in units
        ]
    )
    found = place(units, points, frame)
    is_clear(found, points, frame)
    assert found == place(units, points, frame)


def test_two_at_one_point_and_one_in_a_corner_have_places() -> None:
    units = [unit("Amsterdam"), unit("Rotterdam", 3), unit("Corner", 9)]
    points = np.array([(100.0, 100.0), (100.0, 100.0), (0.0, 0.0)])
    frame = Frame(300, 300)
    is_clear(place(units, points, frame), points, frame)


def test_marks_of_another_size_stay_apart_too() -> None:
    units, points = europe()
    measures = Measures(scale=1.4, name_size=18, line=21, gap=7)
    large = Frame(EUROPE.width * 1.4, EUROPE.height * 1.4)
    is_clear(place(units, points * 1.4, large, measures=measures), points * 1.4, large, 1.4)


def test_other_words_keep_the_places_and_other_numbers_are_placed_anew() -> None:
    units, points = europe()
    frame = Frame(524, 540)
    before = place(units, points, frame)
    said = [replace(one, words=tuple(CODES[:1] * len(one.words))) for one in units]
    after = place(said, points, frame)
    assert [one.unit for one in after] == said
    assert [(a.x, a.y, a.name_x, a.name_y, a.line) for a in after] == [
        (b.x, b.y, b.name_x, b.name_y, b.line) for b in before
    ]
    fewer = [replace(one, words=one.words[:1], records=one.records[:1]) for one in units]
    alone = place(fewer, points, frame)
    assert [len(one.block.centres) for one in alone] == [min(1, len(u.words)) for u in fewer]
    is_clear(alone, points, frame)
    assert place(units, points * 0.9, frame) != before


def square(left: float, right: float, top: float = 80.0, bottom: float = 120.0) -> Floats:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])


def test_marks_off_the_land_of_their_country_are_tied_to_it() -> None:
    points, frame = np.array([(100.0, 100.0)]), Frame(300, 300)
    here, there = square(96, 104), square(30, 50)
    one, three = unit("Here", 1, "country"), unit("Here", 3, "country")
    assert not place([one], points, frame, homes=[[here]])[0].hairline
    # within ten pixels of its place one may be off a shore, but not further
    assert not place([one], points, frame, homes=[[there]])[0].hairline
    crowd = [unit(f"At {i}", 1, "country") for i in range(6)]
    found = place(crowd, np.repeat(points, 6, axis=0), frame, homes=[[there]] * 6)
    assert any(each.hairline for each in found)
    # a row of three is wider than its land, two rows are not
    (rows,) = place([three], points, frame, homes=[[square(92, 108)]])
    assert not rows.hairline
    assert rows.block.width == rows.block.height
    nine = unit("Here", 9, "country")
    assert place([nine], points, frame, homes=[[square(99, 101, 99, 101)]])[0].hairline


def test_a_hairline_ends_at_its_block_and_meets_nothing_at_any_scale() -> None:
    lines = 0
    for seed in range(size(6, 16)):
        chance = random.Random(seed)
        units = [unit(f"Town {i}", chance.choice([1, 1, 2, 3, 9, 14])) for i in range(14)]
        frame = Frame(500, 400, chance.choice([1.0, 1.5]))
        points = np.array([(chance.uniform(150, 350), chance.uniform(130, 270)) for _ in units])
        found = place(units, points, frame)
        lines += sum(len(one.line) for one in found)
        for scale in np.linspace(1.0, frame.largest, 5 if frame.largest > 1 else 1):
            assert crossed(found, points * scale) == []
        # and so does what a filter leaves of a block
        fewer = [
            replace(one, records=one.records[:left], words=one.words[:left])
            for one, left in ((one, chance.randint(1, len(one.words))) for one in units)
        ]
        assert crossed(filtered(found, fewer), points) == []
    assert lines > 5


def crossed(found: Sequence[Placed], points: Floats) -> list[tuple[str, str]]:
    """Names of units whose line meets something, as `tests.crossings` finds them."""
    return crossings(
        [
            Drawn(
                one.unit.name,
                [(x, y), *((x + a, y + b) for a, b in one.line)] if one.line else [],
                next(rectangles),
                list(rectangles),
            )
            for one, (x, y) in zip(found, points.tolist(), strict=True)
            for rectangles in [parts(one, x, y)]
        ]
    )


def test_what_is_drawn_already_is_left_free() -> None:
    units, points = europe()
    taken = Obstacle(150, 200, 120, 90)
    found = place(units, points, EUROPE, obstacles=[taken])
    box = taken.x, taken.y, taken.x + taken.width, taken.y + taken.height
    for one, (x, y) in zip(found, points.tolist(), strict=True):
        assert not any(meet(part, box) for part in parts(one, x, y)), one.unit.name


def test_names_without_records_displace_nothing() -> None:
    units, points = europe()
    quiet = [name_unit(code) for code in ("CH", "PL", "BG", "BE", "LU", "DK")]
    more = np.concatenate((points, points[: len(quiet)] + 9))
    found = place([*units, *quiet], more, EUROPE)
    assert found[: len(units)] == place(units, points, EUROPE)
    drawn = [pair for pair in zip(found, more, strict=True) if pair[0].unit.words or pair[0].named]
    is_clear([one for one, _at in drawn], np.array([at for _one, at in drawn]), EUROPE)


@pytest.mark.parametrize("seed", range(size(8, 24)))
def test_a_filter_moves_no_name_and_no_block_off_it(seed: int) -> None:
    snapshot = on(TODAY)
    chance = random.Random(seed)
    units, points = europe()
    every = place(units, points, EUROPE)
    picked = [r for r in snapshot.records if chance.random() < chance.choice([0.1, 0.4, 0.8])]
    codes = {u.country for u in units}
    some = country_units([r for r in picked if r.host_country in codes], snapshot)
    found = filtered(every, some)
    at = {one.unit.country: point for one, point in zip(every, points, strict=True)}
    before = {one.unit.country: one for one in every}
    is_clear(found, np.array([at[u.country] for u in some]).reshape(-1, 2), EUROPE)
    assert sum(len(one.unit.words) for one in found) == sum(len(u.records) for u in some)
    for one in found:
        slot = before[one.unit.country]
        assert (one.name_x, one.name_y, one.lines) == (slot.name_x, slot.name_y, slot.lines)
        ends = {
            "right": (one.x + one.block.width, slot.x + slot.block.width),
            "left": (one.x, slot.x),
            "above": (one.y, slot.y),
            "below": (one.y + one.block.height, slot.y + slot.block.height),
        }
        assert ends[one.side][0] == pytest.approx(ends[one.side][1])


def test_a_block_of_any_number_shrinks_inside_its_room() -> None:
    point = np.array([(150.0, 150.0)])
    for most in range(1, 16):
        whole = place([unit("Many", most)], point, Frame(300, 300))
        for count in range(1, most + 1):
            less = replace(unit("Many", most), records=unit("Many", count).records)
            less = replace(less, words=unit("Many", count).words)
            (one,) = filtered(whole, [less])
            assert len(one.block.centres) == (count if not one.block.parts else 0)
            assert one.block.width <= whole[0].block.width
            assert one.block.height <= whole[0].block.height
            assert sum(part.count for part in one.block.parts) in (0, count)


def test_more_than_nine_are_a_count_and_a_bar_in_proportion() -> None:
    many = block(unit("Many", MOST + 5).words)
    assert sum(part.count for part in many.parts) == MOST + 5
    assert not many.centres
    assert len(block(unit("Nine", MOST).words).centres) == MOST


def test_a_ledger_of_ten_thousand_records_has_its_places_in_seconds() -> None:
    chance = random.Random(3)
    places = [unit(f"City {i}", chance.choice([1, 2, 4, 9, 12])) for i in range(size(400, 1000))]
    width = 256.0 * 2**6
    points = np.array([(chance.uniform(0, width), chance.uniform(0, width)) for _one in places])
    began = time.process_time()
    found = place(places, points, Frame(width, width))
    assert time.process_time() - began < size(10, 40)
    is_apart(found, points)
    codes = sorted(anchors())[:190]
    countries = [replace(unit(code, 52, "country"), country=code) for code in codes]
    spots = projected(anchors()[code] for code in codes) * 2**3
    found = place(countries, spots, Frame(256.0 * 8, 256.0 * 8))
    is_apart(found, spots)


def is_apart(placed: Sequence[Placed], points: Floats) -> None:
    """As `is_clear`, for thousands of units."""
    drawn = np.array(
        [
            rectangle
            for one, (x, y) in zip(placed, points.tolist(), strict=True)
            for rectangle in parts(one, x, y)
        ]
    )
    for index, (left, top, right, bottom) in enumerate(drawn[:-1]):
        rest = drawn[index + 1 :]
        met = (rest[:, 0] < right - 1e-6) & (rest[:, 2] > left + 1e-6)
        met &= (rest[:, 1] < bottom - 1e-6) & (rest[:, 3] > top + 1e-6)
        assert not met.any()


def test_the_anchor_of_a_country_is_on_its_land() -> None:
    whole = outline(FINE)
    for one in country_units(on(TODAY).records, on(TODAY)):
        rings = [
            ring[:, ::-1]
            for code, ring in zip(whole.codes, whole.rings, strict=True)
            if code == one.country
        ]
        assert inside(np.array([(one.lat, one.lon)]), rings).all(), one.name
