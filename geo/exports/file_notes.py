"""What a file of several tables says of itself: what it is, what was selected, from what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo import __version__
from geo.exports.rows import Provenance, file_version
from geo.exports.tables import Table
from geo.link.opening import Opened
from geo.model.dates import spoken
from geo.wording import _, ngettext
from geo.words.citations import citation
from geo.words.permanent_lines import (
    LICENCE,
    LICENCE_URL,
    MEANING,
    NOT_MEANING,
    STRAPLINE,
)
from geo.words.summary import filter_words, sentence

#: what a note is about, and what it says
Note = tuple[str, str]


def file_notes(
    opened: Opened, tables: tuple[Table, ...], provenance: Provenance
) -> tuple[Note, ...]:
    """
    Say what a file contains, from which ledger, under which licence, and how to cite it.

    Parameters
    ----------
    opened : Opened
        The address.
    tables : tuple of Table
        What the file contains.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    tuple of (str, str)
        What each note is about and what it says, in reading order; none is empty.
    """
    parts = (_of_selection(opened, provenance), _of_tables(tables), _of_use(opened, provenance))
    return tuple((name, words) for part in parts for name, words in part if words)


def _of_selection(opened: Opened, provenance: Provenance) -> Iterator[Note]:
    yield _("What it is"), _(STRAPLINE)
    yield _("What a row means"), f"{_(MEANING)} {_(NOT_MEANING)}"
    yield _("Published by"), provenance.imprint
    for notice in provenance.notices:
        yield _("Notice"), notice
    yield _("Selected"), _selected(opened)
    day = spoken(opened.snapshot.day.isoformat())
    yield _("As of"), _("{date}: what had been said by the end of that day.").format(date=day)
    yield _("Ledger version"), file_version(opened.dataset.version)
    yield _("Address"), provenance.link


def _selected(opened: Opened) -> str:
    filters = opened.state.filters
    # free text stays out: a crafted link must not speak in the atlas's name
    picked = [
        filter_words(filters.without("q")),
        _("A search, in the address") if filters.q else "",
    ]
    words = sentence(opened.selection, dated=True)
    return " ".join([*(f"{one}." for one in picked if one), words])


def _of_tables(tables: tuple[Table, ...]) -> Iterator[Note]:
    for table in tables:
        rows = ngettext("{n} row", "{n} rows", len(table.rows))
        yield table.title, _("{rows}. Each is: {what}").format(rows=rows, what=table.description)
    yield (
        _("Dates"),
        _(
            "A date is as precise as its source: 2022-10 is a day in October 2022 that the source "
            "does not name. Columns that end in _first and _last have the first and the last day "
            "that it can mean."
        ),
    )
    yield _("Empty cells"), _("An empty cell means that no source in hand gives a value.")


def _of_use(opened: Opened, provenance: Provenance) -> Iterator[Note]:
    yield (
        _("Licence"),
        _(
            "The curated data are under {licence}: {address}. The pages cited, their titles and "
            "the words quoted from them belong to their publishers."
        ).format(licence=LICENCE, address=LICENCE_URL),
    )
    yield _("How to cite"), file_citation(opened, provenance)
    yield _("Software"), __version__


def file_citation(opened: Opened, provenance: Provenance) -> str:
    """
    Return the citation of what a file contains.

    Parameters
    ----------
    opened : Opened
        The address.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    str
        Of the selection, also where the address opens a card.
    """
    selected = replace(opened, state=opened.fixed)
    return citation(selected, provenance.link, provenance.publisher, provenance.imprint).text
