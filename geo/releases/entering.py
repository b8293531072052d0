"""
Writing the register of ``entered.csv``: what is shown and is not in it yet.

It is made from the files alone. Where it is begun, a row that a release has was entered on the
day of the first one that has it; no other day is known than that on which it is begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from geo.checks.check import Examination
from geo.errors import AtlasError
from geo.files.package import resources
from geo.files.register import finished, released_tables
from geo.files.standard_form import csv_text
from geo.files.tables import Problem, rows_of
from geo.files.writing import sweep_drafts, write_atomically
from geo.invocation import command_line
from geo.ledger.dataset import today
from geo.ledger.entered import OWNERS, REGISTER, Entered, Key, brought_up_to_date, listed, missing
from geo.ledger.reading import Reading
from geo.visibility.setting_aside import retained, set_aside
from geo.visibility.visible import visible
from geo.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class Entering:
    """
    A register as it is and as it would be.

    Attributes
    ----------
    before, after : mapping of (str, str) to Entered
        By kind and id; days that are not written yet are empty.
    set_aside : int
        Records and events that a failed check keeps from readers, and so from the register.
    """

    before: Mapping[Key, Entered]
    after: Mapping[Key, Entered]
    set_aside: int

    @property
    def missing(self) -> list[Entered]:
        """New, changed and renamed rows."""
        return missing(self.before, self.after)


def entering(folder: Path, day: date) -> Entering:
    """
    Compare the register of a ledger with its files.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.
    day : date
        Dates after it are in the future.

    Returns
    -------
    Entering
        Nothing has been written.

    Raises
    ------
    AtlasError
        With a sentence, when the files or the register cannot be read.
    """
    reading = Reading.load(folder, day)
    _require_whole(reading.examination)
    passed = retained(reading.examination)
    before = listed(passed)
    shown = visible(passed, reading.obeyed, held=True)
    tables = reading.examination.tables
    lost = set_aside(tables, passed, reading.obeyed)
    return Entering(
        before=before,
        after=brought_up_to_date(before, tables, shown),
        set_aside=sum(lost.get(name, 0) for name in OWNERS.values()),
    )


def _require_whole(examination: Examination) -> None:
    """Refuse a register with a row that cannot be read, which would be entered anew."""
    for problem in examination.problems:
        if problem.file == f"{REGISTER}.csv" and not problem.warning:
            message = _("The register cannot be brought up to date. {problem}.")
            raise AtlasError(message.format(problem=problem))


def _released_on(folder: Path) -> dict[Key, str]:
    """Map each record and event to the day of the first release that has it."""
    days: dict[Key, str] = {}
    names = sorted(release.name[:10] for release in finished(folder))
    for day, tables in zip(names, released_tables(folder), strict=True):
        for kind, name in OWNERS.items():
            for row in rows_of(tables, name):
                days.setdefault((kind, row["id"]), day)
    return days


def enter(folder: Path, day: date) -> tuple[int, int]:
    """
    Bring the register of a ledger up to date.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``. The register is begun where there is none.
    day : date
        The day of entry (UTC).

    Returns
    -------
    tuple of (int, int)
        How many rows were new, and how many had been changed or renamed; nothing is written
        where there were none.

    Raises
    ------
    AtlasError
        With a sentence, when a file cannot be read or written.
    """
    return write_entered(folder, entering(folder, day), day)


def write_entered(folder: Path, found: Entering, day: date) -> tuple[int, int]:
    """
    Write what a register lacks.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.
    found : Entering
        What `entering` returned for it.
    day : date
        The day of entry (UTC).

    Returns
    -------
    tuple of (int, int)
        As `enter` returns them.

    Raises
    ------
    AtlasError
        With a sentence, when a file cannot be read or written.
    """
    if not found.missing:
        return 0, 0
    earlier = {} if found.before else _released_on(folder)
    after = {key: _dated(row, day, earlier.get(key, "")) for key, row in found.after.items()}
    (resource,) = [one for one in resources() if one.name == REGISTER]
    rows = [[asdict(row)[name] for name in resource.names] for row in after.values()]
    file = folder / resource.file
    sweep_drafts(file)
    # by day, so that a version control system shows what is new at the end
    rows.sort(key=lambda row: row[resource.names.index("entered_on")])
    write_atomically(file, csv_text([resource.names, *rows]))
    new = sum(not row.entered_on for row in found.missing)
    return new, len(found.missing) - new


def _dated(row: Entered, day: date, released: str) -> Entered:
    if not row.is_pending:
        return row
    written = day.isoformat()
    if row.entered_on:
        return replace(row, changed_on=written)
    first = released or written
    return replace(row, entered_on=first, changed_on=first)


def not_entered(folder: Path) -> list[Problem]:
    """
    Warn of rows that a register lacks.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``. Without a register, and for files that cannot be read, there is
        nothing to warn of: other checks report these.

    Returns
    -------
    list of Problem
        At most one.
    """
    try:
        found = entering(folder, today())
    except AtlasError:
        return []
    if not found.before or not (lacking := len(found.missing)):
        return []
    message = ngettext(
        "{n} new or changed row is not in it, so feeds give it the day of today: run `{command}`",
        "{n} new or changed rows are not in it, so feeds give them the day of today: "
        "run `{command}`",
        lacking,
        command=command_line("enter"),
    )
    file = f"{REGISTER}.csv"
    return [
        Problem(file=file, row=None, field=None, code="not-entered", message=message, warning=True)
    ]
