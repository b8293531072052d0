"""The picture of the detail map is complete without a script: places, marks, links and names."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from lxml import html

from geo.ledger.dataset import Dataset
from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.link.state import State, Viewport, encode
from geo.screen.map import map_picture
from geo.views.fitted_view import fitted_view
from geo.views.layer import layer_text
from geo.views.map_view import CITY_ZOOM, ZOOMS
from geo.views.mercator import placed
from geo.views.mercator_land import rings_by_code
from geo.views.outline import COARSE, FINE
from geo.views.rectangles import inside
from tests.crossings import Drawn, crossings
from tests.entities import real
from tests.geo.link.test_selection import random_filters
from tests.geo.screen.forms import Block
from tests.ledger_files import TODAY, LedgerFiles
from tests.markup import straight
from tests.screens import screen_of
from tests.sizes import size

LABEL = "<svg onload=alert(1)>\"'`${1}`{{7*7}}</style>{% raw"
EUROPE = Viewport(48.0, 8.0, 5)


@dataclass(frozen=True)
class Link:
    """A unit as a reader finds it."""

    code: str
    href: str
    name: str
    count: int
    marks: int
    current: bool
    x: float
    y: float


class Picture:
    """The picture at a state, read as a browser reads it."""

    def __init__(self, state: State, dataset: Dataset | None = None) -> None:
        self.text = str(map_picture(screen_of(dataset or real(), state)))
        Block(self.text)  # every element is closed
        self.root = html.fragment_fromstring(self.text)
        self.units = [self._link(item) for item in self.root.xpath("//li")]

    def _link(self, item: html.HtmlElement) -> Link:
        (link,) = item.xpath("./a")
        place = re.fullmatch(r"left:(-?[\d.]+)px;top:(-?[\d.]+)px", item.get("style"))
        assert place is not None
        return Link(
            code=item.get("data-unit"),
            href=link.get("href"),
            name=link.get("aria-label"),
            count=int(item.get("data-count")),
            marks=len(link.xpath("./svg/g")),
            current=link.get("aria-current") == "true",
            x=float(place[1]),
            y=float(place[2]),
        )


def _state(query: str) -> State:
    return decode(parse_query(query), real(), TODAY)[0]


@pytest.mark.parametrize("seed", range(size(12, 60)))
def test_each_mark_is_a_record_and_every_unit_has_a_name_and_a_card(seed: int) -> None:
    filters = random_filters(seed)
    selection = screen_of(real(), State(filters=filters)).selection
    view = fitted_view(selection.records, selection.snapshot)
    state = _state(encode(State(filters=filters, view=view)))
    picture = Picture(state)
    assert len({unit.code for unit in picture.units}) == len(picture.units)
    for unit in picture.units:
        kind = "record" if unit.code in real().records_by_id else "place"
        card: dict[str, Any] = {kind: unit.code}
        assert _state(urlsplit(unit.href).query) == replace(state, **card)
        assert f"{unit.count} record" in unit.name
        assert unit.marks in (unit.count, 0)
    assert bool(picture.units) == bool(selection.records)


def _drawn(item: html.HtmlElement) -> Drawn:
    """A unit of the picture with its marks as they are drawn, around its place."""
    x, y = (float(v) for v in re.findall(r"-?[\d.]+", item.get("style")))
    at = [
        tuple(float(v) for v in re.findall(r"-?[\d.]+", g.get("transform")))
        for g in item.xpath(".//svg/g[@transform]")
    ]
    boxes = [(x + a - 6, y + b - 6, x + a + 6, y + b + 6) for a, b in at]
    numbers = [float(v) for d in item.xpath(".//path[@class='map-line']/@d")
               for v in re.findall(r"-?[\d.]+", d)]  # fmt: skip
    line = [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    block = min(lefts), min(tops), max(rights), max(bottoms)
    return Drawn(item.get("data-unit"), line, block, boxes)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_each_mark_is_on_its_land_or_at_its_place_or_tied_to_it(zoom: int) -> None:
    rings = rings_by_code(FINE if zoom >= CITY_ZOOM else COARSE)
    known = real().records_by_id
    for lat, lon in ((48.0, 8.0), (30.0, 130.0), (-10.0, -65.0)):
        view = Viewport(lat, lon, zoom)
        root = Picture(State(view=view)).root
        units = {item.get("data-unit"): _drawn(item) for item in root.xpath("//li")}
        assert crossings([replace(unit, others=[]) for unit in units.values()]) == []
        centre = placed([(lat, lon)])[0]
        for item in root.xpath("//li"):
            unit = units[item.get("data-unit")]
            x, y = (float(v) for v in re.findall(r"-?[\d.]+", item.get("style")))
            marks = np.array(unit.others).reshape(-1, 2, 2).mean(axis=1)
            record = known.get(unit.name)
            country = record.host_country if record else unit.name[:2].upper()
            away = np.hypot(*(marks - (x, y)).T) > 10.1
            off = ~inside(marks / 2**zoom + centre, rings.get(country, []))
            assert unit.line or not (away & off).any(), (unit.name, zoom)


@pytest.mark.parametrize("zoom", ZOOMS[:: size(3, 1)])
def test_marks_seen_from_everywhere_add_up_to_the_records(zoom: int) -> None:
    found: dict[str, int] = {}
    for record in real().records:
        lat, lon = record.point or (0.0, 0.0)
        if record.point is None:
            lat, lon = (lambda v: (v.lat, v.lon))(
                fitted_view([record], screen_of(real(), State()).snapshot)
            )
        picture = Picture(State(view=Viewport(lat, lon, zoom)))
        found |= {f"{unit.name} {unit.code}": unit.count for unit in picture.units}
    assert sum(found.values()) == len(screen_of(real(), State()).selection.records)


def test_units_are_those_of_the_map_in_the_order_of_their_names() -> None:
    screen = screen_of(real(), State(view=EUROPE))
    picture = Picture(screen.state)
    rows = [row[5] for row in json.loads(
        layer_text(screen.selection, screen.newest))["cities"]]  # fmt: skip
    names = [unit.name for unit in picture.units]
    assert names == [name for name in rows if name in names]
    assert len(names) > 20


def test_the_open_record_is_marked_wherever_it_is() -> None:
    for record in real().records[:: size(9, 1)]:
        for view in (Viewport(52.0, 5.0, 6), Viewport(-30.0, 150.0, 3)):
            picture = Picture(State(view=view, record=record.id))
            (unit,) = [unit for unit in picture.units if unit.current]
            assert picture.root.xpath("//*[contains(@class,'map-view kept')]")
            assert len(picture.root.xpath("//circle[@class='map-open']")) == 1, unit.code


def test_a_record_that_the_filters_leave_out_is_not_marked() -> None:
    picture = Picture(State(view=EUROPE, record="nl-amsterdam-1", filters=Filters(country=("IT",))))
    assert picture.units
    assert not any(unit.current for unit in picture.units)


def test_a_view_shows_the_cities_around_it_alone() -> None:
    shown = {unit.code for unit in Picture(State(view=Viewport(50.0, 10.0, 5))).units}
    assert {"nl-rotterdam-1", "fr-paris"} <= shown
    assert not any(code.startswith(("ca-", "us-", "jp-")) for code in shown)


def test_the_buttons_zoom_by_links_and_lead_back() -> None:
    state = State(filters=Filters(country=("NL",)), view=Viewport(52.0, 5.0, 6))
    links = Picture(state).root.xpath("//a[@data-view]/@href")
    back, other, nearer, farther, whole = (_state(urlsplit(href).query) for href in links)
    assert back == other == replace(state, view=None)
    assert nearer == replace(state, view=Viewport(52.0, 5.0, 7))
    assert farther == replace(state, view=Viewport(52.0, 5.0, 5))
    assert whole.view is not None
    assert whole.view.zoom == 6
    closest = Picture(replace(state, view=Viewport(52.0, 5.0, 9)))
    assert "view=52.00_5.00_9" in closest.root.xpath("//a[@data-view]/@href")[2]


def test_the_picture_is_small() -> None:
    for query, most in (
        ("view=30.00_10.00_3", 8_000),
        ("country=NL&view=52.00_5.00_6", 12_000),
        ("view=48.00_8.00_5", 40_000),
        ("layer=coverage&view=30.00_10.00_3", 22_000),
    ):
        found = len(gzip.compress(Picture(_state(query)).text.encode()))
        assert found < most, (query, found)


def test_an_empty_selection_shows_the_land_alone() -> None:
    picture = Picture(State(filters=Filters(q="no such word"), view=EUROPE))
    assert picture.units == []
    assert "map-land" in picture.text


@pytest.mark.parametrize("view", [Viewport(30.0, 10.0, 3), Viewport(50.0, 10.0, 4)])
def test_the_layer_hatches_countries_without_a_record(view: Viewport) -> None:
    plain, hatched = Picture(State(view=view)), Picture(State(view=view, layer="coverage"))
    assert plain.root.xpath("//pattern") == []
    patterns = set(hatched.root.xpath("//pattern/@id"))
    assert patterns == {"hatch-dots", "hatch-rising", "hatch-falling", "hatch-level"}
    filled = hatched.root.xpath("//rect/@fill")
    assert filled
    assert {fill.removeprefix("url(#").removesuffix(")") for fill in filled} <= patterns
    for clip in hatched.root.xpath("//rect/@clip-path"):
        name = clip.removeprefix("url(#").removesuffix(")")
        (path,) = hatched.root.xpath(f"//*[@id='{name}']/use/@href")
        assert hatched.root.xpath(f"//path[@id='{path[1:]}']/@d")
    assert [unit.code for unit in plain.units] == [unit.code for unit in hatched.units]


def test_a_hostile_name_stays_text(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    files.edit("stations", "nl-rotterdam-1", place_label=LABEL)
    dataset = Dataset.load(files.folder, TODAY)
    picture = Picture(State(filters=Filters(country=("NL",)), view=EUROPE), dataset)
    (unit,) = [unit for unit in picture.units if unit.code == "nl-rotterdam-1"]
    assert straight(unit.name).startswith(LABEL)
    assert picture.root.xpath("//*[@onload]") == []
    assert "</style>" not in picture.text
