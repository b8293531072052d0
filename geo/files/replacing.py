"""
Writing a folder as a whole, and replacing one.

No system renames a folder to the name of another that is not empty, so the new one first
gets a name that readers prefer to the old one.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from geo.files.writing import (
    Draft,
    flush_names,
    make_folder,
    make_readable,
    remaining,
    system_errors,
    write_flushed,
)

#: suffix of a folder that replaces the folder of the same name without it; no editor or file
#: manager gives it to its copies
SUCCESSOR = ".atlas-successor"


def _like(path: Path, model: Path) -> None:
    """Give a file or a folder the group and the mode of another."""
    wanted = model.stat()
    if path.stat().st_gid != wanted.st_gid:
        os.chown(path, -1, wanted.st_gid)
    # after the group, since to change it clears bits of the mode
    path.chmod(stat.S_IMODE(wanted.st_mode))


def _modelled(draft: Path, model: Path) -> None:
    """Give a folder, and what is in it, the groups and modes of another; add empty folders."""
    inside = [path.relative_to(model) for path in sorted(model.rglob("*"))]
    for path in inside:
        if (model / path).is_dir():
            (draft / path).mkdir(exist_ok=True)
    # from within, as a folder may not be writable afterwards
    for path in reversed(inside):
        if (draft / path).exists():
            _like(draft / path, model / path)
    _like(draft, model)


def drafted_folder(path: Path, files: Mapping[str, bytes], model: Path | None = None) -> Draft:
    """
    Write the files of a folder that does not exist yet to a draft.

    Parameters
    ----------
    path : Path
        The folder; those above it are made if they are missing.
    files : mapping of str to bytes
        Content by the file's path in the folder.
    model : Path, optional
        A folder whose groups, modes and empty folders the new one gets; until it has them,
        it is private. Without one it can be read by whoever may read the folder that it is in.

    Returns
    -------
    Draft
        Complete and not yet in place.

    Raises
    ------
    FileUnusable
        When one of them cannot be written; no draft is left then.
    """
    draft = Draft(path, path.name)
    try:
        with system_errors(path.name):
            draft.drop()
            make_folder(path.parent)
            draft.path.mkdir(mode=0o700 if model else 0o777)
            flush_names(path.parent.parent)
            for name, content in files.items():
                file = draft.path / name
                file.parent.mkdir(parents=True, exist_ok=True)
                write_flushed(file, content)
            for folder in {(draft.path / name).parent for name in files}:
                flush_names(folder)
            if model:
                _modelled(draft.path, model)
            else:
                make_readable(draft.path, path.parent)
                for made in sorted(draft.path.rglob("*")):
                    make_readable(made, made.parent)
    except BaseException:
        draft.drop()
        raise
    return draft


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
