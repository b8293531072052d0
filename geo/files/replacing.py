"""
Replacing a folder as a whole.

No system renames a folder to the name of another that is not empty, so the new one first
gets a name that readers prefer to the old one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from geo.files.writing import Draft, drafted_folder, flush_names, remaining, system_errors

#: suffix of a folder that replaces the folder of the same name without it; no editor or file
#: manager gives it to its copies
SUCCESSOR = ".atlas-successor"


def replace_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """
    Replace a folder: readers find the old one or the new one, never a part.

    No system renames a folder to the name of another that is not empty. So the new one is
    first named with `SUCCESSOR` at its end, and readers prefer it to the old one.

    Parameters
    ----------
    path : Path
        The folder; the new one gets its groups, modes and empty folders.
    files : mapping of str to bytes
        Content by the file's path in the folder.

    Raises
    ------
    FileUnusable
        When something cannot be written. Readers find the old folder or the new one then,
        and `succeed` renames the new one.
    """
    with drafted_folder(path.with_name(path.name + SUCCESSOR), files, path) as draft:
        draft.put()
    succeed(path)


def succeed(path: Path) -> None:
    """
    Remove a folder that has a successor, and give the successor its name.

    Parameters
    ----------
    path : Path
        The folder without `SUCCESSOR` in its name.

    Raises
    ------
    FileUnusable
        When the system refuses; readers find the new folder all the same. Also when the
        old one cannot be removed, which then is a draft.
    """
    old = Draft(path, path.name)
    try:
        with system_errors(path.name):
            if path.exists():
                os.replace(path, old.path)
            os.replace(path.with_name(path.name + SUCCESSOR), path)
        flush_names(path.parent)
    finally:
        gone = old.drop()
    if not gone:
        raise remaining(old.path)
