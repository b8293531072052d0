"""Symbols: counts that add up, shapes of who spoke last, and data that stays data."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import astuple
from datetime import date, timedelta

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import city_code
from geo.link.selection import Filters
from geo.views.basemap import base_map, layer_script
from geo.views.symbols import anchors, faded, layer_data, layer_token, symbols
from tests.entities import days, event, ledger, on, real, record
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY
from tests.markup import straight

HOST = {"actor_type": "host_authority"}


@pytest.mark.parametrize("day", [TODAY, *days(6)], ids=str)
def test_counts_add_up_to_the_selection(day: date) -> None:
    for seed in range(40):
        selection = random_filters(seed).select(on(day))
        countries, cities = symbols(selection)
        assert sum(s.count for s in countries) == len(selection.records)
        assert {s.id: s.count for s in countries} == Counter(
            r.host_country for r in selection.records
        )
        assert sum(s.count for s in cities) == sum(1 for r in selection.records if r.host_city)
        assert sum(s.count for s in cities) == len(selection.with_city)


def test_a_city_symbol_opens_exactly_its_records() -> None:
    selection = Filters().select(on(TODAY))
    opened: list[str] = []
    for symbol in symbols(selection)[1]:
        at = [r for r in selection.records if r.point == (symbol.lat, symbol.lon)]
        assert len(at) == symbol.count
        if symbol.count == 1:
            assert symbol.id == at[0].id
        else:
            assert {city_code(r.id) for r in at} == {symbol.id}
            # records that no source tells apart stand on one name
            assert len({r.host_country for r in at}) == 1
        opened += [r.id for r in at]
    assert len(opened) == len(set(opened))


def test_every_country_of_the_data_has_an_anchor() -> None:
    hosts = {r.host_country for r in real().records}
    assert hosts <= set(anchors())
    for code, (lat, lon) in anchors().items():
        assert re.fullmatch("[A-Z]{2}", code), code
        assert -90 <= lat <= 90
        assert -180 <= lon <= 180
    for symbol in symbols(Filters().select(on(TODAY)))[0]:
        assert (symbol.lat, symbol.lon) == tuple(anchors()[symbol.id])
        assert (symbol.lat, symbol.lon) != (0.0, 0.0)


def test_shapes_say_who_spoke_last() -> None:
    for day in (TODAY, *days(5)):
        snapshot = on(day)
        countries, cities = symbols(Filters().select(snapshot))
        for symbol in cities:
            if symbol.count == 1:
                assert symbol.shape == snapshot.statuses[symbol.id]
        for symbol in countries:
            acted = [e for e in snapshot.host_events(symbol.id) if e.event_type != "statement"]
            assert acted or symbol.shape == "claim_only"


def test_a_country_shows_its_authorities_newest_act_and_no_party() -> None:
    events = [
        event("nl-c"),
        event("nl-1", "2022-10-01", event_type="inquiry_opened", sets="authority_looking", **HOST),
        event("nl-2", "2022-11-01", event_type="told_to_stop", sets="told_to_stop", **HOST),
        event("nl-3", "2022-12-01", event_type="statement", about=("country",), **HOST),
        event("nl-4", "2023-01-01", event_type="closure_stated", actor_type="china"),
    ]
    for count, shape in ((1, "claim_only"), (2, "authority_looking"), (5, "told_to_stop")):
        snapshot = Snapshot(ledger(events[:count]), TODAY)
        assert symbols(Filters().select(snapshot))[0][0].shape == shape
    assert "told_to_stop" in layer_data(Filters().select(Snapshot(ledger(events), TODAY)))


def test_looking_is_faded_after_a_year() -> None:
    looking = event(
        "nl-1", "2022-10-26", event_type="inquiry_opened", sets="authority_looking", **HOST
    )
    data = ledger([event("nl-c"), looking])
    for passed, pale in ((0, False), (365, False), (366, True), (1000, True)):
        snapshot = Snapshot(data, date(2022, 10, 26) + timedelta(days=passed))
        country, city = (found[0] for found in symbols(Filters().select(snapshot)))
        assert (country.faded, city.faded) == (pale, pale), passed
        assert country.shape == city.shape == "authority_looking"
    late = Snapshot(data, TODAY)
    assert not faded("told_to_stop", looking, late)
    assert not faded("authority_looking", None, late)


def test_a_month_is_old_a_year_after_its_last_day() -> None:
    looking = event(
        "nl-1", "2022-10", event_type="inquiry_opened", sets="authority_looking", **HOST
    )
    data = ledger([event("nl-c"), looking])
    assert not faded("authority_looking", looking, Snapshot(data, date(2023, 10, 31)))
    assert faded("authority_looking", looking, Snapshot(data, date(2023, 11, 1)))


def test_labels_say_what_a_symbol_is_and_is_not() -> None:
    selection = Filters().select(on(TODAY))
    countries, cities = symbols(selection)
    said = json.loads(layer_data(selection))["words"]
    assert "city centre. The atlas gives no addresses." in said["city"]
    assert {"{place}", "{records}", "{word}"} <= set(re.findall(r"{\w+}", said["city"]))
    for symbol in cities:
        plural = "" if symbol.count == 1 else "s"
        assert said["records"][str(symbol.count)] == f"{symbol.count} record{plural}"
        assert said["shapes"][symbol.shape]
        assert symbol.label
    for symbol in countries:
        plural = "" if symbol.count == 1 else "s"
        assert f": {symbol.count} record{plural}. " in symbol.label
        assert not re.search(r"\d+ (alleged )?stations?", symbol.label)


HOSTILE = (
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "`+alert(1)+`",
    "'\"&<>",
    "\u2028\u2029\x00\x1f",
    "{{ 7*7 }} }}",
    "\\u003c\\",
    "<!--",
    "🙂 ‮",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_leaves_the_layer(text: str) -> None:
    shown = record(place_label=text, host_city=text, summary=text)
    act = event(
        "nl-1", "2022-10-01", event_type="told_to_stop", sets="told_to_stop", authority=text,
        summary=text, **HOST,
    )  # fmt: skip
    snapshot = Snapshot(ledger([event("nl-c", summary=text), act], [shown]), TODAY)
    data = layer_data(Filters().select(snapshot))
    assert not set("<>&'`$\u2028\u2029") & set(data)
    assert data.isascii()
    assert data.isprintable()
    read = json.loads(data)
    assert straight(read["cities"][0][-1]).startswith(text)
    assert f"On 1 October 2022, {text}: {text}" in straight(read["countries"][0][-1])


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% raw %}", "{# x", "{{ x", "{% if %}"])
def test_no_cell_is_a_template_to_folium(text: str) -> None:
    shown = record(place_label=text, host_city=text)
    snapshot = Snapshot(ledger([event("nl-c")], [shown]), TODAY)
    data = layer_data(Filters().select(snapshot))
    assert json.loads(data)["cities"][0][-1].startswith(text)
    # the layer is never part of a template: folium would read it as one
    assert data not in base_map().get_root().render()
    assert f"AtlasMap.draw(atlas_layer, {data}, 'ab12');" in layer_script(data, "ab12")


def test_the_layers_data_is_what_the_symbols_are() -> None:
    selection = Filters().select(on(TODAY))
    read = json.loads(layer_data(selection))
    for name, found in zip(("countries", "cities"), symbols(selection), strict=True):
        assert [tuple(row) for row in read[name]] == [astuple(s) for s in found]
    other = Filters(country=("NL",)).select(on(TODAY))
    assert layer_token(layer_data(selection)) == layer_token(layer_data(selection))
    assert layer_token(layer_data(selection)) != layer_token(layer_data(other))


def _plain(html: str) -> str:
    return re.sub(r"[0-9a-f]{32}", "ID", html)


def test_the_base_map_is_the_same_on_every_run() -> None:
    one, two = (base_map().get_root().render() for _ in range(2))
    assert one != two, "folium gives every map an id of its own"
    assert _plain(one) == _plain(two)


def test_the_base_map_holds_no_data_and_asks_no_third_party() -> None:
    html = base_map().get_root().render()
    assert "Amsterdam" not in html
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html)
    assert "tile.openstreetmap" not in html
    assert "AtlasMap.install(" in html
