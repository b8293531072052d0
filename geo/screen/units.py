"""Units as links: marks, words and card of each, for the overview's maps and the tiles."""

from __future__ import annotations

from dataclasses import dataclass

from geo.link.addresses import NO_CARD
from geo.model.vocabulary import LATEST_WORDS
from geo.screen.context import Screen
from geo.views.blocks import Block
from geo.views.shapes import by_shape
from geo.views.unit_drawing import Bar, bars
from geo.views.unit_words import description
from geo.views.units import Unit
from geo.wording import _, ngettext
from geo.words.place_card import records_of_place


@dataclass(frozen=True, slots=True)
class Open:
    """
    What is open on a screen, as maps mark it.

    Attributes
    ----------
    records : frozenset of str
        Ids of the records that the open card is of.
    country : str
        Code of the country whose card is open, or in which those records are; empty for none.
    whole : bool
        Whether the card is of the country.
    city : str
        Name of the place of those records; empty for none.
    """

    records: frozenset[str] = frozenset()
    country: str = ""
    whole: bool = False
    city: str = ""


def opened(screen: Screen) -> Open:
    """Return what the open card is of."""
    state, known = screen.state, screen.dataset.records_by_id
    if state.record:
        records = [known[state.record]]
    elif state.place:
        records = list(records_of_place(state.place, screen.snapshot))
        if not records or state.place == records[0].host_country:
            return Open(country=state.place, whole=True)
    else:
        return Open()
    first = records[0]
    # a label without a place says what the claim is about, which is no name on a map
    known_place = first.host_city or first.host_region
    city = (first.place_label or known_place) if known_place else ""
    return Open(frozenset(r.id for r in records), first.host_country, city=city)


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One mark: a record.

    Attributes
    ----------
    record, shape : str
        Its id, and the code that names the shape of its latest word in a page.
    x, y : float
        Centre, from the upper left corner of the block.
    open : bool
        Whether its card is open.
    """

    record: str
    shape: str
    x: float
    y: float
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """
    The block of a unit as a template draws it.

    Attributes
    ----------
    width, height : float
        Of the block, in the units of `geo.views.blocks`.
    marks : tuple of Mark
        One for each record, or none where there are many.
    count : int
        Of the records, where they are many; else 0.
    bars : tuple of Bar
        The parts of the bar beside that count.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    count: int
    bars: tuple[Bar, ...]


def drawn(unit: Unit, block: Block, shown: Open) -> Drawn:
    """
    Prepare the block of a unit.

    Parameters
    ----------
    unit : Unit
        With records.
    block : Block
        The arrangement of its marks.
    shown : Open
        What is open.

    Returns
    -------
    Drawn
        A mark for each record, or their count and a bar.
    """
    names = shape_names()
    marks = tuple(
        Mark(record, names[word], x, y, record in shown.records)
        for record, word, (x, y) in zip(unit.records, unit.words, block.centres, strict=False)
    )
    many = 0 if block.centres else len(unit.records)
    return Drawn(width=block.width, height=block.height, marks=marks, count=many, bars=bars(block))


def shape_names() -> dict[str, str]:
    """Return for each latest word the code of the first that has the same shape."""
    return {word.code: words[0].code for words in by_shape(LATEST_WORDS) for word in words}


def href(screen: Screen, unit: Unit) -> str:
    """
    Write the address of a unit's card.

    Parameters
    ----------
    screen : Screen
        The map page.
    unit : Unit
        The unit.

    Returns
    -------
    str
        This page with that card open, and no other.
    """
    return screen.href(**{**NO_CARD, unit.card: unit.code})


def sentence(name: str, unit: Unit) -> str:
    """
    Name a unit and describe it, for those who see no marks.

    Parameters
    ----------
    name : str
        As it is written beside its marks.
    unit : Unit
        The unit.

    Returns
    -------
    str
        “Netherlands: 2 records. …”
    """
    return _("{place}: {description}").format(place=name, description=description(unit))


def counted(units: list[Unit]) -> str:
    """Say how many records some units have, and in how many countries."""
    records = sum(len(unit.records) for unit in units)
    countries = len({unit.country for unit in units})
    if not records:
        return _("No records")
    return _("{records} in {countries}").format(
        records=ngettext("{n} record", "{n} records", records),
        countries=ngettext("{n} country", "{n} countries", countries),
    )
