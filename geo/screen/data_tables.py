"""The tables of the Data page: each column with its label, its cells and its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from geo.ledger.snapshot import Snapshot
from geo.link.state import city_code
from geo.model.dates import Interval, spoken
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.text import fold
from geo.model.vocabulary import COUNTRY, EVENT_TYPES, JURISDICTIONS, LISTS, WORLD
from geo.screen.sorting import Order, by_value, order_of
from geo.wording import N_, _, ngettext
from geo.words.sentences import latest_word, place

Row = TypeVar("Row", Record, Event)

_PRECISION = {"city": N_("city"), "region": N_("region"), "country": N_("country")}
_FINENESS = tuple(_PRECISION)
_ABOUT = {COUNTRY: N_("the country"), WORLD: N_("the world")}
#: so many ids fit into a cell without making its row the tallest
_FEW = 6
_AS_PRECISE = N_("As precise as the source")
#: the order of the ledger's files and of the replay
OWN = Order()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """
    A column of a table.

    Attributes
    ----------
    code : str
        As the link's ``sort`` names it, and the class of its heading in style sheets; unique in
        both tables, which are on one page.
    label, help : str
        Heading, and what it means where that needs a sentence.
    cell : callable
        From a row and the day shown to the text of its cell.
    value : callable or None
        From the same to what rows are sorted by; None to sort by the folded text.
    brief : callable or None
        From a row to what a long cell shows until it is opened; empty for one that is short.
    """

    code: str
    label: str
    cell: Callable[[Row, Snapshot], str]
    value: Callable[[Row, Snapshot], Any] | None = None
    help: str = ""
    brief: Callable[[Row], str] | None = None

    def sorts_by(self, row: Row, snapshot: Snapshot) -> Any:
        """
        Return what a row is compared by.

        Parameters
        ----------
        row : Record or Event
            A row of the table.
        snapshot : Snapshot
            The day shown.

        Returns
        -------
        object
            Comparable with those of the other rows; an empty text where the row has none.
        """
        if self.value is not None:
            return self.value(row, snapshot)
        return fold(self.cell(row, snapshot))


def ordered(
    rows: Iterable[Row], columns: tuple[Column[Row], ...], sort: str, snapshot: Snapshot
) -> tuple[Row, ...]:
    """
    Sort the rows of a table.

    Parameters
    ----------
    rows : iterable of Record or Event
        In the table's own order, which settles ties.
    columns : tuple of Column
        Of the table.
    sort : str
        As in a link; what names no column of this table changes nothing.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of Record or Event
        All rows.
    """
    order = order_of(sort, [column.code for column in columns], OWN)
    column = next((c for c in columns if c.code == order.by), None)
    if column is None:
        return tuple(rows)
    sorts_by = column.sorts_by
    return by_value(rows, lambda row: sorts_by(row, snapshot), order.descending)


def _id_order(record: Record, snapshot: Snapshot) -> tuple[str, int]:
    # by number, so that the tenth record of a city follows the ninth
    number = record.id.rpartition("-")[2]
    return city_code(record.id), int(number) if number.isdecimal() else 0


def _latest_said(record: Record, snapshot: Snapshot) -> Interval:
    standing = snapshot.standing(record)
    return (standing.word or standing.claim).said


def _jurisdiction(record: Record) -> str:
    return JURISDICTIONS.get(record.jurisdiction, (record.origin_city,))[0]


def _about(event: Event, snapshot: Snapshot) -> str:
    return " ".join(_(_ABOUT.get(code, code)) for code in event.about)


def _number_of_records(event: Event) -> str:
    count = len(event.about_records)
    return ngettext("{n} record", "{n} records", count) if count > _FEW else ""


def _restated(event: Event, snapshot: Snapshot) -> str:
    # the id of a report that is not public yet would say that it will come
    return event.repeat_of if snapshot.public_event(event.repeat_of) else ""


RECORD_COLUMNS: tuple[Column[Record], ...] = (
    Column(
        code="record",
        label=N_("Record"),
        cell=lambda record, snapshot: record.id,
        value=_id_order,
    ),
    Column(
        code="place",
        label=N_("Place"),
        cell=lambda record, snapshot: place(record),
    ),
    Column(
        code="country",
        label=N_("Country"),
        cell=lambda record, snapshot: country_name(record.host_country),
    ),
    Column(
        code="claimed_by",
        label=N_("Claimed by"),
        cell=lambda record, snapshot: snapshot.standing(record).claim.authority,
    ),
    Column(
        code="claimed_on",
        label=N_("Claimed on"),
        cell=lambda record, snapshot: spoken(snapshot.standing(record).claim.said.text),
        value=lambda record, snapshot: snapshot.standing(record).claim.said,
        help=_AS_PRECISE,
    ),
    Column(
        code="latest",
        label=N_("Latest word"),
        cell=latest_word,
        value=_latest_said,
        help=N_("Sorts by the day of that word"),
    ),
    Column(
        code="list",
        label=N_("List"),
        cell=lambda record, snapshot: _(LISTS.get(record.claim_list, record.claim_list)),
    ),
    Column(
        code="jurisdiction",
        label=N_("Police body named"),
        cell=lambda record, snapshot: _jurisdiction(record) or _("unknown"),
        value=lambda record, snapshot: fold(_jurisdiction(record)),
        help=N_("Police body named in the claim"),
    ),
    Column(
        code="precision",
        label=N_("Precision"),
        cell=lambda record, snapshot: _(_PRECISION[record.precision]),
        value=lambda record, snapshot: _FINENESS.index(record.precision),
    ),
    Column(
        code="strength",
        label=N_("Sourcing"),
        cell=lambda record, snapshot: snapshot.standing(record).strength,
        help=N_("A to D: grades the sources, never guilt"),
    ),
    Column(
        code="checked",
        label=N_("Last checked"),
        cell=lambda record, snapshot: spoken(record.last_checked),
        value=lambda record, snapshot: record.last_checked,
    ),
)
EVENT_COLUMNS: tuple[Column[Event], ...] = (
    Column(
        code="date",
        label=N_("Date"),
        cell=lambda event, snapshot: spoken(event.said.text),
        value=lambda event, snapshot: event.said,
        help=_AS_PRECISE,
    ),
    Column(
        code="event_country",
        label=N_("Country"),
        cell=lambda event, snapshot: country_name(event.country),
    ),
    Column(
        code="type",
        label=N_("Type"),
        cell=lambda event, snapshot: _(EVENT_TYPES[event.event_type].label),
    ),
    Column(
        code="who",
        label=N_("Who"),
        cell=lambda event, snapshot: event.authority,
    ),
    Column(
        code="what",
        label=N_("What was said or done"),
        cell=lambda event, snapshot: event.summary,
    ),
    Column(
        code="about",
        label=N_("About"),
        cell=_about,
        brief=_number_of_records,
    ),
    Column(code="restates", label=N_("Restates"), cell=_restated),
    Column(
        code="event",
        label=N_("Entry"),
        cell=lambda event, snapshot: event.id,
    ),
)
