"""
The ledger that is served: checked, joined, frozen, and without what is withheld.

Rows that fail their checks are set aside and counted, never shown in part: a record whose
row, source or any event is broken is set aside with all of it (docs/DATA_MODEL.md, rule 3).
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from geo.checks.check import Examination
from geo.checks.contents import Contents, read_contents
from geo.checks.tidying import standard_content
from geo.errors import LedgerUnreadable
from geo.files.package import resources
from geo.files.register import REGISTERS
from geo.files.regular import read_regular
from geo.files.tables import Problem
from geo.ledger.entered import Entered
from geo.ledger.joining import join
from geo.model.dates import latest_day
from geo.model.entities import (
    Correction,
    Count,
    Event,
    Excluded,
    Origin,
    Quotation,
    Record,
    Source,
)
from geo.visibility.withdrawal import Withdrawal
from geo.visibility.withholding import Withheld
from geo.wording import _

NEEDED = frozenset({"stations", "investigations", "sources"})


def today() -> date:
    """Return today in UTC, the day that “no as-of date” means."""
    return datetime.now(UTC).date()


def fingerprint(folder: Path) -> str:
    """
    Return the ledger's version: 8 hex digits of the SHA-256 of its files in name order.

    A file counts in its standard form, so that line ends and other traces of spreadsheets make
    no version; one that is damaged counts as it is. Files that the data package does not name
    do not count, nor do ``corrections.csv`` and ``entered.csv``: commands write them after a
    version is made, and must not change it by doing so.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.

    Returns
    -------
    str
        The same on every system.

    Raises
    ------
    LedgerUnreadable
        When the folder is missing or has no file of a ledger.
    """
    named = (resource for resource in resources() if resource.name not in REGISTERS)
    present = [resource for resource in named if os.path.lexists(folder / resource.file)]
    if not present:
        try:
            # what may not be looked into seems to be empty
            os.stat(folder / ".")
        except PermissionError as error:
            form = _("The folder “{name}” cannot be read: {why}.")
            why = error.strerror or str(error)
            raise LedgerUnreadable(form.format(name=folder.name, why=why)) from error
        except OSError:
            pass
        raise LedgerUnreadable(
            _("The folder “{name}” contains no ledger: it has no CSV file.").format(
                name=folder.name
            )
        )
    digest = hashlib.sha256()
    for resource in sorted(present, key=attrgetter("file")):
        try:
            content = read_regular(folder / resource.file)
        except OSError:
            # the check reports which table is lost
            content = b"unreadable"
        content = standard_content(resource, content)
        digest.update(resource.file.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:8]


def _require_needed(examination: Examination) -> None:
    """Refuse files without those in `NEEDED`: a claim may not be shown without its answers."""
    if gone := sorted(examination.lost & NEEDED):
        raise LedgerUnreadable(
            _("Nothing is shown because {files} cannot be read.").format(
                files=", ".join(f"{name}.csv" for name in gone)
            )
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Dataset:
    """
    One reading of the files: all that may be shown, and how much may not.

    Attributes
    ----------
    records, events : tuple
        In file order; on hold, withheld and set aside rows are not among them.
    version : str
        8 hex digits over the files' content.
    set_aside : int
        Records that the checks took out.
    rows_set_aside : Mapping of str to int
        Rows that the checks took out, by the name of their table; without tables that lost none.
    problems : tuple of Problem
        What the checks found, for curators.
    withdrawn : Mapping of str to str
        Since when (``YYYY-MM-DD``) a record or an event is withdrawn, by its id; without those
        of which a link does not say so.
    withdrawals : tuple of Withdrawal
        Kind and day of all that was withdrawn.
    corrections : tuple of Correction
        What changed between releases, as in the file; without what is withheld.
    entered : Mapping of (str, str) to Entered
        When a row was entered, by its kind and id; empty where no register is kept.
    released : bool
        Whether there has been a release.
    digest : str
        Of the content of all files that this reading depends on, those that withhold rows
        among them: the same on every machine that has the same files. Empty if it was made
        from none.
    """

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    sources: Mapping[str, Source]
    counts: tuple[Count, ...]
    excluded: tuple[Excluded, ...]
    version: str
    set_aside: int = 0
    problems: tuple[Problem, ...] = field(default=())
    origins: tuple[Origin, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    withdrawals: tuple[Withdrawal, ...] = ()
    corrections: tuple[Correction, ...] = ()
    entered: Mapping[tuple[str, str], Entered] = field(default_factory=dict)
    released: bool = False
    digest: str = ""
    rows_set_aside: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def records_by_id(self) -> dict[str, Record]:
        """Records by id."""
        return {r.id: r for r in self.records}

    @cached_property
    def events_by_id(self) -> dict[str, Event]:
        """Events by id."""
        return {e.id: e for e in self.events}

    @cached_property
    def quotations_of(self) -> Mapping[str, tuple[Quotation, ...]]:
        """Quotations by the id of their event, in file order; without events that have none."""
        found: dict[str, list[Quotation]] = defaultdict(list)
        for quotation in self.quotations:
            found[quotation.event].append(quotation)
        return {event: tuple(own) for event, own in found.items()}

    @cached_property
    def replay_order(self) -> tuple[Event, ...]:
        """Events in the order in which they take effect."""
        return tuple(sorted(self.events, key=lambda e: e.order))

    @cached_property
    def first_day(self) -> date:
        """The first day on which any event was public."""
        return min((e.said.last for e in self.events), default=today())

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which an event became public, in order: what a reader steps through."""
        return tuple(sorted({e.said.last for e in self.events}))

    @cached_property
    def last_checked(self) -> str:
        """The latest day on which a record was checked: the ledger's date; empty if none was."""
        return max((r.last_checked for r in self.records), default="")

    @classmethod
    def load(cls, folder: Path, day: date | None = None, obeyed: Withheld | None = None) -> Dataset:
        """
        Read, check and join the files, without what is withheld.

        Parameters
        ----------
        folder : Path
            Laid out like ``data/``.
        day : date, optional
            Dates after it are in the future; without it, `latest_day`.
        obeyed : Withheld, optional
            What may not be shown; without it the folder's own list.

        Returns
        -------
        Dataset
            What may be shown.

        Raises
        ------
        LedgerUnreadable
            When there is nothing to read, or a file in `NEEDED` is lost.
        WithholdingUnreadable
            When ``withheld.csv`` cannot be applied.
        """
        contents = read_contents(folder, fingerprint(folder))
        return cls.of(contents, contents.examined(day or latest_day()), obeyed)

    @classmethod
    def of(
        cls,
        contents: Contents,
        examination: Examination,
        obeyed: Withheld | None = None,
    ) -> Dataset:
        """
        Join files that have been read and checked, without what is withheld.

        Parameters
        ----------
        contents : Contents
            The files.
        examination : Examination
            What the check finds in them.
        obeyed : Withheld, optional
            What may not be shown; without it the files' own list.

        Returns
        -------
        Dataset
            What may be shown.

        Raises
        ------
        LedgerUnreadable
            When a file in `NEEDED` is lost.
        WithholdingUnreadable
            When ``withheld.csv`` cannot be applied.
        """
        _require_needed(examination)
        joined = join(examination, obeyed, contents.older)
        return cls(
            records=joined.records,
            events=joined.events,
            sources=joined.sources,
            counts=joined.counts,
            excluded=joined.excluded,
            version=contents.version,
            digest=contents.digest,
            set_aside=joined.set_aside,
            problems=examination.problems,
            origins=joined.origins,
            quotations=joined.quotations,
            withdrawn=joined.withdrawn,
            withdrawals=joined.withdrawals,
            corrections=joined.corrections,
            entered=joined.entered,
            released=contents.released,
            rows_set_aside=joined.rows_set_aside,
        )
