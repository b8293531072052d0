"""The row type of the table of parameters, and the kinds of parameter that there are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from geo.ledger.snapshot import Snapshot
from geo.link.clauses import Clause
from geo.model.entities import Event, Record
from geo.model.vocabulary import UNKNOWN
from geo.wording import _


class Kind(Enum):
    """How the values of a parameter are written and read; the words are for documents."""

    FACET = "codes"
    TEXT = "free text"
    DATE = "partial date"
    SWITCH = "switch"
    DAY = "day"
    VIEWPORT = "viewport"
    SETTING = "setting"
    CARD = "card"
    LANGUAGE = "language"
    VERSION = "version"


class Menu(Enum):
    """Where the filters form shows a parameter."""

    MAIN = "main"
    MORE = "more"
    NOWHERE = ""


_FILTERS = frozenset({Kind.FACET, Kind.TEXT, Kind.DATE, Kind.SWITCH})
_ARRANGES = frozenset({Kind.VIEWPORT, Kind.SETTING, Kind.CARD, Kind.LANGUAGE})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter:
    """
    One parameter of a link.

    A facet reads records, events or both. With ``of_record`` alone, events follow the
    selected records. With ``of_event`` alone, a record passes when an event about it does,
    and the numbers next to the options count events.

    Attributes
    ----------
    name : str
        As it is written in a link; never renamed.
    kind : Kind
        How it is written and read.
    field : str
        The attribute of `Filters` or `State` with its value; the name unless given, and of a
        facet always.
    codes : tuple of str
        Every value that it takes, in the order in which they are written; empty where
        values are no codes.
    label : str
        The heading of a filter.
    code_label, long_label : callable
        From a code to its words; the long ones are for documentation.
    meaning : str
        What it picks or shows, as a sentence.
    example : str
        A value that it takes; of ids, only the form of one.
    ids : callable or None
        From the snapshot to the ids that it takes, where these are no codes.
    clause : callable or None
        From the number of records and the values picked to what the headline says of them.
    menu : Menu
        Where the filters form shows it.
    of_record, of_event : callable or None
        From a record or an event, and the snapshot, to the codes that it has.
    pattern : str
        The form of a value that is no code, as a regular expression.
    exists : callable
        Whether a value of that form means anything, as not every pair of days is a period.
    longest : int
        Most characters of a value; 0 for no limit.
    columns : tuple of str
        Columns of the exports whose cells are its values: who reads a file may type them.
    filters : bool
        Whether its value is kept in `Filters`; else in `State`.
    """

    name: str
    kind: Kind
    meaning: str
    example: str
    field: str = ""
    codes: tuple[str, ...] = ()
    label: str = ""
    code_label: Callable[[str], str] = str
    long_label: Callable[[str], str] | None = None
    clause: Clause | None = None
    menu: Menu = Menu.NOWHERE
    of_record: Callable[[Record, Snapshot], Iterable[str]] | None = None
    of_event: Callable[[Event, Snapshot], Iterable[str]] | None = None
    ids: Callable[[Snapshot], Iterable[str]] | None = None
    pattern: str = ""
    exists: Callable[[str], bool] = bool
    longest: int = 0
    columns: tuple[str, ...] = ()
    filters: bool = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", self.field or self.name)
        object.__setattr__(self, "filters", self.kind in _FILTERS)
        if self.kind is Kind.FACET and not (self.of_record or self.of_event):
            raise ValueError(f"the facet {self.name} reads neither records nor events")
        if self.kind is Kind.FACET and self.field != self.name:
            # selection and counts look facets up by one name
            raise ValueError(f"the facet {self.name} is kept under its own name")

    @property
    def repeated(self) -> bool:
        """Whether it may occur more than once, which then widens."""
        return self.kind is Kind.FACET

    @property
    def selects(self) -> bool:
        """Whether it changes the data; the others only arrange the page."""
        return self.kind not in _ARRANGES

    def served_example(self, snapshot: Snapshot) -> str:
        """
        Return an example that a reader can follow.

        Parameters
        ----------
        snapshot : Snapshot
            What may be shown: a fixed id would still be printed when its row is withdrawn.

        Returns
        -------
        str
            The first id that is shown; the example where there is none.
        """
        return next(iter(self.ids(snapshot)), self.example) if self.ids else self.example

    def option_label(self, code: str) -> str:
        """Return the words for one code next to its checkbox."""
        return _("unknown") if code == UNKNOWN else self.code_label(code)

    def described_codes(self) -> tuple[tuple[str, str], ...]:
        """Return each code with its words for documentation."""
        label = self.long_label or self.code_label
        return tuple(
            (code, _("unknown: no source names one") if code == UNKNOWN else label(code))
            for code in self.codes
        )
