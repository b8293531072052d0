"""
Rules about where things are: coordinates agree with their country and their precision.

Only a city has coordinates; its country's shape is the outline that the map draws, with
some slack for islands and coasts that the outline leaves in the sea.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import paths
from geo.files.cell_form import tidy_cells
from geo.files.restoring import DECIMALS
from geo.files.tables import Cell, Problem, Row, Table, Tables, at, cell, quoted
from geo.invocation import command_line
from geo.model.names import country_name
from geo.wording import _, alternatives

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OUTLINE = paths.ASSETS / "outline-visionscarto-1.0.0" / "countries-50m.json"
#: tolerance of the outline in degrees: it generalises coasts and omits small islands
SLACK = 0.3
_LONG = re.compile(r"[-+]?[0-9]*\.[0-9]{3,}")


@cache
def _outline(file: Path) -> dict[str, list[Any]]:
    """Read the geometries of each country, as GeoJSON by ISO 3166-1 code."""
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError):
        # without an outline there is nothing to compare with; the map reports the missing file
        return {}
    geometries: dict[str, list[Any]] = {}
    for feature in features:
        geometries.setdefault(feature["properties"].get("iso", ""), []).append(feature["geometry"])
    return geometries


@cache
def _shapes(file: Path, country: str) -> tuple[BaseGeometry, ...]:
    geometries = _outline(file).get(country, [])
    if not geometries:
        return ()
    # imported here because it is slow, and a ledger without coordinates does not need it
    from shapely import prepare
    from shapely.geometry import shape

    shapes = tuple(shape(geometry) for geometry in geometries)
    for one in shapes:
        prepare(one)
    return shapes


def lies_in(country: str, lat: float, lon: float) -> bool:
    """
    Say whether a point is inside a country, or within `SLACK` degrees of its outline.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-2.
    lat, lon : float
        Decimal degrees (WGS 84).

    Returns
    -------
    bool
        True also for a country without an outline.
    """
    shapes = _shapes(OUTLINE, country)
    if not shapes:
        return True
    from shapely import Point, dwithin

    point = Point(lon, lat)
    return any(bool(dwithin(one, point, SLACK)) for one in shapes)


def _degrees(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def coordinates(tables: Tables) -> Iterator[Problem]:
    """Require both coordinates of a city, and none of a country or a region."""
    table = tables["places"]
    for row in table.rows:
        given = [column for column in ("latitude", "longitude") if row[column]]
        if len(given) == 1:
            message = _("is given alone: give both coordinates or neither")
            yield at(table, row, given[0], "coordinates", message)
        elif row["precision"] == "city" and not given:
            message = _("a city needs coordinates, and this one has none")
            yield at(table, row, "latitude", "coordinates", message)
        elif row["precision"] in {"country", "region"} and given:
            message = _("a country or a region has no coordinates: leave both cells empty")
            yield at(table, row, "latitude", "coordinates", message)
        if row["precision"] == "city" and not row["city"]:
            message = _("is empty, but precision says it is a city")
            yield at(table, row, "city", "coordinates", message)


def exactness(tables: Tables) -> Iterator[Problem]:
    """Forbid coordinates that are more exact than the middle of a city."""
    table = tables["places"]
    for row in table.rows:
        for column, decimals in DECIMALS.items():
            text = row[column].strip()
            if _LONG.fullmatch(text) and float(text) != round(float(text), decimals):
                form = _("{value} shows a street rather than a city: round it to {rounded}")
                message = form.format(value=quoted(text), rounded=f"{float(text):.{decimals}f}")
                yield at(table, row, column, "exactness", message)


def inside(tables: Tables) -> Iterator[Problem]:
    """Require coordinates to lie in the country that their row names."""
    table = tables["places"]
    for row in table.rows:
        lat, lon = _degrees(row["latitude"]), _degrees(row["longitude"])
        # out of range or no number: the schema reports it
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            continue
        if not lies_in(row["country"], lat, lon):
            message = _("{lat}, {lon} lies outside {country}").format(
                lat=row["latitude"], lon=row["longitude"], country=country_name(row["country"])
            )
            reads = (cell(table, row, "country"),)
            yield at(table, row, "latitude", "outside", message).compared(*reads)


def unplaced(tables: Tables) -> Iterator[Problem]:
    """Warn of every city of a record that has no row in places.csv."""
    # compared in their tidy form: the spelling of a cell has a problem of its own
    places = tables["places"]
    known = set()
    elsewhere: dict[tuple[str, ...], list[Cell]] = {}
    for row in places.rows:
        place = tuple(tidy_cells([row["country"], row["region"], row["city"]]))
        known.add(place)
        elsewhere.setdefault(place[1:], []).append(cell(places, row, "country"))
    table = tables["stations"]
    for row in table.rows:
        place = tuple(tidy_cells([row["host_country"], row["host_region"], row["host_city"]]))
        if row["host_city"] and place not in known:
            # one warning a city, not one a record
            known.add(place)
            message = _("{city} has no row in places.csv: run `{command}`")
            message = message.format(city=row["host_city"], command=command_line("geocode"))
            reads = (cell(table, row, "host_country"), *elsewhere.get(place[1:], ()))
            yield at(table, row, "host_city", "unplaced", message, warning=True).compared(*reads)


def _city(cell_text: str) -> str:
    """Return the jurisdiction of a cell: ``Wenzhou`` of ``Wenzhou (Ouhai district)``."""
    return cell_text.partition(" (")[0]


def origin_province(tables: Tables) -> Iterator[Problem]:
    """
    Require a police body to be of the province that origins.csv gives it.

    Where all of several records disagree with origins.csv, its row is named and not theirs.
    """
    table, origins = tables["stations"], tables["origins"]
    named: dict[str, list[Row]] = {}
    for row in table.rows:
        if row["origin_city"]:
            named.setdefault(_city(row["origin_city"]), []).append(row)
    known: dict[str, list[Row]] = {}
    for row in origins.rows:
        known.setdefault(_city(row["origin_city"]), []).append(row)
    for city, rows in named.items():
        provinces = {row["origin_province"] for row in known.get(city, ())} - {""}
        given = {row["origin_province"] for row in rows} - {""}
        if not provinces:
            message = _("{city} has no row in origins.csv: add one, or correct the name")
            message = message.format(city=quoted(rows[0]["origin_city"]))
            yield at(table, rows[0], "origin_city", "origin-city", message, warning=True)
        elif len(rows) > 1 and len(given) == 1 and given.isdisjoint(provinces):
            yield _other_province(origins, known[city][0], given, "stations.csv")
        else:
            for row in rows:
                if row["origin_province"] not in provinces:
                    yield _other_province(table, row, provinces, "origins.csv")


def _other_province(table: Table, row: Row, expected: set[str], file: str) -> Problem:
    message = _("{city} belongs to {provinces} in {file}, not to {province}").format(
        city=quoted(_city(row["origin_city"])),
        provinces=alternatives(sorted(expected)),
        file=file,
        province=quoted(row["origin_province"]),
    )
    # an empty cell says no wrong province
    warning = not row["origin_province"]
    problem = at(table, row, "origin_province", "origin-province", message, warning=warning)
    return problem.compared(cell(table, row, "origin_province"), cell(table, row, "origin_city"))
