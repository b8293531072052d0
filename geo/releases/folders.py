"""What a release of a ledger has of its files, and what has changed since the latest one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geo.errors import LedgerUnreadable
from geo.files.package import keys
from geo.files.register import REGISTERS
from geo.files.tables import Problem, Row, Table, Tables, key_of
from geo.invocation import command_line
from geo.model.dates import spoken
from geo.releases.changes import Change, compare, readable
from geo.releases.foreign_files import foreign_files, misplaced
from geo.releases.listing import Release, Releases, find_releases, release_problems
from geo.visibility.visible import visible
from geo.visibility.withholding import Withheld, withheld
from geo.wording import _

REGISTER = "corrections"


def published(tables: Tables, obeyed: Withheld) -> dict[str, Table]:
    """
    Return a ledger's files as a release of it has them.

    They are the files as readers may see them, without the registers, which are about
    releases and in none.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    obeyed : Withheld
        The list in force.

    Returns
    -------
    dict of str to Table
        By name of the table, in the order of the data package.
    """
    shown = visible(tables, obeyed, held=True)
    return {name: shown[name] for name in keys() if name in shown and name not in REGISTERS}


def released(release: Release, obeyed: Withheld) -> dict[str, Table]:
    """
    Return the files of a release as readers may see them today.

    Parameters
    ----------
    release : Release
        One of a ledger.
    obeyed : Withheld
        The ledger's list in force.

    Returns
    -------
    dict of str to Table
        As `published` returns them.

    Raises
    ------
    LedgerUnreadable
        When the release's files cannot be read.
    """
    return published(readable(release.folder, release.folder.name).tables, obeyed)


def since(old: Tables, new: Tables) -> tuple[Change, ...]:
    """
    List what differs between two versions of the ledger, as readers may see both.

    Parameters
    ----------
    old, new : Mapping
        The files, as `published` returns them: without what is withheld by now, so that no
        comparison shows it again.

    Returns
    -------
    tuple of Change
        As `compare` yields them; empty if nothing differs.
    """
    # to withhold something is no correction
    one, other = (
        {name: table for name, table in files.items() if name != "withheld"} for files in (old, new)
    )
    return tuple(compare(one, other))


def _entered(table: Table) -> dict[tuple[str, str], str]:
    """Map each record and field of the register to the latest value entered for it."""
    return {(row["record"], row["field"]): row["after"] for row in table.rows}


def _problem(change: Change, rows: dict[str, Row], release: Release) -> Problem:
    day = spoken(release.date)
    file = f"{change.table}.csv"
    if change.field:
        message = _(
            "differs from the release of {date} without an entry in corrections.csv: run "
            "`{command}`"
        )
        row = rows[change.id].number
        return Problem(
            file=file,
            row=row,
            field=change.field,
            code="unreleased",
            message=message.format(date=day, command=command_line("release")),
        )
    message = _(
        "{id} was in the release of {date} and has gone, with no entry in "
        "corrections.csv: run `{command}`"
    )
    return Problem(
        file=file,
        row=None,
        field=None,
        code="unreleased",
        message=message.format(id=change.id, date=day, command=command_line("release")),
    )


def _unreleased(folder: Path, found: Releases) -> Iterator[Problem]:
    existing = found.whole
    # the latest may be among the damaged ones
    if found.damaged or not existing:
        return
    examination = readable(folder)
    obeyed = withheld(examination)
    tables = published(examination.tables, obeyed)
    latest_values = _entered(examination.tables[REGISTER])
    for change in since(released(existing[-1], obeyed), tables):
        # what is new was never published, so nothing published has changed
        if not change.added and latest_values.get((change.id, change.field)) != change.after:
            rows = {key_of(change.table, row): row for row in tables[change.table].rows}
            yield _problem(change, rows, existing[-1])


def unreleased(folder: Path) -> list[Problem]:
    """
    List what was published and has changed without an entry, and what is wrong with releases.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``. Without a release nothing was published. Files that
        cannot be read are for other checks to report.
    """
    found = find_releases(folder)
    known = [*foreign_files(folder), *misplaced(folder), *release_problems(found)]
    try:
        return [*known, *_unreleased(folder, found)]
    except LedgerUnreadable:
        return known
