"""
Making a release: what it would change, what is against it, and writing it down.

A release is a promise about what was published and when, so every change needs a reason
and two people have to answer for it in two roles. What is withheld goes into no release,
is taken out of the older ones, and is not repeated in the register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from geo.errors import FileUnusable, ReleaseRefused
from geo.files.check import examine
from geo.files.register import DESCRIPTION, RELEASES
from geo.files.tables import Problem, Table, Tables
from geo.files.withholding import WITHHELD, Withheld, withheld
from geo.files.writing import Draft, drafted, drafted_folder
from geo.ledger.dataset import fingerprint, today
from geo.model.dates import spoken
from geo.releases.changes import Change, readable
from geo.releases.clearing import clearance, told
from geo.releases.folders import REGISTER, Release, misplaced, published, releases, since
from geo.releases.texts import description_text, register_text, table_text
from geo.wording import _

LONGEST_REASON = 280


@dataclass(frozen=True, kw_only=True)
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
    published : Mapping
        The files as readers may see them: what the release will hold.
    withheld : Withheld
        What may not be shown.
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
    published: Tables
    withheld: Withheld
    changes: tuple[Change, ...]
    problems: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the release's folder."""
        return f"{self.day.isoformat()}-{self.version}"

    @property
    def unchanged(self) -> bool:
        """Whether the newest release was made from these very files."""
        return bool(self.before) and self.before[-1].version == self.version

    @property
    def target(self) -> Path:
        """The release's folder."""
        return self.folder / RELEASES / self.name


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
    return Plan(
        folder=folder,
        day=day,
        version=fingerprint(folder),
        before=before,
        tables=examination.tables,
        published=shown,
        withheld=obeyed,
        changes=since(before[-1], shown, obeyed) if before else (),
        problems=tuple(
            str(p) for p in (*examination.problems, *misplaced(folder)) if not p.warning
        ),
    )


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
        elif reason == WITHHELD:
            form = _("{row}: the reason is “{word}”, which is in the place of what is withheld.")
            yield form.format(row=row, word=WITHHELD)
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
    if made.unchanged:
        form = _("Nothing has changed since the release of {date}.")
        found.append(form.format(date=spoken(made.before[-1].date)))
    elif made.target.exists():
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


def _in_working_file(problem: Problem, table: Table | None) -> Problem:
    """The same problem by the row that a curator can mend."""
    if table is None or problem.row is None or not 0 <= problem.row - 2 < len(table.rows):
        return problem
    return replace(problem, row=table.rows[problem.row - 2].number)


def _checked(draft: Draft, made: Plan) -> None:
    """Let a draft pass whose files pass the check by themselves."""
    tables = {table.file: table for table in made.published.values()}
    form = _("The release would fail its own check: {problem}.")
    found = [
        form.format(problem=_in_working_file(problem, tables.get(problem.file)))
        for problem in examine(draft.path, today()).problems
        if not problem.warning
    ]
    if found:
        raise ReleaseRefused("\n".join(found))


def write(made: Plan, reasons: Mapping[str, str], roles: Sequence[str]) -> Path:
    """
    Write a release that nothing is against, and its corrections.

    It is there from the moment at which its folder gets its name. Whatever happens before
    that leaves the ledger as it was, but for texts that are withheld: these may be gone
    from older releases already. What happens after it leaves a release whose corrections
    are not in the file yet; `geo.releases.finishing.finish` enters them.

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
    cleared = clearance(made.folder, made.tables, made.before, made.withheld)
    entered = entries(made, reasons, [row.cells for row in cleared.register.rows])
    said = {
        "number": made.before[-1].number + 1 if made.before else 1,
        "date": made.day.isoformat(),
        "version": made.version,
        "signed_off": list(dict.fromkeys(roles)),
        "note": _("The roles are as they were typed. The tool cannot know who typed them."),
    }
    files = {table.file: table_text(table).encode() for table in made.published.values()}
    # a release says no more of its entries than its own tables show
    listed = told(entered, made.tables, cleared.versions, made.withheld)
    files[DESCRIPTION] = description_text(said, listed).encode()
    file = made.folder / made.tables[REGISTER].file
    with drafted_folder(made.target, files) as release:
        _checked(release, made)
        cleared.write()
        # written before the release is there: after that only a rename can fail
        with drafted(file, register_text(cleared.register, entered)) as corrections:
            release.put()
            _put_register(corrections)
    return made.target


def _put_register(corrections: Draft) -> None:
    try:
        corrections.put()
    except FileUnusable as error:
        form = _("The release is made. {error} Run the command again to enter its corrections.")
        raise FileUnusable(form.format(error=error)) from error
