"""
One mark is one record, its shape the latest word on it: on every day, wherever marks are drawn.

The words are replayed from the rows of the files (`tests.replayed`) and compared with what is
drawn: the elements of the maps, the tiles, the lists and the cards, the layer that the browser
draws, and the pictures; those of single records are in `tests/geo/pictures`. Nothing else has
such a shape, so no sign is a country's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from lxml import etree, html

from geo.link.opening import Opened
from geo.link.selection import Filters
from geo.link.state import Viewport
from geo.model.entities import Event
from geo.pictures.content import picture_of
from geo.pictures.drawing import BLUE
from geo.pictures.figure import figure
from geo.pictures.preview import preview_picture
from geo.pictures.timeline_figure import timeline_figure
from geo.screen.cards import card
from geo.screen.map import map_picture
from geo.screen.overview import overview
from geo.screen.record_list import COUNTRIES, record_list
from geo.views.fading import FADES
from geo.views.layer import layer_text
from tests.entities import days, on
from tests.geo.pictures.test_content import IMPRINT, opened
from tests.ledger_files import TODAY
from tests.reference import first_day, last_day
from tests.replayed import SVG, alike, country, drawn, events, pictured, replay, rows
from tests.screens import screen_on
from tests.sizes import size

FADED = {fade.code: fade.blue for fade in FADES.values()}
LINK = "https://atlas.example/"
DAYS = sorted({TODAY, *days(size(2, 20))})
#: views that together show the whole world at the least zoom, and Europe's cities
VIEWS = [Viewport(30.0, lon, 3) for lon in (-100.0, 10.0, 120.0)] + [Viewport(48.0, 8.0, 5)]


def parsed(block: object) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{block}</div>")


def shapes(root: html.HtmlElement) -> list[html.HtmlElement]:
    return list(root.xpath(".//svg[contains(concat(' ', @class), ' shape ')]"))


def listed(root: html.HtmlElement) -> list[tuple[str, str]]:
    """Each record that is linked with a mark, and what the mark is; others are an entry's."""
    said = {e.id: e.sets for e in events()}
    entries = [item for item in root.xpath(".//li[.//a[@data-event]]") if shapes(item)]
    for item in entries:
        (mark,), (entry,) = shapes(item), item.xpath(".//a/@data-event")
        assert drawn(mark, 7, 7, 6) == alike(said[entry])
    links = [a for a in root.xpath(".//a[@data-record]") if shapes(a)]
    assert {len(shapes(a)) for a in links} <= {1}
    assert len(links) + len(entries) == len(shapes(root))
    return [(a.get("data-record"), drawn(shapes(a)[0], 7, 7, 6)) for a in links]


def units(root: html.HtmlElement, part: str) -> list[tuple[str, str]]:
    """The records of an overview's part with their marks; no other mark is there."""
    found: list[tuple[str, str]] = []
    sections = root.xpath(f"//section[contains(@class, '{part}')]")
    for a in (a for section in sections for a in section.xpath(".//a[@data-records]")):
        names = [use.get("href")[1:] for use in a.xpath(".//use")]
        marks = [root.get_element_by_id(name) for name in names]
        found += zip(a.get("data-records").split(), (drawn(m, 0, 0, 5) for m in marks), strict=True)
    assert len(found) == sum(len(section.xpath(".//use")) for section in sections)
    return found


def once(found: list[tuple[str, str]], day: date) -> None:
    """All records of a day, each once with its own word."""
    assert sorted(found) == sorted((id_, alike(word)) for id_, word in replay(day).items())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_maps_tiles_and_lists_draw_what_the_rows_say(day: date) -> None:
    snapshot = on(day)
    root = parsed(overview(screen_on(snapshot)))
    once(units(root, "plate"), day)
    once(units(root, "tiles-by-region"), day)
    codes = tuple(sorted({country(id_) for id_ in replay(day)}))
    once(listed(parsed(record_list(screen_on(snapshot, filters=Filters(country=codes))))), day)
    rows_ = parsed(record_list(screen_on(snapshot, side=COUNTRIES)))
    for a in rows_.xpath("//a[@data-country]"):
        words = Counter(drawn(shape, 7, 7, 6) for shape in shapes(a))
        own = [w for id_, w in replay(day).items() if country(id_) == a.get("data-country")]
        assert words == Counter(map(alike, own)), a.get("data-country")
    assert len(shapes(rows_)) == len(replay(day))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_detail_map_draws_what_the_rows_say(day: date) -> None:
    screen = screen_on(on(day))
    layer = json.loads(layer_text(screen.selection, screen.newest))
    for level in ("countries", "cities"):
        rows_ = [pair for row in layer[level] for pair in zip(row[6], row[7], strict=True)]
        assert dict(rows_) == replay(day)
        assert len(rows_) == len(replay(day))
    seen = set()
    for view in VIEWS:
        level = "countries" if view.zoom == 3 else "cities"
        words = {row[1]: [alike(word) for word in row[7]] for row in layer[level]}
        picture = parsed(map_picture(screen_on(on(day), view=view)))
        assert all(g.iterancestors("li") for g in picture.xpath("//g[@transform]"))
        for item in picture.xpath("//li"):
            marks = item.xpath(".//svg/g[@transform]")
            centres = [re.findall(r"-?[\d.]+", g.get("transform")) for g in marks]
            assert len(set(map(tuple, centres))) == len(marks)
            assert [drawn(g, 0, 0, 5) for g in marks] == words[item.get("data-unit")]
            seen |= {item.get("data-unit")} if view.zoom == 3 else set()
    assert seen == {row[1] for row in layer["countries"]}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_card_of_a_country_has_a_mark_of_its_own(day: date) -> None:
    for code in sorted({country(id_) for id_ in replay(day)}):
        found = listed(parsed(card(screen_on(on(day), place=code))))
        own = {id_: alike(w) for id_, w in replay(day).items() if country(id_) == code}
        assert dict(found) == own, code


def pictures(shown: Opened) -> Iterator[Counter[str]]:
    picture = picture_of(shown, IMPRINT)
    yield pictured(preview_picture(picture, shown.snapshot).svg())
    yield pictured(figure(picture, shown.snapshot, LINK).svg())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_pictures_draw_what_the_rows_say(day: date) -> None:
    for found in pictures(opened(f"asof={day}")):
        assert found == Counter(map(alike, replay(day).values()))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_figure_of_the_timeline_draws_each_entry_of_the_rows(day: date) -> None:
    svg = timeline_figure(opened(f"asof={day}&period=all"), IMPRINT, LINK).svg()
    public = [e for e in events() if last_day(e.said.text) <= day and shown_at_all(e)]
    ids = {e.id for e in public}
    expected: Counter[tuple[bool, bool]] = Counter()
    for e in public:
        if e.repeat_of not in ids:
            vague = (last_day(e.said.text) - first_day(e.said.text)).days > 1
            expected[vague, e.actor_type == "host_authority" and e.event_type != "claim"] += 1
    found: Counter[tuple[bool, bool]] = Counter()
    for element in etree.fromstring(svg).iter():
        fade = re.fullmatch(r"url\(#fade-(.*)\)", element.get("fill", ""))
        if fade:
            found[True, FADED[fade[1]]] += 1
        elif element.tag == SVG + "circle":
            found[False, BLUE in (element.get("fill"), element.get("stroke"))] += 1
    assert found == expected


def shown_at_all(e: Event) -> bool:
    """Whether an entry is about anything but records that are on hold."""
    held = {row["id"] for row in rows("stations") if row["review"] != "publish"}
    return not set(e.about) <= held
