"""
Writing a release, and its corrections.

What is withheld is written to no release, is removed from the older ones, and is not
repeated in the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from geo.checks.check import examine
from geo.errors import FileUnusable, ReleaseRefused
from geo.files.descriptions import DESCRIPTION
from geo.files.replacing import drafted_folder
from geo.files.tables import Problem, Table
from geo.files.writing import Draft, drafted
from geo.model.dates import latest_day
from geo.releases.changes import Change
from geo.releases.clearing import clearance, told
from geo.releases.folders import REGISTER
from geo.releases.planning import Plan
from geo.releases.texts import description_text, register_text, table_text
from geo.wording import _


def _stood(change: Change, made: Plan, register: Sequence[Mapping[str, str]]) -> str:
    """Return for how many days the old value was the published one; empty for a new row."""
    if change.added:
        return ""
    start = made.before[0].date
    for entry in register:
        # a row that was added later, or a value that was corrected later
        if entry["record"] == change.id and entry["field"] in (change.field, ""):
            start = entry["date"]
    return str((made.day - date.fromisoformat(start)).days)


def entries(
    made: Plan, reasons: Mapping[str, str], register: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """
    List the changes of a release as rows of the register, in their order.

    Parameters
    ----------
    made : Plan
        The release.
    reasons : Mapping
        From the id of a row to why it changed.
    register : sequence of Mapping
        The rows of the register so far.

    Returns
    -------
    list of dict
        Cells by column of corrections.csv.
    """
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


def _in_working_file(problem: Problem, table: Table | None) -> Problem:
    """Return the same problem with the row number of the file that a curator edits."""
    if table is None or problem.row is None or not 0 <= problem.row - 2 < len(table.rows):
        return problem
    return replace(problem, row=table.rows[problem.row - 2].number)


def _checked(draft: Draft, made: Plan) -> None:
    """Check the files of a draft; refuse the release if they fail."""
    tables = {table.file: table for table in made.published.values()}
    form = _("The release would fail its own check: {problem}.")
    failures = [
        form.format(problem=_in_working_file(problem, tables.get(problem.file)))
        for problem in examine(draft.path, latest_day()).problems
        if not problem.warning
    ]
    if failures:
        raise ReleaseRefused(*failures)


def write(made: Plan, reasons: Mapping[str, str], roles: Sequence[str]) -> Path:
    """
    Write a release without refusals, and its corrections.

    The release exists once its folder is renamed. An interruption before that leaves the
    ledger as it was, except that texts withheld by now may already be gone from older releases.
    An interruption after it leaves a release whose corrections are not in the file yet;
    `geo.releases.finishing.finish` enters them.

    Parameters
    ----------
    made : Plan
        The release; `refusals` lists nothing against it.
    reasons : Mapping
        From the id of a row to why it changed.
    roles : sequence of str
        Who has signed off.

    Returns
    -------
    Path
        The release's folder.

    Raises
    ------
    ReleaseRefused
        With a sentence for each row, when the release would fail its own check.
    FileUnusable
        With a sentence, when something cannot be written.
    """
    new_entries = entries(made, reasons, [row.cells for row in made.tables[REGISTER].rows])
    older = clearance(made.folder, made.tables, made.before, made.withheld, new_entries)
    content = {
        "number": made.before[-1].number + 1 if made.before else 1,
        "date": made.day.isoformat(),
        "version": made.version,
        "signed_off": list(dict.fromkeys(roles)),
        "note": _("The roles are recorded as typed; the tool cannot know who typed them."),
    }
    files = {table.file: table_text(table).encode() for table in made.published.values()}
    # a release says no more of its entries than its own tables show
    listed = told(new_entries, made.tables, older.versions, made.withheld)
    files[DESCRIPTION] = description_text(content, listed, files).encode()
    file = made.folder / made.tables[REGISTER].file
    with drafted_folder(made.target, files) as release:
        _checked(release, made)
        older.write()
        # written before the release is in place: after that only a rename can fail
        with drafted(file, register_text(older.register, new_entries)) as corrections:
            release.put()
            _put_register(corrections)
    return made.target


def _put_register(corrections: Draft) -> None:
    try:
        corrections.put()
    except FileUnusable as error:
        form = _("The release is made. {error} Run the command again to enter its corrections.")
        raise FileUnusable(form.format(error=error)) from error
