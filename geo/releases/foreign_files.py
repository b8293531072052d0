"""
What is in a ledger's folder and no part of it: never read, but named by the check.

Spreadsheets, file managers and editors leave copies, locks and folders where they work.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from geo.files.descriptions import DESCRIPTION
from geo.files.package import table_files
from geo.files.register import NAME, RELEASES, finished, strays
from geo.files.tables import Problem
from geo.model.characters import printable
from geo.wording import _

PACKAGE = "datapackage.json"
#: what may be among the files of a ledger without a word: a description, and version control
_ALLOWED = re.compile(r"README(\.[a-z]+)?|\.git.*")
#: copies of the list of what may not be shown, as spreadsheets and synchronised folders name them
_WITHHELD = re.compile(r"(?!\.).*withheld.*\.csv", re.IGNORECASE)
#: drafts of the commands, which their next run removes
_DRAFT = re.compile(r"\..+\.[0-9]+\.tmp")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if not _DRAFT.fullmatch(name))
    except OSError:
        return []  # what cannot be listed is for other checks to report


def _warning(file: str, message: str) -> Problem:
    return Problem(file=file, row=None, field=None, code="stray", message=message, warning=True)


def _error(message: str) -> Problem:
    return Problem(file=RELEASES, row=None, field=None, code="release", message=message)


def foreign_files(folder: Path) -> list[Problem]:
    """
    Warn of what is in a ledger's folder or its releases and belongs to neither.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.

    Returns
    -------
    list of Problem
        A warning for each file or folder: it is not read, and no part of a version. An error
        for a copy of withheld.csv, since what it alone names is shown.
    """
    known = table_files() | {PACKAGE, RELEASES}
    found = [
        _beside_tables(name)
        for name in _names(folder)
        if name not in known and not _ALLOWED.fullmatch(name)
    ]
    form = _("“{name}” is no file of a release and is not read: move it elsewhere")
    return found + [
        _warning(RELEASES, form.format(name=printable(name)))
        for name in (*_beside_releases(folder), *_in_releases(folder))
    ]


def _beside_tables(name: str) -> Problem:
    if _WITHHELD.fullmatch(name):
        message = _(
            "may be a copy of withheld.csv and is not read, so what it alone names is shown: "
            "compare the two, and move it elsewhere"
        )
        return replace(_warning(printable(name), message), warning=False)
    return _warning(
        printable(name), _("is no file of the ledger and is not read: move it elsewhere")
    )


def _beside_releases(folder: Path) -> list[str]:
    inside = folder / RELEASES
    return [
        name
        for name in _names(inside)
        if not re.fullmatch(NAME, name) and (name[0] == "." or not (inside / name).is_dir())
    ]


def _has_tables(folder: Path) -> bool:
    """Say whether a folder, or one in it, has a file that a release may have."""
    part = table_files() | {DESCRIPTION}
    return any(not part.isdisjoint(files) for _path, _folders, files in os.walk(folder))


def _in_releases(folder: Path) -> list[str]:
    part = table_files() | {DESCRIPTION}
    return [
        f"{release.name}/{name}"
        for release in finished(folder)
        for name in _names(release)
        if name not in part
    ]


def misplaced(folder: Path) -> list[Problem]:
    """
    Report what is in the place of releases and is none: they are never read or cleared.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.

    Returns
    -------
    list of Problem
        An error for a folder among the releases that may be a copy of one and have what is
        withheld since, for a file that is named like one, and for a file in the place of the
        folder of all. A warning for a folder that file systems and file managers leave.
    """
    inside = folder / RELEASES
    if os.path.lexists(inside) and not inside.is_dir():
        message = _("is not a folder, so no release is found and none can be made: move it")
        return [_error(message)]
    form = _("“{name}” is a folder, but no release: move it elsewhere")
    found = [
        replace(_error(form.format(name=printable(name))), warning=not _has_tables(inside / name))
        for name in strays(folder)
    ]
    form = _("“{name}” is named like a release, but is not a folder: move it elsewhere")
    return found + [
        _error(form.format(name=name))
        for name in _names(inside)
        if re.fullmatch(NAME, name) and not (inside / name).is_dir()
    ]
