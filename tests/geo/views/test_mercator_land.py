"""The land of the map's picture is the vendored outline, cut and rounded."""

from __future__ import annotations

import re

import pytest
from shapely import unary_union
from shapely.geometry import Polygon, box

from geo.views.mercator import placed, project
from geo.views.mercator_land import Part, land, land_by_group, whole
from geo.views.outline import COARSE, FINE, outline
from geo.views.palette import DARK, LIGHT
from tools import build_land


def _rings(path: str) -> list[list[tuple[float, float]]]:
    """The rings of a path, in its units, as a browser reads them."""
    assert re.fullmatch(r"(?:M-?\d+ -?\d+l[-\d ]+z)*", path)
    rings = []
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)z", path):
        ring = [(float(x), float(y))]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        rings.append(ring)
    return rings


def _area(path: str) -> float:
    return sum(Polygon(ring).buffer(0).area for ring in _rings(path))


def _part(lat: float, lon: float, zoom: int) -> Part:
    ((x, y),) = placed([(lat, lon)]).tolist()
    wide, high = 1400 / 2**zoom, 1000 / 2**zoom
    return Part(
        left=x - wide / 2,
        top=y - high / 2,
        width=wide,
        height=high,
        grid=0.5 / 2**zoom,
        tolerance=1 / 2**zoom,
    )


@pytest.mark.parametrize(
    ("lat", "lon", "zoom"), [(52, 5, 5), (60, -100, 4), (12, 105, 5), (-40, 175, 4), (65, 178, 4)]
)
def test_a_part_has_the_land_that_is_in_it(lat: float, lon: float, zoom: int) -> None:
    part = _part(lat, lon, zoom)
    corner = part.left + part.width, part.top + part.height
    window = box(part.left, part.top, *corner)
    rings = (project(ring[:, 1], ring[:, 0]) for ring in outline(FINE).rings)
    there = unary_union([Polygon(ring).buffer(0).intersection(window) for ring in rings])
    drawn = land(FINE, part)
    assert _area(drawn) * part.grid**2 == pytest.approx(there.area, rel=0.01)
    width, height = part.box
    points = [point for ring in _rings(drawn) for point in ring]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


def test_a_part_without_land_is_empty() -> None:
    assert land(FINE, _part(-40, -120, 6)) == ""


def test_groups_share_the_land_between_them() -> None:
    part = whole(0.125, 0.125)
    groups = {"FR": "dots", "ES": "dots", "RU": "rising"}
    found = land_by_group(COARSE, part, groups)
    assert list(found) == ["dots", "none", "rising"]
    assert sorted("".join(found.values())) == sorted(land(COARSE, part))
    assert found["dots"].count("M") == sum(code in ("FR", "ES") for code in outline(COARSE).codes)


def test_the_image_is_as_the_tool_writes_it_and_in_both_themes() -> None:
    text = build_land.TARGET.read_text(encoding="utf-8")
    assert text == build_land.image()
    light, dark = text.split("#dark:target")
    assert LIGHT.land in light
    assert LIGHT.border in light
    assert f"fill:{DARK.land};stroke:{DARK.border}" in dark
    assert '<g id="dark">' in dark
    # nothing of it is asked for elsewhere, and nothing runs
    assert not re.search(r"href|url\(|<script", text)
