"""The tiles of small screens: a tile a country, in four groups, and the switch above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from markupsafe import Markup

from geo.model.names import country_name
from geo.model.regions import SHORT_NAMES, Region, region_of, tile_order
from geo.screen.context import Screen
from geo.screen.units import Drawn, Open, drawn, href, sentence
from geo.views.blocks import MOST, block
from geo.views.rendering import render
from geo.views.text_width import width
from geo.views.unit_words import description
from geo.views.units import Unit
from geo.wording import _

#: marks in a row of a tile
ACROSS = 5
#: size of the letters of names, and room for a name at the usual distances, in pixels
_LETTERS, _ROOM = 12.0, 57.0
#: regions of the left column, which is narrower than the other
LEFT = ("americas", "africa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """
    A country of the tiles.

    Attributes
    ----------
    unit : Unit
        What it shows.
    name, href, label, title : str
        Its name as short as it is usual; the address of its card; the name with the counts;
        the counts alone.
    block : Drawn
        Its marks.
    current : bool
        Whether the open card is of it or of one of its records.
    """

    unit: Unit
    name: str
    href: str
    label: str
    title: str
    block: Drawn
    current: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """
    The room of a country in the grid, which no filter and no day changes.

    Attributes
    ----------
    name : str
        The country's, as short as it is usual.
    tile : Tile or None
        None while none of its records is selected.
    rows : int
        Rows of marks that all of its records take.
    """

    name: str
    tile: Tile | None
    rows: int

    @property
    def long(self) -> bool:
        """Whether the name needs its letters nearer to each other."""
        return width(self.name, _LETTERS) > _ROOM


@dataclass(frozen=True, slots=True)
class Group:
    """The cells of a region, and how many records they have."""

    region: Region
    cells: tuple[Cell, ...]
    count: int


def tiles(screen: Screen, units: Sequence[Unit], shown: Open) -> Markup:
    """
    Write the tiles of a selection.

    Parameters
    ----------
    screen : Screen
        The map page.
    units : sequence of Unit
        The countries of the selection.
    shown : Open
        What is open.

    Returns
    -------
    Markup
        Groups of links in the order of `geo.model.regions`; countries without a selected record
        keep their room, so that a filter moves nothing.
    """
    numbers = Counter(record.host_country for record in screen.newest.records)
    by_country = {unit.country: unit for unit in units}
    ordered = sorted({*numbers, *by_country}, key=tile_order)
    groups = []
    for region, members in groupby(ordered, key=region_of):
        codes = list(members)
        cells = tuple(_cell(screen, code, by_country.get(code), numbers, shown) for code in codes)
        count = sum(len(by_country[code].records) for code in codes if code in by_country)
        groups.append(Group(region, cells, count))
    left = [group for group in groups if group.region.code in LEFT]
    right = [group for group in groups if group not in left]
    return render("tiles.html", columns=[left, right], found=len(units))


def _cell(
    screen: Screen, code: str, unit: Unit | None, numbers: Mapping[str, int], shown: Open
) -> Cell:
    number = max(numbers.get(code, 0), len(unit.records) if unit else 0)
    rows = ceil(number / ACROSS) if number <= MOST else 1
    name = _(SHORT_NAMES.get(code, country_name(code)))
    return Cell(name=name, tile=_tile(screen, unit, shown) if unit else None, rows=rows)


def _tile(screen: Screen, unit: Unit, shown: Open) -> Tile:
    name = _(SHORT_NAMES.get(unit.country, unit.name))
    return Tile(
        unit=unit,
        name=name,
        href=href(screen, unit),
        label=sentence(name, unit),
        title=description(unit),
        block=drawn(unit, block(unit.words, ACROSS), shown),
        current=unit.country == shown.country,
    )
