"""The first view says what the ledger says: in its marks, its words and its links."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest
from lxml import html

from geo.ledger.dataset import Dataset
from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.link.state import State, Viewport
from geo.model.vocabulary import CLAIM_ONLY, LATEST_WORDS
from geo.screen.context import Screen
from geo.screen.legend import legend
from geo.screen.overview import overview
from geo.screen.units import shape_names
from tests.entities import days, real
from tests.geo.link.test_selection import random_filters
from tests.geo.screen.forms import Block
from tests.ledger_files import TODAY
from tests.reference import latest_word
from tests.screens import screen_of
from tests.sizes import size


@dataclass(frozen=True)
class Link:
    """A unit as a reader finds it."""

    place: str
    records: tuple[str, ...]
    shapes: tuple[str, ...]
    count: int
    href: str
    label: str
    current: bool


def _links(screen: Screen, part: str) -> list[Link]:
    text = str(overview(screen))
    Block(text)  # every element is closed
    root = html.fragment_fromstring(text)
    found = root.xpath(f"//section[contains(@class, '{part}')]//a[@data-place]")
    return [
        Link(
            place=a.get("data-place"),
            records=tuple(a.get("data-records").split()),
            shapes=tuple(u.get("href").removeprefix("#mark-") for u in a.xpath(".//use")),
            count=int(("".join(a.xpath(".//text/text()"))) or len(a.xpath(".//use"))),
            href=a.get("href"),
            label=a.get("aria-label"),
            current=a.get("aria-current") == "true",
        )
        for a in found
    ]


def _maps(screen: Screen) -> list[Link]:
    return _links(screen, "plate")


def _tiles(screen: Screen) -> list[Link]:
    return _links(screen, "tiles-by-region")


def _decoded(href: str) -> State:
    return decode(parse_query(urlsplit(href).query), real(), TODAY)[0]


@pytest.mark.parametrize("drawn", [_maps, _tiles])
def test_marks_add_up_to_the_sentence(drawn: object) -> None:
    assert callable(drawn)
    for seed in range(size(8, 50)):
        screen = screen_of(real(), State(filters=random_filters(seed)))
        links = drawn(screen)
        wanted = sorted(record.id for record in screen.selection.records)
        assert sorted(id_ for link in links for id_ in link.records) == wanted
        assert sum(link.count for link in links) == len(wanted)


def test_a_mark_is_the_latest_word_on_its_record() -> None:
    names = shape_names()
    for day in days(size(3, 20)):
        screen = screen_of(real(), State(as_of=_as_of(day)))
        for link in [*_maps(screen), *_tiles(screen)]:
            words = [latest_word(real().events, id_, day) for id_ in link.records]
            codes = [word.sets if word else CLAIM_ONLY for word in words]
            assert link.shapes == tuple(names[code] for code in codes)


def _as_of(day: date) -> date | None:
    return None if day == TODAY else day


def test_no_two_latest_words_of_one_shape_are_told_apart_by_their_mark() -> None:
    assert len(set(shape_names().values())) == 7
    assert set(shape_names()) == set(LATEST_WORDS)


def test_a_link_opens_the_card_of_its_country_and_keeps_the_filters() -> None:
    filters = Filters(province=("CN-ZJ",))
    for link in _maps(screen_of(real(), State(filters=filters, record="nl-amsterdam-1"))):
        state = _decoded(link.href)
        assert (state.place, state.record, state.filters) == (link.place, "", filters)


def test_a_unit_says_its_counts_in_words() -> None:
    (link,) = (one for one in _maps(screen_of(real(), State())) if one.place == "NL")
    words = Counter(real_word(id_) for id_ in link.records)
    said = " ".join(f"{LATEST_WORDS[code].short}: {n}." for code, n in words.items())
    assert link.label.startswith(f"Netherlands: {len(link.records)} records.")
    assert sorted(link.label.split(". ")[1:]) == sorted(f"{said}".split(". "))


def real_word(id_: str) -> str:
    word = latest_word(real().events, id_, TODAY)
    return word.sets if word else CLAIM_ONLY


def test_the_open_record_is_marked_on_its_country() -> None:
    for record in real().records[:: size(9, 1)]:
        screen = screen_of(real(), State(record=record.id))
        for drawn in (_maps, _tiles):
            assert [one.place for one in drawn(screen) if one.current] == [record.host_country]
        root = html.fragment_fromstring(str(overview(screen)))
        assert len(root.xpath("//circle[@class='open']")) == 2  # on the map and in the tile


def test_tiles_keep_their_order_under_a_filter() -> None:
    order = [one.place for one in _tiles(screen_of(real(), State()))]
    for seed in range(10):
        shown = [
            one.place for one in _tiles(screen_of(real(), State(filters=random_filters(seed))))
        ]
        assert shown == [code for code in order if code in shown]


def test_units_come_in_the_order_of_their_names() -> None:
    for part in ("world", "europe"):
        labels = [one.label for one in _links(screen_of(real(), State()), part)]
        assert labels == sorted(labels)


def test_an_empty_selection_has_no_marks_and_says_so() -> None:
    screen = screen_of(real(), State(filters=Filters(q="xyzzy")))
    assert _maps(screen) == _tiles(screen) == []
    assert "No records match." in str(overview(screen))


def _rows(screen: Screen) -> list[tuple[tuple[str, ...], str, int, bool]]:
    root = html.fragment_fromstring(str(legend(screen)))
    return [
        (
            tuple(a.get("data-codes").split()),
            a.get("href"),
            int("".join(a.xpath("./b/text()"))),
            a.get("aria-current") == "true",
        )
        for a in root.xpath("//a[@data-codes]")
    ]


def test_the_legend_adds_up_to_the_sentence() -> None:
    for seed in range(size(8, 50)):
        screen = screen_of(real(), State(filters=random_filters(seed)))
        assert sum(count for *_, count, _set in _rows(screen)) == len(screen.selection.records)


def test_the_legend_of_a_view_says_that_it_counts_what_is_out_of_sight_too() -> None:
    said = "Counts are of all records selected, in view or not."
    assert said in str(legend(screen_of(real(), State(view=Viewport(52.0, 5.0, 6)))))
    assert said not in str(legend(screen_of(real(), State())))


def test_a_row_of_the_legend_sets_all_latest_words_of_its_shape_and_takes_them_back() -> None:
    screen = screen_of(real(), State())
    whole: Dataset = real()
    for codes, href, count, is_set in _rows(screen):
        assert not is_set
        picked = screen_of(whole, _decoded(href))
        assert set(picked.state.filters.status) == set(codes)
        assert len(picked.selection.records) == count
        (row,) = (one for one in _rows(picked) if one[0] == codes)
        assert row[3]
        assert _decoded(row[1]).filters.status == ()
