"""
Making a release: what it would change, what stands against it, and writing it down.

A release is a promise about what was published and when, so every change needs a reason
and two people have to answer for it in two roles. What is withheld goes into no release,
is taken out of the older ones, and is not repeated in the register.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.files.package import resources
from geo.files.reading import read_tables
from geo.files.register import DESCRIPTION, RELEASES
from geo.files.tables import Table, Tables
from geo.files.visibility import visible
from geo.files.withholding import Withheld, withheld
from geo.ledger.dataset import fingerprint
from geo.model.dates import spoken
from geo.releases.changes import Change, readable
from geo.releases.folders import REGISTER, Release, published, releases, since
from geo.wording import _

LONGEST_REASON = 280


@dataclass(frozen=True)
class Plan:
    """
    A release that may be made.

    Attributes
    ----------
    day : date
        The day that it will bear.
    version : str
        Digest of the working files.
    before : tuple of Release
        The releases that there are, the oldest first.
    tables : Mapping
        The working files, with all that they hold.
    changes : tuple of Change
        Against the newest release; none for the first.
    problems : tuple of str
        What the check finds.
    """

    folder: Path
    day: date
    version: str
    before: tuple[Release, ...]
    tables: Tables
    withheld: Withheld
    changes: tuple[Change, ...]
    problems: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the release's folder."""
        return f"{self.day.isoformat()}-{self.version}"


def plan(folder: Path, day: date) -> Plan:
    """
    Work out what a release of a folder would be.

    Raises
    ------
    AtlasError
        With a sentence, when the folder, its list of withheld rows or an older release
        cannot be read.
    """
    examination = readable(folder)
    obeyed = withheld(examination)
    before = releases(folder)
    shown = published(examination.tables, obeyed)
    changes = since(before[-1], shown, obeyed) if before else ()
    problems = tuple(str(p) for p in examination.problems if not p.warning)
    version = fingerprint(folder)
    return Plan(folder, day, version, before, examination.tables, obeyed, changes, problems)


def _rows(changes: Sequence[Change]) -> list[str]:
    return list(dict.fromkeys(f"{c.table}.csv {c.id}" for c in changes))


def _unsigned(made: Plan, roles: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    for role in dict.fromkeys(roles):
        if role not in known:
            form = _("“{role}” is no role that may sign off; the roles are: {roles}.")
            yield form.format(role=role, roles=", ".join(known))
    if len(set(roles) & set(known)) < 2:
        yield _("A release needs two different roles: give --signed-off twice.")
        for row in _rows(made.changes):
            yield _("{row}: changed, but not signed off in two different roles.").format(row=row)


def _unexplained(made: Plan, reasons: Mapping[str, str]) -> Iterator[str]:
    for row in _rows([c for c in made.changes if not c.added and not reasons.get(c.id)]):
        yield _("{row}: changed, but no reason was given.").format(row=row)
    changed = {change.id for change in made.changes}
    for row, reason in reasons.items():
        if row not in changed:
            yield _("{row}: a reason was given, but nothing has changed.").format(row=row)
        elif len(reason) > LONGEST_REASON:
            form = _("{row}: the reason is longer than {n} characters.")
            yield form.format(row=row, n=LONGEST_REASON)
        elif not reason.isprintable():
            yield _("{row}: the reason holds an invisible character.").format(row=row)


def refusals(
    made: Plan, reasons: Mapping[str, str], roles: Sequence[str], known: Sequence[str]
) -> list[str]:
    """
    Say what stands against a release, one sentence each.

    Parameters
    ----------
    made : Plan
        The release.
    reasons : Mapping
        From the id of a row to why it changed. A row that is new needs none.
    roles, known : sequence of str
        Who has signed off, and who may.
    """
    found = list(made.problems)
    if made.before and made.before[-1].version == made.version:
        form = _("Nothing has changed since the release of {date}.")
        found.append(form.format(date=spoken(made.before[-1].date)))
    elif (made.folder / RELEASES / made.name).exists():
        form = _("The release “{name}” stands already in the folder.")
        found.append(form.format(name=made.name))
    return [*found, *_unexplained(made, reasons), *_unsigned(made, roles, known)]


def _stood(change: Change, made: Plan, register: Sequence[Mapping[str, str]]) -> str:
    """For how many days the old value was the published one; nothing for a new row."""
    if change.added:
        return ""
    begun = made.before[0].date
    for entry in register:
        # a row that was added later, or a value that was corrected later
        if entry["record"] == change.id and entry["field"] in (change.field, ""):
            begun = entry["date"]
    return str((made.day - date.fromisoformat(begun)).days)


def entries(
    made: Plan, reasons: Mapping[str, str], register: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """Write the changes as rows of the register, in their order."""
    return [
        {
            "id": f"{made.name}-{number}",
            "date": made.day.isoformat(),
            "record": change.id,
            "field": change.field,
            "before": change.before,
            "after": change.after,
            "reason": reasons.get(change.id) or _("new in this release"),
            "stood_days": _stood(change, made, register),
        }
        for number, change in enumerate(made.changes, 1)
    ]


def _csv(columns: Sequence[str], rows: Iterator[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: row.get(column, "") for column in columns} for row in rows)
    return text.getvalue()


def _write_table(folder: Path, table: Table) -> None:
    columns = table.columns
    text = _csv(columns, (row.cells for row in table.rows))
    _replace(folder / table.file, text)


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = file.with_name(f".{file.name}.part")
    draft.write_text(text, encoding="utf-8", newline="")
    os.replace(draft, file)


def _silenced(made: Plan, before: Sequence[Tables]) -> list[dict[str, str]]:
    """The register so far, without what is withheld by now."""
    register = made.tables[REGISTER]
    for tables in (made.tables, *before):
        found = visible({**tables, REGISTER: register}, made.withheld, held=False)
        register = found[REGISTER]
    return [dict(row.cells) for row in register.rows]


def write(made: Plan, reasons: Mapping[str, str], roles: Sequence[str]) -> Path:
    """
    Write a release that nothing stands against, and its corrections.

    Returns
    -------
    Path
        The release's folder.
    """
    older = [(release, read_tables(release.folder)[0]) for release in made.before]
    register = _silenced(made, [tables for _release, tables in older])
    for release, tables in older:
        for table in published(tables, made.withheld).values():
            if table != tables[table.name]:
                _write_table(release.folder, table)
    register += entries(made, reasons, register)
    target = made.folder / RELEASES / made.name
    draft = target.with_name(f".{target.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for table in published(made.tables, made.withheld).values():
        _write_table(draft, table)
    (draft / DESCRIPTION).write_text(_description(made, roles), encoding="utf-8")
    (columns,) = [r.names for r in resources() if r.name == REGISTER]
    _replace(made.folder / f"{REGISTER}.csv", _csv(columns, iter(register)))
    os.replace(draft, target)
    return target


def _description(made: Plan, roles: Sequence[str]) -> str:
    said = {
        "number": made.before[-1].number + 1 if made.before else 1,
        "date": made.day.isoformat(),
        "version": made.version,
        "signed_off": list(dict.fromkeys(roles)),
        "note": _("The roles are as they were typed. The tool cannot know who typed them."),
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
