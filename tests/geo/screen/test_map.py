"""The picture of the map is complete without a script: places, counts, links and names."""

from __future__ import annotations

import gzip
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from geo.ledger.dataset import Dataset
from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.link.state import State, Viewport, encode
from geo.screen.map import map_picture
from geo.views.first_view import MOST, first_view
from geo.views.mercator import placed
from geo.views.symbols import symbols
from tests.entities import real
from tests.geo.link.test_selection import random_filters
from tests.geo.screen.forms import Block
from tests.ledger_files import TODAY, LedgerFiles
from tests.markup import straight
from tests.screens import screen_of
from tests.sizes import size

LABEL = "<svg onload=alert(1)>\"'`${1}`{{7*7}}</style>{% raw"


@dataclass(frozen=True)
class Link:
    """A symbol as a reader finds it."""

    id: str
    href: str
    name: str
    count: int
    x: float
    y: float


class Picture:
    """The picture at a state, read as a browser reads it."""

    def __init__(self, state: State, dataset: Dataset | None = None) -> None:
        self.text = str(map_picture(screen_of(dataset or real(), state)))
        Block(self.text)  # every element is closed
        self.root = html.fragment_fromstring(self.text)
        self.far = self._read("far")
        self.near = self._read("near")

    def _read(self, level: str) -> list[Link]:
        return [
            self._link(item) for item in self.root.xpath(f"//ul[contains(@class,'{level}')]/li")
        ]

    def _link(self, item: html.HtmlElement) -> Link:
        (link,) = item.xpath("./a")
        (name,) = link.xpath("./span")
        counts = link.xpath("./svg/text")
        (used,) = link.xpath("./svg/use/@href")
        assert self.root.xpath(f"//*[@id='{used[1:]}']"), "it uses a shape that is not there"
        place = re.fullmatch(r"--x:(-?[\d.]+);--y:(-?[\d.]+)", item.get("style"))
        assert place is not None
        return Link(
            id=item.get("id").removeprefix("map-"),
            href=link.get("href"),
            name=name.text_content(),
            count=int(counts[0].text) if counts else 1,
            x=float(place[1]),
            y=float(place[2]),
        )


def _state(query: str) -> State:
    return decode(parse_query(query), real(), TODAY)[0]


def _selected(state: State) -> tuple[int, int]:
    selection = screen_of(real(), state).selection
    return len(selection.records), len(selection.with_city)


@pytest.mark.parametrize("seed", range(size(20, 100)))
def test_counts_add_up_and_every_symbol_has_a_name_and_a_card(seed: int) -> None:
    state = _state(encode(State(filters=random_filters(seed))))
    picture, (records, with_city) = Picture(state), _selected(state)
    if picture.far:
        assert sum(link.count for link in picture.far) == records
    if picture.near:
        # a first view shows all that it is about
        assert sum(link.count for link in picture.near) == with_city
    assert bool(picture.far or picture.near) == bool(records and (picture.far or with_city))
    for link in (*picture.far, *picture.near):
        opened = _state(urlsplit(link.href).query)
        kind = "record" if link.id in real().records_by_id else "place"
        card: dict[str, Any] = {kind: link.id}
        assert opened == replace(state, **card)
        assert len(link.name) > len(link.id)
        assert f"{link.count} record" in link.name


def test_symbols_are_those_of_the_map_in_its_order() -> None:
    countries, _cities = symbols(Filters().select(screen_of(real(), State()).snapshot))
    picture = Picture(State())
    assert [(link.id, link.name, link.count) for link in picture.far] == [
        (symbol.id, symbol.label, symbol.count) for symbol in countries
    ]
    view = first_view(countries, None)
    points = (placed((s.lat, s.lon) for s in countries) - (view.x, view.y)) * 2**view.closest
    for link, (x, y) in zip(picture.far, points.tolist(), strict=True):
        assert (link.x, link.y) == pytest.approx((x, y), abs=0.06)
    # the outermost are as far from the centre on either side
    assert max(link.x for link in picture.far) == -min(link.x for link in picture.far)
    assert max(link.y for link in picture.far) == -min(link.y for link in picture.far)


def test_a_single_country_shows_its_cities_with_whole_sentences() -> None:
    picture = Picture(State(filters=Filters(country=("NL",))))
    assert picture.far == []
    assert {link.id for link in picture.near} == {"nl-amsterdam-1", "nl-rotterdam-1"}
    for link in picture.near:
        assert re.fullmatch(
            r"\w+, Netherlands: city centre\. The atlas gives no addresses\. 1 record\. .+\.",
            link.name,
        ), link.name


def test_a_view_shows_the_cities_around_it_alone() -> None:
    state = State(view=Viewport(50.0, 10.0, 5.0))
    picture = Picture(state)
    shown = {link.id for link in picture.near}
    assert {"nl-rotterdam-1", "fr-paris"} <= shown
    assert not any(code.startswith(("ca-", "us-", "jp-")) for code in shown)
    for link in picture.near:
        assert abs(link.x) <= MOST[0] / 2 + 15
        assert abs(link.y) <= MOST[1] / 2 + 15
        assert _state(urlsplit(link.href).query).view == state.view
    assert Picture(State(view=Viewport(50.0, 10.0, 3.0))).near == []


def test_the_buttons_zoom_by_links_from_what_is_seen() -> None:
    state = State(filters=Filters(country=("NL",)), view=Viewport(52.0, 5.0, 6.0))
    nearer, farther, whole = (
        _state(urlsplit(href).query)
        for href in Picture(state).root.xpath("//div[contains(@class,'map-zoom')]/a/@href")
    )
    assert nearer == replace(state, view=Viewport(52.0, 5.0, 7.0))
    assert farther == replace(state, view=Viewport(52.0, 5.0, 5.0))
    assert whole == replace(state, view=None)
    closest = Picture(replace(state, view=Viewport(52.0, 5.0, 9.0)))
    href = closest.root.xpath("//div[contains(@class,'map-zoom')]/a/@href")[0]
    assert _state(urlsplit(href).query).view == Viewport(52.0, 5.0, 9.0)


def test_the_picture_is_small() -> None:
    for query, most in (("", 7_000), ("country=NL", 12_000), ("layer=coverage", 20_000)):
        assert len(gzip.compress(Picture(_state(query)).text.encode())) < most, query


def test_an_empty_selection_shows_the_land_alone() -> None:
    picture = Picture(State(filters=Filters(q="no such word")))
    assert picture.far == picture.near == []
    assert "map-land" in picture.text


@pytest.mark.parametrize("view", [None, Viewport(50.0, 10.0, 4.0)])
def test_the_layer_hatches_countries_without_a_record(view: Viewport | None) -> None:
    plain, hatched = Picture(State(view=view)), Picture(State(view=view, layer="coverage"))
    assert plain.root.xpath("//pattern") == []
    patterns = set(hatched.root.xpath("//pattern/@id"))
    assert patterns == {"map-dots", "map-rising", "map-falling", "map-level"}
    filled = hatched.root.xpath("//rect/@fill")
    assert filled
    assert {fill.removeprefix("url(#").removesuffix(")") for fill in filled} <= patterns
    for clip in hatched.root.xpath("//rect/@clip-path"):
        name = clip.removeprefix("url(#").removesuffix(")")
        (path,) = hatched.root.xpath(f"//*[@id='{name}']/use/@href")
        assert hatched.root.xpath(f"//path[@id='{path[1:]}']/@d")
    assert [link.id for link in plain.far] == [link.id for link in hatched.far]


def test_a_hostile_name_stays_text(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    files.edit("stations", "nl-rotterdam-1", place_label=LABEL)
    dataset = Dataset.load(files.folder, TODAY)
    picture = Picture(State(filters=Filters(country=("NL",))), dataset)
    (link,) = [link for link in picture.near if link.id == "nl-rotterdam-1"]
    assert straight(link.name).startswith(LABEL)
    assert picture.root.xpath("//*[@onload]") == []
    assert picture.text.count("</style>") == 1


def test_rules_are_made_of_numbers_alone() -> None:
    for seed in random.Random(3).sample(range(10**6), 20):
        (css,) = Picture(State(filters=random_filters(seed))).root.xpath("//style/text()")
        words = set(re.findall(r"[a-z][a-z-]*", css))
        assert words <= {
            "map-view", "k", "far", "near", "block", "none", "media", "container", "map", "px",
            "max-width", "min-width", "min-height", "and", "mc", "nth-child", "a", "b",
        }  # fmt: skip
