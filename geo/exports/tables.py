"""
The selection as tables: records, events, and what they rest on.

Workbook and data package are made from them, so that both have the same rows. Each date has
its first and its last day in columns behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from geo.exports.rows import Provenance, event_properties, properties
from geo.exports.selection_files import IGNORED
from geo.exports.supporting_rows import count_rows, quotation_rows, source_rows
from geo.link.opening import Opened
from geo.model.codebook import EVENTS, RECORDS, SOURCES
from geo.model.columns import FIRST, Column, Kind, dated
from geo.model.supporting_columns import COUNTS, QUOTES
from geo.wording import N_, _

T = TypeVar("T")
Row = Mapping[str, str]

_UNREAD = Column(IGNORED, N_("Parts of the address that were ignored: there may be too many rows."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    One table of a selection.

    Attributes
    ----------
    name : str
        As in files and addresses.
    title, description : str
        For readers: what it is called, and what a row is.
    columns : tuple of Column
        In order.
    rows : tuple of mapping of str to str
        Cells by column; an empty cell means that nothing is known.
    key : tuple of str
        The columns that identify a row.
    refers : mapping of str to str
        Columns whose cells name rows of other tables, and the column that they name, as
        ``sources.id``; the rows are in the selection.
    mentions : mapping of str to str
        The same of columns with several values, or whose rows may be outside the selection.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


def _with_days(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return columns in which each date has its first and its last day behind it."""
    names = {column.name for column in columns}
    return tuple(
        one
        for column in columns
        for one in (
            dated(column.name, column.meaning, empty=column.empty)
            if column.kind is Kind.DATED and column.name + FIRST not in names
            else (column,)
        )
    )


def _selected(
    columns: tuple[Column, ...],
    things: Iterable[T],
    row: Callable[[T], dict[str, str]],
    provenance: Provenance,
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return columns and rows of what an address selects; the first says what was ignored."""
    rows = map(row, things)
    if not provenance.ignored:
        return columns, tuple(rows)
    said = {IGNORED: " ".join(provenance.ignored)}
    return (_UNREAD, *columns), tuple(said | one for one in rows)


def _records(opened: Opened, provenance: Provenance) -> Table:
    snapshot = opened.snapshot
    columns, rows = _selected(
        RECORDS,
        opened.selection.records,
        lambda record: properties(record, snapshot, provenance),
        provenance,
    )
    return Table(
        name="records",
        title=_("Records"),
        description=_(
            "A place, or a country, about which an attributed claim has been made, with its latest "
            "word and the answers."
        ),
        columns=columns,
        rows=rows,
        key=("record",),
        mentions={"sources": "sources.url"},
    )


def _events(opened: Opened, provenance: Provenance) -> Table:
    snapshot = opened.snapshot
    columns, rows = _selected(
        EVENTS,
        opened.selection.events,
        lambda event: event_properties(event, snapshot, provenance),
        provenance,
    )
    return Table(
        name="events",
        title=_("Entries"),
        description=_("A dated public act or statement: who said or did what, about what."),
        columns=columns,
        rows=rows,
        key=("event",),
        mentions={
            "about": "records.record",
            "repeat_of": "events.event",
            "differs_from": "events.event",
            "sources": "sources.url",
        },
    )


def selection_tables(opened: Opened, provenance: Provenance) -> tuple[Table, ...]:
    """
    Return the tables of a selection.

    Parameters
    ----------
    opened : Opened
        The address.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    tuple of Table
        Records, events, sources, quotations and figures. Records and events have the rows of
        the CSV files, in which formulas are not disarmed yet.
    """
    return (
        _records(opened, provenance),
        _events(opened, provenance),
        Table(
            name="sources",
            title=_("Sources"),
            description=_("A page that the other tables cite."),
            columns=_with_days(SOURCES),
            rows=source_rows(opened),
            key=("id",),
        ),
        Table(
            name="quotes",
            title=_("Quotations"),
            description=_("Words of a page on which an entry rests, in the original."),
            columns=QUOTES,
            rows=quotation_rows(opened),
            key=("event", "source"),
            refers={"event": "events.event", "source": "sources.id"},
        ),
        Table(
            name="counts",
            title=_("Figures"),
            description=_(
                "A number that others claim; the atlas does not derive it from its rows."
            ),
            columns=COUNTS,
            rows=count_rows(opened),
            key=("id",),
            mentions={"source_ids": "sources.id"},
        ),
    )
