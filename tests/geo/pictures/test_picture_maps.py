"""The maps of pictures, as they are drawn: hairlines cross nothing, marks are where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pytest
from lxml import etree
from shapely.geometry import LineString, Point, Polygon, box
from shapely.ops import substring

from geo.pictures import maps
from geo.pictures.content import picture_of
from geo.pictures.drawing import Drawing
from geo.pictures.figure import figure
from geo.pictures.preview import preview_picture
from geo.pictures.scenes import Scene
from geo.views.rectangles import inside
from tests.entities import on
from tests.geo.pictures.test_content import IMPRINT, opened
from tests.ledger_files import TODAY
from tests.replayed import HALO, SVG
from tests.sizes import size

LINK = "https://atlas.example/"
EUROPE = "&".join(f"country={code}" for code in ("ES", "IT", "FR", "PT", "NL", "DE", "HU", "SK"))
#: half a mark, and how far it may be off its land without a hairline, at scale 1
HALF, NEAR = 6.0, 10.0


def queries() -> Iterator[str]:
    snapshot = on(TODAY)
    yield from ("", EUROPE, "asof=2022-12-05", "province=CN-ZJ")
    yield from (f"country={code}" for code in snapshot.countries[:: size(12, 1)])
    yield from (f"place={code}" for code in snapshot.countries[:: size(15, 1)])
    yield from (f"record={r.id}" for r in snapshot.records[:: size(30, 1)])


class DrawnMap:
    """A map of a picture: its scene, and what is drawn of it."""

    def __init__(self, scene: Scene, drawing: Drawing, marks: list[Any]) -> None:
        self.scene = scene
        self.scale = scene.measures.scale
        self.marks = [(float(c.get("cx")), float(c.get("cy"))) for c in marks]
        self.names = [line.box for line in drawing.lines if line.frame == scene.window.box]

    def squares(self) -> list[Polygon]:
        half = HALF * self.scale
        return [box(x - half, y - half, x + half, y + half) for x, y in self.marks]


def drawn_maps(query: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, list[DrawnMap]]]:
    """The document of each picture of an address, and its maps."""
    found = opened(query)
    picture = picture_of(found, IMPRINT)
    scenes: list[Scene] = []
    draw = maps.draw_scene

    def noted(drawing: Drawing, scene: Scene, *rest: Any) -> None:
        scenes.append(scene)
        draw(drawing, scene, *rest)

    monkeypatch.setattr(maps, "draw_scene", noted)
    for made in (
        partial(preview_picture, picture, found.snapshot),
        partial(figure, picture, found.snapshot, LINK),
    ):
        drawing = made()
        root = etree.fromstring(drawing.svg())
        marks = [next(g.iter(SVG + "circle")) for g in root.iter(SVG + "g")
                 if g.get("class", "").startswith("mark ")]  # fmt: skip
        ahead = iter(marks)
        yield (
            root,
            [DrawnMap(one, drawing, list(islice(ahead, len(one.words)))) for one in scenes],
        )
        assert not list(ahead)
        scenes.clear()


def lines(root: Any) -> list[LineString]:
    found = []
    for path in root.iter(SVG + "path"):
        if path.get("class") == "hairline":
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d"))]
            found.append(LineString(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


@pytest.mark.parametrize("query", list(queries()))
def test_hairlines_and_marks_of_pictures(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for root, shown in drawn_maps(query, monkeypatch):
        drawn = lines(root)
        ways = [substring(line, 0, line.length - 1.5) for line in drawn]
        squares = [square for one in shown for square in one.squares()]
        names = [
            box(name.x, name.y, name.right, name.bottom).buffer(-1)
            for one in shown
            for name in one.names
        ]
        for number, way in enumerate(ways):
            assert not [mark for mark in squares if mark.intersects(way)]
            assert not [name for name in names if name.intersects(way)]
            assert not [other for other in ways[:number] if other.intersects(way)]
        for number, square in enumerate(squares):
            inner = square.buffer(-0.6)
            assert not [other for other in squares[:number] if inner.intersects(other)]
            assert not [name for name in names if inner.intersects(name)]
        tied = sum(placed.hairline for one in shown for placed in one.scene.placed)
        assert len(drawn) == tied
        for one in shown:
            is_where_it_belongs(one, drawn)


def is_where_it_belongs(one: DrawnMap, drawn: list[LineString]) -> None:
    """Each mark is on its land, or near its place, or at the end of a line from there."""
    ahead = iter(one.marks)
    starts = {(round(x, 1), round(y, 1)): line for line in drawn for x, y in [line.coords[0]]}
    for placed, (x, y) in zip(one.scene.placed, one.scene.anchors.tolist(), strict=True):
        marks = np.array(list(islice(ahead, len(placed.unit.words)))).reshape(-1, 2)
        if placed.hairline:
            end = Point(starts[round(x, 1), round(y, 1)].coords[-1])
            reach = min(end.distance(Point(mark)) for mark in marks.tolist())
            assert reach < 2.5 * HALO * one.scale, placed.unit.name
            continue
        away = np.hypot(*(marks - (x, y)).T) > (NEAR + 0.1) * one.scale
        off = ~inside(marks, one.scene.window.land_of(placed.unit.country))
        assert not (away & off).any(), placed.unit.name
