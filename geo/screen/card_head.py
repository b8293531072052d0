"""What every card has at its head: its day, its links, and its place in the selection."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.link import addresses
from geo.model.dates import spoken
from geo.model.entities import Record
from geo.model.names import country_name
from geo.screen.context import Screen
from geo.screen.share import citation_files, cited, fixed_link
from geo.words.comparison import shown_records
from geo.words.sentences import place


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """
    Where a record is among the selected ones, which the arrows of its card go through.

    Attributes
    ----------
    number, total : int
        “19 of 25 records”; the number counts from one.
    before, after : str
        Ids of its neighbours; empty at either end.
    """

    number: int
    total: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """
    The head of a card.

    Attributes
    ----------
    day : str
        The day shown, spelled out.
    past : bool
        Whether the link names that day.
    pinned, changes : str
        The notice on the release that the link names, and the address of what has changed
        since; empty without.
    link : str
        The address of the card on the map, with day and version where they may be fixed.
    page : str
        The address of its plain page.
    cite : str
        Its citation; empty for a city, which is no entry of the ledger.
    cite_files : list of (str, str)
        Label and address of each file with it.
    """

    day: str
    past: bool
    pinned: str
    changes: str
    link: str
    page: str
    cite: str
    cite_files: list[tuple[str, str]]


def in_order(records: tuple[Record, ...]) -> list[Record]:
    """Sort records as lists do: countries by name, their places by name."""
    return sorted(records, key=lambda record: (country_name(record.host_country), place(record)))


def position(screen: Screen, record: Record) -> Position | None:
    """
    Return where a record is in the selection.

    Parameters
    ----------
    screen : Screen
        What is shown.
    record : Record
        The record whose card is open.

    Returns
    -------
    Position or None
        None for a record that the filters leave out.
    """
    if record.id not in screen.selection.record_ids:
        return None
    ids = [r.id for r in in_order(screen.selection.records)]
    at = ids.index(record.id)
    return Position(
        number=at + 1,
        total=len(ids),
        before=ids[at - 1] if at else "",
        after=ids[at + 1] if at + 1 < len(ids) else "",
    )


def head(screen: Screen) -> Head:
    """
    Return the head of the open card.

    Parameters
    ----------
    screen : Screen
        With a card open.

    Returns
    -------
    Head
        As of the day shown.
    """
    opened, release = screen.opened, screen.opened.edition.pinned
    pinned = changes = ""
    if release is not None:
        records = shown_records(opened)
        pinned = release.notice(records)
        changes = addresses.changes_page(opened.state) if release.changed(records) else ""
    return Head(
        day=spoken(screen.snapshot.day.isoformat()),
        past=screen.state.as_of is not None,
        pinned=pinned,
        changes=changes,
        link=fixed_link(replace(screen, page="map")),
        page=addresses.share_page(opened.dated),
        cite=cited(screen).text if _cites(screen) else "",
        cite_files=citation_files(screen.opened),
    )


def _cites(screen: Screen) -> bool:
    """Say whether the card has a citation: a city is no entry of the ledger."""
    code = screen.state.place
    return not code or code.isupper()
