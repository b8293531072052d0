"""
The releases of a ledger: those that are as they were made, and those that are damaged.

A release is a folder named by day and version, with the files as they were published and
``release.json``. Releases are numbered, because two of them may have the same day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import ReleaseUnreadable
from geo.files.descriptions import CHECKSUMS, DESCRIPTION, damage, description
from geo.files.reading import BROKEN, LOST, read_tables
from geo.files.register import RELEASES, finished, own_entries
from geo.files.replacing import SUCCESSOR
from geo.files.tables import Problem
from geo.wording import _

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Release:
    """
    One release.

    Attributes
    ----------
    folder : Path
        Where its files are.
    number : int
        From 1, in the order of releases.
    date, version : str
        Its day (``YYYY-MM-DD``) and 8 hex digits.
    sealed : bool
        Whether it has checksums; those made by older versions of the software have none.
    """

    folder: Path
    number: int
    date: str
    version: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Releases:
    """
    The folders of a ledger's releases.

    Attributes
    ----------
    whole : tuple of Release
        Those that are as they were made, the oldest first.
    damaged : mapping of str to str
        What is wrong with each of the others, as a sentence, by its version.
    """

    whole: tuple[Release, ...]
    damaged: Mapping[str, str]

    def named(self, version: str) -> Release | None:
        """
        Return the release of a version.

        Parameters
        ----------
        version : str
            8 hex digits.

        Returns
        -------
        Release or None
            None if no release has the version.

        Raises
        ------
        ReleaseUnreadable
            With a sentence, when it is damaged.
        """
        found = [release for release in self.whole if release.version == version]
        if not found and version in self.damaged:
            raise ReleaseUnreadable(self.damaged[version])
        return found[-1] if found else None


def _described(folder: Path) -> tuple[Release, dict[str, Any]]:
    """Return a release as its description tells of it; any mistake there is an error."""
    said = description(folder)
    number, day, version = said["number"], said["date"], said["version"]
    if type(number) is not int or not 0 < number < _MOST:
        raise ValueError(number)
    if f"{day}-{version}" != folder.name.removesuffix(SUCCESSOR):
        raise ValueError(folder.name)
    date.fromisoformat(day)
    own_entries(said)
    return Release(folder, number, day, version, CHECKSUMS in said), said


def _faults(folder: Path, said: Mapping[str, Any]) -> list[str]:
    if CHECKSUMS in said:
        return damage(folder, said)
    problems = read_tables(folder)[1]
    return [str(problem) for problem in problems if problem.code in LOST | BROKEN]


def _release(folder: Path) -> Release:
    name = folder.name.removesuffix(SUCCESSOR)
    try:
        release, said = _described(folder)
        faults = _faults(folder, said)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        form = _("The release “{name}” cannot be read: its {file} is missing or broken.")
        raise ReleaseUnreadable(form.format(name=name, file=DESCRIPTION)) from None
    except OSError as error:
        form = _("The release “{name}” cannot be read: {file}: {why}.")
        file, why = Path(error.filename or folder).name, error.strerror or str(error)
        raise ReleaseUnreadable(form.format(name=name, file=file, why=why)) from None
    if faults:
        form = _("The release “{name}” is damaged and not shown: {faults}.")
        raise ReleaseUnreadable(form.format(name=name, faults="; ".join(faults)))
    return release


def find_releases(folder: Path) -> Releases:
    """
    Find the releases of a ledger, and read each of their files once.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``; without ``releases/`` in it there is none.

    Returns
    -------
    Releases
        Nothing is raised for those that are damaged.
    """
    whole, damaged = [], {}
    for one in finished(folder):
        try:
            whole.append(_release(one))
        except ReleaseUnreadable as error:
            damaged[one.name.removesuffix(SUCCESSOR).rpartition("-")[2]] = str(error)
    return Releases(tuple(sorted(whole, key=lambda release: release.number)), damaged)


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
        With a sentence, when one of them is damaged.
    """
    found = find_releases(folder)
    for sentence in found.damaged.values():
        raise ReleaseUnreadable(sentence)
    return found.whole


def release_problems(found: Releases) -> list[Problem]:
    """
    Report the releases that are damaged, and those in which damage could not be seen.

    Parameters
    ----------
    found : Releases
        Those of a ledger.

    Returns
    -------
    list of Problem
        An error for each of the first, a warning for each of the second.
    """
    unsealed = _(
        "The release “{name}” has no checksums, so a change of its files would not be seen."
    )
    sentences = [(sentence, False) for sentence in found.damaged.values()]
    sentences += [
        (unsealed.format(name=release.folder.name), True)
        for release in found.whole
        if not release.sealed
    ]
    return [
        Problem(
            file=RELEASES, row=None, field=None, code="release", message=message, warning=warning
        )
        for message, warning in sentences
    ]
