"""The first view in a browser: where marks and names are at six sizes, and what a finger hits."""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from geo.ledger.snapshot import Snapshot
from geo.views.outline import FINE, Floats, outline
from geo.views.overview_frames import EUROPE, WORLD, MapFrame
from geo.views.rectangles import inside
from tests.browser.conftest import PHONE, Readers
from tests.browser.serving import Server
from tests.crossings import Drawn, crossings
from tests.sizes import size

MAPS = [(1400, 900), (1280, 720), (1920, 1080), (768, 1024)]
TILES = [(390, 844), (844, 390), (360, 640), (320, 568)]
#: pixels that a finger misses what it aims at, one standard deviation in each direction
SCATTER = 7.0
#: pixels: the least width and height of a target
TARGET = 24.0
#: of every unit that is shown: its marks and its name, and where it belongs
READ = """() => {
  const box = (e) => {
    const r = e.getBoundingClientRect();
    return [r.left, r.top, r.right, r.bottom];
  };
  return [...document.querySelectorAll("[data-panel=map] a[data-place]")]
    .filter((a) => a.getClientRects().length)
    .map((a) => ({
      place: a.dataset.place,
      records: a.dataset.records.split(" "),
      marks: [...a.querySelectorAll("use")].map(box),
      block: box(a.querySelector(".marks")),
      name: a.querySelector(".name") && box(a.querySelector(".name")),
      target: box(a),
      map: a.closest("[data-map]")?.dataset.map,
      frame: box(a.closest(".map-area") ?? document.querySelector(".tiles-by-region")),
      at: a.closest(".map-area") && box(a.parentElement),
      line: a.parentElement.querySelector(".hairline path")?.getAttribute("d") ?? "",
    }));
}"""
FRAMES: dict[str, MapFrame] = {"world": WORLD, "europe": EUROPE}
#: records whose place, or what their claim is about, has little room beside the country's name
CROWDED = ("ca-montreal-1", "de-1", "us-new-york-1", "gb-glasgow-1", "hu-budapest-1")
#: lines of names and captions as high as their letters, and marks: each with what it belongs to
READ_LINES = """() => {
  const found = [];
  const lines = (owner, e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    for (const r of range.getClientRects()) {
      if (r.width > 1) found.push([owner, r.left, r.top + 2, r.right, r.bottom - 2]);
    }
  };
  for (const a of document.querySelectorAll(".map-area a[data-place]")) {
    const owner = a.dataset.place;
    a.querySelectorAll(".name").forEach((name) => lines(owner, name));
    for (const mark of a.querySelectorAll("use")) {
      const r = mark.getBoundingClientRect();
      found.push([owner, r.left, r.top, r.right, r.bottom]);
    }
  }
  document.querySelectorAll(".map-area .enlarged p").forEach((p) => lines("the caption", p));
  return found;
}"""


def _open(readers: Readers, server: Server, width: int, height: int, address: str = "/") -> Page:
    reader = readers(server, {"width": width, "height": height}, java_script_enabled=False)
    reader.page.goto(server.url + address)
    # fonts that come too late for the first page are there for the next one
    reader.page.wait_for_load_state("networkidle")
    reader.page.reload()
    return reader.page


def _overlaps(boxes: list[list[float]]) -> int:
    rows = np.array(boxes)
    apart = 0.5
    low = np.maximum(rows[:, None, :2], rows[None, :, :2])
    high = np.minimum(rows[:, None, 2:], rows[None, :, 2:])
    return int(np.triu((high - low > apart).all(axis=2), 1).sum())


def _land(frame: MapFrame, code: str) -> list[Floats]:
    whole = outline(FINE)
    pairs = zip(whole.codes, whole.rings, strict=True)
    return [frame.project(ring[:, 1], ring[:, 0]) for own, ring in pairs if own == code]


def _marks_away(unit: dict[str, Any]) -> int:
    """Count the marks that are neither on their country's land nor within 10 px of its place."""
    frame = FRAMES[unit["map"]]
    marks = np.array(unit["marks"] or [unit["block"]]).reshape(-1, 2, 2).mean(axis=1)
    area = np.array(unit["frame"]).reshape(2, 2)
    width, height = area[1] - area[0]
    scale = min(width / frame.width, height / frame.height, 1.5)
    away = np.hypot(*(marks - np.array(unit["at"][:2])).T) > 10.5
    return int(
        (away & ~inside((marks - area.mean(axis=0)) / scale, _land(frame, unit["place"]))).sum()
    )


def _drawn(unit: dict[str, Any]) -> Drawn:
    x, y = unit["at"][:2]
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", unit["line"])]
    line = [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
    names = [tuple(unit["name"])] if unit["name"] else []
    return Drawn(unit["place"], line, tuple(unit["block"]), names)


@pytest.mark.parametrize(("width", "height"), MAPS)
def test_marks_and_names_are_in_place_on_the_maps(
    readers: Readers, server: Server, snapshot: Snapshot, width: int, height: int
) -> None:
    units = _open(readers, server, width, height).evaluate(READ)
    ids = [id_ for unit in units for id_ in unit["records"]]
    assert sorted(ids) == sorted(record.id for record in snapshot.records)
    assert [u["place"] for u in units if not u["line"] and _marks_away(u)] == []
    for name in FRAMES:
        assert crossings([_drawn(u) for u in units if u["map"] == name]) == []
    assert _overlaps([m for u in units for m in u["marks"]]) == 0
    assert _overlaps([u["name"] for u in units if u["name"]]) == 0
    assert _overlaps([b for u in units for b in (u["block"], u["name"]) if b]) == 0
    assert _overlaps([u["target"] for u in units]) == 0
    for unit in units:
        left, top, right, bottom = unit["frame"]
        for one in [unit["block"], unit["name"] or unit["block"]]:
            assert left - 1 <= one[0] <= one[2] <= right + 1, unit["place"]
            assert top - 1 <= one[1] <= one[3] <= bottom + 1, unit["place"]


@pytest.mark.parametrize(("width", "height"), [MAPS[0], MAPS[3]][: size(1, 2)])
def test_the_place_of_an_open_record_meets_nothing(
    readers: Readers, server: Server, width: int, height: int
) -> None:
    page = _open(readers, server, width, height)
    met = {}
    for record in CROWDED:
        page.goto(f"{server.url}/?record={record}", wait_until="domcontentloaded")
        page.evaluate("() => document.fonts.ready")
        boxes = page.evaluate(READ_LINES)
        met[record] = {
            (one[0], other[0])
            for one, other in combinations(boxes, 2)
            if one[0] != other[0] and _overlaps([one[1:], other[1:]])
        }
    assert {record: pairs for record, pairs in met.items() if pairs} == {}


@pytest.mark.parametrize(("width", "height"), TILES)
def test_marks_and_names_are_in_place_on_the_tiles(
    readers: Readers, server: Server, snapshot: Snapshot, width: int, height: int
) -> None:
    page = _open(readers, server, width, height)
    units = page.evaluate(READ)
    ids = [id_ for unit in units for id_ in unit["records"]]
    assert sorted(ids) == sorted(record.id for record in snapshot.records)
    assert _overlaps([m for u in units for m in u["marks"]]) == 0
    assert _overlaps([b for u in units for b in (u["block"], u["name"])]) == 0
    assert _overlaps([u["target"] for u in units]) == 0
    for unit in units:
        tile = unit["target"]
        for one in (unit["block"], unit["name"]):
            assert tile[0] <= one[0] <= one[2] <= tile[2] + 0.5, (unit["place"], tile, one)
            assert tile[1] <= one[1] <= one[3] <= tile[3] + 0.5, (unit["place"], tile, one)
        assert 0 <= tile[0] <= tile[2] <= width
        assert min(tile[2] - tile[0], tile[3] - tile[1]) >= 24


@pytest.mark.parametrize(("width", "height"), [*MAPS, *TILES[:2]])
def test_targets_are_24_pixels_or_as_far_apart(
    readers: Readers, server: Server, width: int, height: int
) -> None:
    units = _open(readers, server, width, height).evaluate(READ)
    boxes = np.array([unit["target"] for unit in units])
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    small = (boxes[:, 2:] - boxes[:, :2]).min(axis=1) < TARGET - 0.1
    crowded = []
    for i in np.flatnonzero(small):
        # WCAG 2.5.8: a circle around a small target meets no other one, and no other circle
        nearest = np.clip(middles[i], boxes[:, :2], boxes[:, 2:])
        met = np.hypot(*(nearest - middles[i]).T) < TARGET / 2
        met |= small & (np.hypot(*(middles - middles[i]).T) < TARGET)
        met[i] = False
        crowded += [(units[i]["place"], units[j]["place"]) for j in np.flatnonzero(met)]
    assert crowded == []


def test_a_finger_hits_the_tile_that_it_aims_at(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(server.url + "/")
    chance = random.Random(7)
    aimed = []
    for unit in page.evaluate(READ):
        left, top, right, bottom = unit["target"]
        for _try in range(size(20, 100)):
            x = chance.gauss((left + right) / 2, SCATTER)
            y = chance.gauss((top + bottom) / 2, SCATTER)
            aimed.append((unit["place"], x, y))
    hit = page.evaluate(
        """(aimed) => aimed.map(([place, x, y]) => {
          scrollTo(0, 0);
          scrollTo(0, y - innerHeight / 2);
          const at = document.elementFromPoint(x, y - scrollY);
          return at?.closest("[data-place]")?.dataset.place === place;
        })""",
        aimed,
    )
    context.close()
    assert sum(hit) / len(hit) >= 0.97, sum(hit) / len(hit)


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_a_closer_view_is_a_link(readers: Readers, server: Server, width: int, height: int) -> None:
    page = _open(readers, server, width, height, "/?country=ES")
    page.get_by_role("link", name="Map", exact=True).last.click() if width < 760 else (
        page.get_by_role("link", name="Zoom in on Europe").click()
    )
    page.wait_for_url("**view=*")
    assert page.locator("#page").get_attribute("data-form") == "detail"
