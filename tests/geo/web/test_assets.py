"""The vendored files are the ones that the manifest vouches for, and the outline is sound."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any

import pytest
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import LinearRing

from geo.paths import ASSETS
from tools.seal_assets import START, addressed

MANIFEST = json.loads((ASSETS / "ASSETS.json").read_text(encoding="utf-8"))["assets"]
FOREIGN = [asset for asset in MANIFEST if asset["source"] != "this repository"]
OUTLINE = ASSETS / "outline-visionscarto-1.0.0"


def read(name: str) -> Any:
    return json.loads((OUTLINE / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["110m", "50m"])
def outline(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = read(f"countries-{request.param}.json")["features"]
    return features


@pytest.fixture(scope="module")
def fine() -> dict[str, BaseGeometry]:
    features = read("countries-50m.json")["features"]
    return {f["id"]: shape(f["geometry"]) for f in features if "id" in f}


def test_every_file_is_in_the_manifest_with_its_checksum() -> None:
    present = {
        path.relative_to(ASSETS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in ASSETS.rglob("*")
        if path.is_file() and path.name != "ASSETS.json"
    }
    vouched = {
        f"{asset['folder']}/{name}": digest
        for asset in MANIFEST
        for name, digest in asset["files"].items()
    }
    assert present == vouched


def test_the_starting_script_asks_for_the_files_of_today() -> None:
    script = START.read_text(encoding="utf-8")
    assert '"page.js": "../atlas-1/page.js?v=' in script
    assert addressed(script) == script, "run make assets"
    assert addressed(script.replace("page.js?v=", "page.js?v=0")) == script


@pytest.mark.parametrize("asset", MANIFEST, ids=lambda asset: asset["folder"])
def test_every_asset_says_what_it_is(asset: dict[str, Any]) -> None:
    assert asset["name"]
    assert asset["licence"]
    # addresses are cached for a year, so a new version needs a new address
    assert asset["folder"].endswith("-" + asset["version"])


@pytest.mark.parametrize("asset", FOREIGN, ids=lambda asset: asset["folder"])
def test_foreign_assets_bring_source_and_licence(asset: dict[str, Any]) -> None:
    assert asset["source"].startswith("https://")
    assert "LICENSE" in asset["files"]
    assert (ASSETS / asset["folder"] / "LICENSE").read_text(encoding="utf-8").strip()


def test_the_style_sheet_needs_nothing_that_is_not_here() -> None:
    folder = ASSETS / "leaflet-1.9.4"
    css = (folder / "leaflet.css").read_text(encoding="utf-8")
    wanted = {part.split(")")[0].strip("'\"") for part in css.split("url(")[1:]}
    images = {name for name in wanted if not name.startswith("#")}
    assert images
    assert all((folder / name).is_file() for name in images)


def test_outline_has_closed_rings_wound_outside_left(outline: list[dict[str, Any]]) -> None:
    for feature in outline:
        assert feature["geometry"]["type"] == "MultiPolygon"
        for exterior, *holes in feature["geometry"]["coordinates"]:
            for ring in (exterior, *holes):
                assert len(ring) >= 4
                assert ring[0] == ring[-1]
                assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
                assert all(round(value, 2) == value for point in ring for value in point)
            assert LinearRing(exterior).is_ccw, feature.get("id")
            assert not any(LinearRing(hole).is_ccw for hole in holes)


def test_no_streak_crosses_the_map(outline: list[dict[str, Any]]) -> None:
    for feature in outline:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                for (x0, y0), (x1, _) in pairwise(ring):
                    # along the south pole Antarctica's edge is one long line
                    assert abs(x1 - x0) < 90 or y0 == -90, feature.get("id")


def test_codes_are_unique_and_iso(outline: list[dict[str, Any]]) -> None:
    anchors = read("anchors.json")
    ids = [feature["id"] for feature in outline if "id" in feature]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(anchors)
    for feature in outline:
        assert feature["properties"] == ({"iso": feature["id"]} if "id" in feature else {})
    # drawn, but without a code of ISO 3166-1
    assert 3 <= len(outline) - len(ids) <= 5


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (52.37, 4.9, "NL"),
        (45.2, 34.3, "UA"),  # Crimea
        (24.5, -13.5, "EH"),  # Western Sahara
        (66.5, -172.0, "RU"),  # beyond the antimeridian
        (-17.8, 178.0, "FJ"),
        (-80.0, 10.0, "AQ"),
        (23.7, 121.0, "TW"),
        (-22.56, 17.08, "NA"),
    ],
)
def test_places_lie_in_their_country(
    outline: list[dict[str, Any]], latitude: float, longitude: float, country: str
) -> None:
    point = Point(longitude, latitude)
    assert [f["id"] for f in outline if shape(f["geometry"]).contains(point)] == [country]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(30.0, -40.0), (0.0, -150.0), (-40.0, 80.0), (88.0, 0.0)]
)
def test_the_sea_is_not_filled(
    outline: list[dict[str, Any]], latitude: float, longitude: float
) -> None:
    point = Point(longitude, latitude)
    assert not any(shape(feature["geometry"]).contains(point) for feature in outline)


def test_every_iso_code_has_an_anchor(fine: dict[str, BaseGeometry]) -> None:
    anchors: dict[str, tuple[float, float]] = read("anchors.json")
    assert len(anchors) == 249
    assert list(anchors) == sorted(anchors)
    assert {"NA", "BQ", "UM", "VA", "TW"} <= set(anchors)
    assert not {"XK", "AN", "CS"} & set(anchors)
    for code, (latitude, longitude) in anchors.items():
        assert -90 <= latitude <= 90
        assert -180 <= longitude <= 180
        if code in fine:
            # rounding may put a point of a tiny island just beside its shore
            assert fine[code].distance(Point(longitude, latitude)) < 0.02, code


def test_an_anchor_is_on_the_largest_part(fine: dict[str, BaseGeometry]) -> None:
    anchors = read("anchors.json")
    latitude, longitude = anchors["US"]
    assert 25 < latitude < 49
    assert -125 < longitude < -67
    latitude, longitude = anchors["FR"]
    assert 43 < latitude < 50
    latitude, longitude = anchors["NO"]
    assert latitude < 71, "Norway's anchor is not on Svalbard"
