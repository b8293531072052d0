"""Reading stations.csv for its places, and reading and writing places.csv."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from geo.errors import FileUnusable
from geo.files.cell_form import tidy_cell
from geo.files.regular import read_regular
from geo.files.standard_form import delimiter_of
from geo.files.tables import BOM, Problem
from geo.files.writing import write_atomically
from geo.places.errors import FileBroken
from geo.wording import _

STATIONS, PLACES = "stations.csv", "places.csv"
_HOST = ("host_country", "host_region", "host_city")


class Place(NamedTuple):
    """A distinct place; region and city are empty where the claim names none."""

    country: str
    region: str = ""
    city: str = ""

    @property
    def precision(self) -> str:
        """How coarse the place is: ``city``, ``region`` or ``country`` (data-model.md)."""
        return "city" if self.city else "region" if self.region else "country"

    def __str__(self) -> str:
        name = self.city or self.region
        if not name:
            return _("the country ({country})").format(country=self.country)
        return _("{place} ({country})").format(place=name, country=self.country)


class PlaceRow(NamedTuple):
    """
    One row of places.csv as it is in the file, in the order of its columns.

    ``latitude`` and ``longitude`` are decimal degrees (WGS 84) with two decimals, or empty.
    """

    country: str
    region: str
    city: str
    latitude: str = ""
    longitude: str = ""
    precision: str = ""
    geocoder: str = ""
    gazetteer_id: str = ""
    geocoded_on: str = ""
    attribution: str = ""

    @property
    def place(self) -> Place:
        """The place that the row is about."""
        return Place(self.country, self.region, self.city)


def read_stations(path: Path, *, countries: Container[str]) -> tuple[set[Place], list[Problem]]:
    """
    Read the distinct places of stations.csv from its three columns of places alone.

    The other columns may be missing or wrong: geocoding comes before a ledger is in order.

    Parameters
    ----------
    path : Path
        The file; it may be as a spreadsheet writes it, with semicolons or tabs, for example.
    countries : container of str
        The two-letter codes that exist.

    Returns
    -------
    places : set of Place
        What can be looked up.
    problems : list of Problem
        Rows that were set aside: a wrong number of cells (they may be in the wrong columns),
        or no country that exists.

    Raises
    ------
    FileUnusable
        When the file cannot be opened.
    FileBroken
        When it is not UTF-8, has no rows, or lacks one of the three columns.
    """
    rows = _rows(path, _text(path), _HOST, strict=False)
    _number, header = next(rows, (1, []))
    missing = [column for column in _HOST if column not in header]
    if missing:
        message = _("{file}:{row}: the column {column} is missing.")
        raise FileBroken(message.format(file=path.name, row=1, column=missing[0]))
    where = [header.index(column) for column in _HOST]
    places: set[Place] = set()
    problems: list[Problem] = []
    for number, cells in rows:
        if len(cells) != len(header):
            text = _("{n} cells instead of {columns}; its place was not looked up").format(
                n=len(cells), columns=len(header)
            )
            problems.append(
                Problem(file=path.name, row=number, field=None, code="cells", message=text)
            )
            continue
        place = Place(*(tidy_cell(cells[index]) for index in where))
        if place.country in countries:
            places.add(place)
        else:
            text = _(
                "“{code}” is not a two-letter country code; its place was not looked up"
            ).format(code=place.country)
            problems.append(
                Problem(file=path.name, row=number, field=_HOST[0], code="country", message=text)
            )
    return places, problems


def read_places(path: Path) -> list[PlaceRow]:
    """
    Read places.csv and refuse what would be lost, because the file is written back afterwards.

    Returns
    -------
    list of PlaceRow
        In file order; empty where there is no file yet.

    Raises
    ------
    FileUnusable
        When the file cannot be opened.
    FileBroken
        When it is not UTF-8, has other columns, a row with a wrong number of cells, or two
        rows for one place.
    """
    if not os.path.exists(path):
        return []
    rows = _rows(path, _text(path), PlaceRow._fields, strict=True)
    _number, header = next(rows, (1, []))
    if tuple(header) != PlaceRow._fields:
        message = _("{file}:{row}: the columns must be {columns}, in this order.")
        columns = ",".join(PlaceRow._fields)
        raise FileBroken(message.format(file=path.name, row=1, columns=columns))
    return _distinct(path, rows)


def _distinct(path: Path, rows: Iterable[tuple[int, list[str]]]) -> list[PlaceRow]:
    numbers: dict[Place, int] = {}
    distinct: list[PlaceRow] = []
    for number, cells in rows:
        if len(cells) != len(PlaceRow._fields):
            message = _("{file}:{row}: {n} cells instead of {columns}.")
            raise FileBroken(
                message.format(
                    file=path.name, row=number, n=len(cells), columns=len(PlaceRow._fields)
                )
            )
        row = PlaceRow(*map(tidy_cell, cells))
        first = numbers.setdefault(row.place, number)
        if first != number:
            message = _("{file}:{row}: {place} already appears in row {first}. Keep one.")
            raise FileBroken(
                message.format(file=path.name, row=number, place=row.place, first=first)
            )
        distinct.append(row)
    return distinct


def places_text(rows: Iterable[PlaceRow], *, header: bool = True) -> str:
    """
    Return rows as the text of places.csv, sorted by country, region and city.

    Parameters
    ----------
    rows : iterable of PlaceRow
        In any order.
    header : bool
        Whether the text begins with the names of the columns.

    Returns
    -------
    str
        CSV with LF line ends.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(PlaceRow._fields)
    writer.writerows(sorted(rows))
    return out.getvalue()


def write_places(path: Path, rows: Iterable[PlaceRow]) -> None:
    """
    Write places.csv whole or not at all: UTF-8, LF, sorted.

    Parameters
    ----------
    path : Path
        The file.
    rows : iterable of PlaceRow
        All its rows, in any order.

    Raises
    ------
    FileUnusable
        When it cannot be written; the old file is then unchanged.
    """
    write_atomically(path, places_text(rows))


def _text(path: Path) -> str:
    try:
        data = read_regular(path)
    except FileNotFoundError as error:
        message = _("There is no {file} in {folder}.")
        raise FileUnusable(message.format(file=path.name, folder=path.parent)) from error
    except OSError as error:
        message = _("{file} cannot be read: {why}.")
        raise FileUnusable(message.format(file=path.name, why=error.strerror)) from error
    try:
        return data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        message = _("{file}:{row}: the file is not UTF-8. Save it as UTF-8 and try again.")
        raise FileBroken(message.format(file=path.name, row=number)) from error


def _rows(
    path: Path, text: str, names: Collection[str], *, strict: bool
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number as a spreadsheet counts; blank lines are left out."""
    number = 0
    lines = io.StringIO(text, newline="")
    delimiter = delimiter_of(next(iter(lines), ""), names)
    lines.seek(0)
    reader = csv.reader(lines, delimiter=delimiter, strict=strict)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = _("{file}:{row}: the row cannot be read ({why}).")
            raise FileBroken(message.format(file=path.name, row=number, why=error)) from error
        if cells:
            yield number, cells
