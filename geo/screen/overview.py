"""The first view of the map page: the world, Europe enlarged, and tiles on small screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from geo.model.entities import Record
from geo.model.vocabulary import LATEST_WORDS
from geo.screen.context import Screen
from geo.screen.tiles import tiles
from geo.screen.units import Drawn, Open, counted, drawn, href, opened, sentence
from geo.screen.views import closer
from geo.views.asset_urls import asset_url
from geo.views.open_names import ORDINARY, has_room
from geo.views.overview_frames import EUROPE, WORLD, MapFrame
from geo.views.overview_places import CHINA, Spot, china, outline_of_europe, spots
from geo.views.rendering import render
from geo.views.shapes import by_shape
from geo.views.unit_drawing import drawn_line
from geo.views.unit_words import description
from geo.views.units import Unit, country_units
from geo.wording import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """
    A unit as the template draws it.

    Attributes
    ----------
    unit : Unit
        What it shows.
    block : Drawn
        Its marks.
    href, label, title : str
        Address of its card; its name with the counts; the counts alone.
    current : bool
        Whether the open card is of it or of one of its records.
    city : str
        The place of the open record, drawn beside the name; empty for none, and where it has
        no room.
    wide : bool
        Whether that has room on a map that is not small alone.
    spot : Spot
        Its place.
    line : str
        Data of the path of its hairline; empty without one.
    """

    unit: Unit
    block: Drawn
    href: str
    label: str
    title: str
    current: bool
    city: str
    wide: bool
    spot: Spot
    line: str


def overview(screen: Screen) -> Markup:
    """
    Write the first view, which needs no script.

    World and Europe divide the records between them; the tiles have all of them again, in the
    same marks. A screen shows either.

    Parameters
    ----------
    screen : Screen
        The map page at an address without a view.

    Returns
    -------
    Markup
        Two maps and the tiles, and the marks that both use.
    """
    units = country_units(screen.selection.records, screen.snapshot)
    shown = opened(screen)
    maps = {frame: spots(units, screen.newest, frame) for frame in (WORLD, EUROPE)}
    in_europe = [spot.placed.unit for spot in maps[EUROPE]]
    elsewhere = [spot.placed.unit for spot in maps[WORLD]]
    return render(
        "overview.html",
        shapes=[words[0] for words in by_shape(LATEST_WORDS)],
        world=_links(screen, maps[WORLD], shown, WORLD),
        china=china() if all(unit.country != CHINA for unit in elsewhere) else None,
        europe=_links(screen, maps[EUROPE], shown, EUROPE),
        frames={"world": WORLD, "europe": EUROPE},
        lands={"world": asset_url(WORLD.land), "europe": asset_url(EUROPE.land)},
        counts={"world": counted(elsewhere), "europe": counted(in_europe)},
        enlarged=_enlarged(in_europe),
        closer={
            "world": closer(screen, _records(screen, elsewhere)),
            "europe": closer(screen, _records(screen, in_europe)),
        },
        edge=_line(WORLD),
        inside=outline_of_europe().mean(axis=0).tolist(),
        tiles=tiles(screen, units, shown),
    )


def _links(screen: Screen, spots: Sequence[Spot], shown: Open, frame: MapFrame) -> list[Link]:
    return [_link(screen, one, shown, spots, frame) for one in spots]


def _link(screen: Screen, spot: Spot, shown: Open, spots: Sequence[Spot], frame: MapFrame) -> Link:
    unit, block = spot.placed.unit, spot.placed.block
    current = unit.country == shown.country
    open_here = shown.records.intersection(unit.records)
    city = shown.city if open_here and shown.city != unit.name else ""
    always = bool(city) and has_room(city, spot, spots, frame)
    large = bool(city) and (always or has_room(city, spot, spots, frame, ORDINARY))
    name = _("{country}, {city}").format(country=unit.name, city=city) if city else unit.name
    return Link(
        unit=unit,
        block=drawn(unit, block, shown),
        href=href(screen, unit),
        label=sentence(name, unit),
        title=description(unit),
        current=current,
        city=city if large else "",
        wide=not always,
        spot=spot,
        line=drawn_line(spot.placed),
    )


def _records(screen: Screen, units: Sequence[Unit]) -> list[Record]:
    return [screen.dataset.records_by_id[id_] for unit in units for id_ in unit.records]


def _enlarged(units: Sequence[Unit]) -> str:
    count = sum(len(unit.records) for unit in units)
    return ngettext("{n} record", "{n} records", count) if count else ""


def _line(frame: MapFrame) -> str:
    """Write the edge of the enlarged part as the data of a path on the map of the world."""
    points = outline_of_europe() + np.array((frame.width, frame.height)) / 2
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points.tolist()) + "Z"
