"""An entry in one line, which says when it was said, by whom, and what limits it."""

from __future__ import annotations

from collections.abc import Iterable

from geo.ledger.marks import MARKS, marks
from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken_on
from geo.model.entities import Event
from geo.wording import _


def mark_words(codes: Iterable[str]) -> str:
    """Put marks into words, separated by semicolons; empty without any."""
    return "; ".join(_(MARKS[code]) for code in codes)


def bracketed(speaker: str, aside: str) -> tuple[str, str]:
    """
    Put an aside in brackets after a speaker; a name that ends in brackets shares them.

    Parameters
    ----------
    speaker : str
        “the Irish minister (in a written answer)”.
    aside : str
        What follows in brackets; may be empty.

    Returns
    -------
    tuple of (str, str)
        The speaker and the rest: “the minister” and “ (about Dublin)”, or “the minister (in a
        written answer;” and “ about Dublin)”.
    """
    if not aside:
        return speaker, ""
    if speaker.endswith(")") and " (" in speaker:
        return f"{speaker[:-1]};", f" {aside})"
    return speaker, f" ({aside})"


def row_line(event: Event, limits: str = "") -> str:
    """
    Return an event in one line, as its row has it.

    Parameters
    ----------
    event : Event
        A claim, a statement or an act.
    limits : str
        Marks in words.

    Returns
    -------
    str
        “{On/In date}, {authority} ({limits}): {summary}”.
    """
    speaker = "".join(bracketed(event.authority, limits))
    return f"{spoken_on(event.said.text)}, {speaker}: {event.summary}"


def line(event: Event, snapshot: Snapshot, *shown: str) -> str:
    """
    Return an event in one line, in the atlas's own words.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.
    *shown : str
        Ids of the records beside which it is printed.

    Returns
    -------
    str
        As `row_line` returns it, with what `geo.ledger.marks.marks` finds.
    """
    return row_line(event, mark_words(marks(event, snapshot, *shown)))
