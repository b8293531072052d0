"""
Releases that stand in ``data/releases/``, and whether the ledger still is the newest.

A release is a folder named by day and version, with the files as they were published and
``release.json``. Releases are numbered, because two of them may bear one day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.errors import LedgerUnreadable, ReleaseUnreadable
from geo.files.tables import Problem, Row, Table, Tables
from geo.files.visibility import key_of, keys, public
from geo.files.withholding import Withheld, withheld
from geo.model.dates import spoken
from geo.releases.changes import Change, compare, readable
from geo.wording import _

FOLDER = "releases"
DESCRIPTION = "release.json"
REGISTER = "corrections"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: where it stands, its number, its day (``YYYY-MM-DD``) and its version."""

    folder: Path
    number: int
    date: str
    version: str


def _release(folder: Path) -> Release:
    try:
        said = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        date, version = str(said["date"]), str(said["version"])
        spoken(date)
        return Release(folder, int(said["number"]), date, version)
    except (OSError, ValueError, KeyError, TypeError):
        raise ReleaseUnreadable(
            _("The release “{name}” cannot be read: its {file} is missing or broken.").format(
                name=folder.name, file=DESCRIPTION
            )
        ) from None


def releases(folder: Path) -> tuple[Release, ...]:
    """
    List the releases of a ledger, the oldest first.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``; without ``releases/`` in it there is none.

    Raises
    ------
    ReleaseUnreadable
        With a sentence, when a folder in there is no release.
    """
    inside = folder / FOLDER
    if not inside.is_dir():
        return ()
    # a name that begins with a point is a release that was never finished
    named = (one for one in inside.iterdir() if one.is_dir() and one.name[0] != ".")
    return tuple(sorted((_release(one) for one in named), key=lambda r: r.number))


def since(release: Release, tables: Tables, obeyed: Withheld) -> tuple[Change, ...]:
    """
    Say what differs between a release and the ledger's files, as readers may see both.

    What is withheld by now is taken out of both: that it was withdrawn is told by its link
    and by ``withheld.csv``, and no comparison may bring it back.
    """
    old = readable(release.folder).tables
    return tuple(compare(public(old, obeyed), public(tables, obeyed)))


def _entered(table: Table) -> dict[tuple[str, str], str]:
    """The newest value that the register holds for each record and field."""
    return {(row["record"], row["field"]): row["after"] for row in table.rows}


def _problem(change: Change, rows: dict[str, Row], release: Release) -> Problem:
    day = spoken(release.date)
    file = f"{change.table}.csv"
    if change.field:
        message = _(
            "differs from the release of {date} without an entry in corrections.csv: run "
            "python -m geo release"
        )
        row = rows[change.id].number
        return Problem(
            file=file,
            row=row,
            field=change.field,
            code="unreleased",
            message=message.format(date=day),
        )
    message = _(
        "{id} was in the release of {date} and is gone without an entry in corrections.csv: "
        "run python -m geo release"
    )
    return Problem(
        file=file,
        row=None,
        field=None,
        code="unreleased",
        message=message.format(id=change.id, date=day),
    )


def _unreleased(folder: Path) -> Iterator[Problem]:
    found = releases(folder)
    if not found:
        return
    examination = readable(folder)
    tables = examination.tables
    entered = _entered(tables[REGISTER])
    for change in since(found[-1], tables, withheld(examination)):
        # what is new was never published, so nothing published has changed
        if not change.added and entered.get((change.id, change.field)) != change.after:
            columns = keys()[change.table]
            rows = {key_of(columns, row): row for row in tables[change.table].rows}
            yield _problem(change, rows, found[-1])


def unreleased(folder: Path) -> list[Problem]:
    """
    Find what was published and has changed without an entry in the register.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``. Without a release nothing was published. Files that
        cannot be read are for other checks to report.
    """
    try:
        return list(_unreleased(folder))
    except LedgerUnreadable:
        return []
    except ReleaseUnreadable as error:
        return [Problem(file=FOLDER, row=None, field=None, code="release", message=str(error))]
