"""The layer of the map: what is drawn at each zoom, and data that stays data."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.views.anchors import anchors
from geo.views.basemap import base_map, layer_script
from geo.views.layer import layer_data, layer_text, layer_token
from geo.views.map_places import level
from geo.views.map_view import CITY_ZOOM, ZOOMS
from tests.entities import event, ledger, on, real, record
from tests.ledger_files import TODAY
from tests.markup import straight

HOST = {"actor_type": "host_authority"}
RECORDS, WORDS, PLACES = 6, 7, 9


def _read(snapshot: Snapshot, **filters: tuple[str, ...]) -> dict[str, Any]:
    selection = Filters().replace(**filters).select(snapshot)
    found: dict[str, Any] = json.loads(layer_text(selection, snapshot))
    return found


def _unfolded(places: list[Any]) -> list[Any]:
    found: list[Any] = []
    for place in places:
        found.append(found[-1] if place == 0 else place)
    return found


def test_every_country_of_the_data_has_an_anchor() -> None:
    assert {r.host_country for r in real().records} <= set(anchors())
    for code, (lat, lon) in anchors().items():
        assert re.fullmatch("[A-Z]{2}", code), code
        assert -90 <= lat <= 90
        assert -180 <= lon <= 180


def test_the_rows_are_the_units_with_their_place_at_each_zoom() -> None:
    read = _read(on(TODAY))
    assert read["total"] == len(on(TODAY).records)
    for zoom in ZOOMS:
        rows, first = (read["cities"], CITY_ZOOM) if zoom >= CITY_ZOOM else (read["countries"], 3)
        drawn = level(on(TODAY).records, on(TODAY), on(TODAY), zoom).units
        assert len(rows) == len(drawn)
        for row, one in zip(rows, drawn, strict=True):
            unit, placed = one.placed.unit, one.placed
            assert row[:5] == [unit.card, unit.code, unit.country, unit.lat, unit.lon]
            assert row[RECORDS] == list(unit.records)
            assert row[WORDS] == list(unit.words)
            x, y, width, height, line, hit, *name = _unfolded(row[PLACES])[zoom - first]
            assert (x, y) == pytest.approx((placed.x, placed.y), abs=0.051)
            assert (width, height) == (placed.block.width, placed.block.height)
            assert line == pytest.approx([x for point in placed.line for x in point], abs=0.051)
            assert hit == pytest.approx(one.hit, abs=0.051)
            said = [*name[4:], *([name[3]] if name[3] else [])]
            assert said == list(placed.lines)


def test_nothing_in_it_speaks_for_a_country() -> None:
    for row in (*_read(on(TODAY))["countries"], *_read(on(TODAY))["cities"]):
        assert row[WORDS] == [on(TODAY).statuses[code] for code in row[RECORDS]]
        sentence = straight(row[5])
        assert f"{len(row[RECORDS])} record" in sentence
        counted = sum(int(n) for n in re.findall(r": (\d+)\.", sentence))
        assert counted == len(row[RECORDS])


def test_many_records_are_a_count_and_a_bar() -> None:
    claims = [record(f"nl-{n}", host_city="", point=None) for n in range(1, 13)]
    events = [event(f"nl-c{n}", about=(f"nl-{n}",)) for n in range(1, 13)]
    (row,) = _read(Snapshot(ledger(events, claims), TODAY))["countries"]
    assert len(row[RECORDS]) == 12
    assert [(look, width) for look, _x, width in row[8]] == [("solid", 39)]


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


def _hostile(text: str) -> Snapshot:
    shown = record(place_label=text, host_city=text, summary=text)
    act = event(
        "nl-1", "2022-10-01", event_type="told_to_stop", sets="told_to_stop", authority=text,
        summary=text, **HOST,
    )  # fmt: skip
    return Snapshot(ledger([event("nl-c", summary=text), act], [shown]), TODAY)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_leaves_the_layer(text: str) -> None:
    snapshot = _hostile(text)
    data = layer_data(Filters().select(snapshot), snapshot)
    assert not set("<>&'`$\u2028\u2029") & set(data)
    assert data.isascii()
    assert data.isprintable()
    assert straight(json.loads(data)["cities"][0][5]).startswith(text)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% raw %}", "{# x", "{{ x", "{% if %}"])
def test_no_cell_is_a_template_to_folium(text: str) -> None:
    snapshot = _hostile(text)
    data = layer_data(Filters().select(snapshot), snapshot)
    assert json.loads(data)["cities"][0][5].startswith(text)
    # the layer is never part of a template: folium would read it as one
    assert data not in base_map().get_root().render()
    assert f"AtlasMap.draw(atlas_layer, {data}, 'ab12');" in layer_script(data, "ab12")


def test_a_layer_has_a_name_of_its_own() -> None:
    selection = Filters().select(on(TODAY))
    other = Filters(country=("NL",)).select(on(TODAY))
    data = layer_data(selection, on(TODAY))
    assert layer_token(data) == layer_token(layer_data(selection, on(TODAY)))
    assert layer_token(data) != layer_token(layer_data(other, on(TODAY)))


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
