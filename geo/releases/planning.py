"""
Planning a release: what it would change, and what prevents it.

Every change of what was published needs a reason, and two people have to sign off in two
roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.checks.rules_characters import character_faults
from geo.files.register import RELEASES
from geo.files.tables import Tables
from geo.ledger.dataset import fingerprint
from geo.model.dates import spoken
from geo.releases.changes import Change, readable
from geo.releases.folders import published, released, since
from geo.releases.foreign_files import misplaced
from geo.releases.listing import Release, releases
from geo.visibility.withholding import WITHHELD, Withheld, withheld
from geo.wording import _

LONGEST_REASON = 280


@dataclass(frozen=True, kw_only=True)
class Plan:
    """
    A release that may be made.

    Attributes
    ----------
    day : date
        The day of the release.
    version : str
        Digest of the working files.
    before : tuple of Release
        The existing releases, the oldest first.
    tables : Mapping
        The working files with all their rows.
    published : Mapping
        The files as readers may see them: the content of the release.
    withheld : Withheld
        What may not be shown.
    changes : tuple of Change
        Against the latest release; none for the first.
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
        """Whether the latest release was made from these very files."""
        return bool(self.before) and self.before[-1].version == self.version

    @property
    def target(self) -> Path:
        """The release's folder."""
        return self.folder / RELEASES / self.name


def plan(folder: Path, day: date) -> Plan:
    """
    Prepare a release of a folder without writing anything.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    day : date
        The day of the release.

    Returns
    -------
    Plan
        Its changes are those since the latest release.

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
        changes=since(released(before[-1], obeyed), shown) if before else (),
        problems=tuple(
            str(p) for p in (*examination.problems, *misplaced(folder)) if not p.warning
        ),
    )


def _rows(changes: Sequence[Change]) -> list[str]:
    return list(dict.fromkeys(f"{c.table}.csv {c.id}" for c in changes))


def _unsigned(made: Plan, roles: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    listed = ", ".join(f"“{role}”" for role in known)
    for role in dict.fromkeys(roles):
        if role not in known:
            form = _("“{role}” may not sign off; the roles that may are: {roles}.")
            yield form.format(role=role, roles=listed)
    if len(set(roles) & set(known)) < 2:
        form = _(
            "A release must be signed off in two different roles ({roles}): "
            "give --signed-off twice."
        )
        yield form.format(roles=listed)
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
        for fault in character_faults(reason):
            yield _("{row}: the reason {fault}.").format(row=row, fault=fault)


def refusals(
    made: Plan, reasons: Mapping[str, str], roles: Sequence[str], known: Sequence[str]
) -> list[str]:
    """
    List what prevents a release, one sentence each.

    Parameters
    ----------
    made : Plan
        The release.
    reasons : Mapping
        From the id of a row to why it changed. A row that is new needs none.
    roles, known : sequence of str
        Who has signed off, and who may.

    Returns
    -------
    list of str
        Empty if the release may be written.
    """
    objections = list(made.problems)
    if made.unchanged:
        form = _("Nothing has changed since the release of {date}.")
        objections.append(form.format(date=spoken(made.before[-1].date)))
    elif made.target.exists():
        form = _("A release named “{name}” already exists in the folder.")
        objections.append(form.format(name=made.name))
    return [*objections, *_unexplained(made, reasons), *_unsigned(made, roles, known)]
