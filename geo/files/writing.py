"""
Writing files and folders whole or not at all.

New content is written next to its target, flushed to the disk, and put in place by one
rename. A writer that is killed before that leaves a draft, whose name begins with a point
and which the next writer removes.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from geo.errors import FileUnusable
from geo.wording import _


@contextlib.contextmanager
def system_errors(name: str) -> Iterator[None]:
    """Raise what the system refuses as an error with a sentence."""
    try:
        yield
    except OSError as error:
        form = _("{name} could not be written and is as before: {why}.")
        raise FileUnusable(form.format(name=name, why=error.strerror or str(error))) from error


def flush_names(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can do that."""
    # the rename has happened either way, so an error here must not report it as failed
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _write(path: Path, content: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(opened, left) :]
        os.fsync(opened)
    finally:
        os.close(opened)


class Draft:
    """
    A file or a folder that is written and not yet in place.

    In a ``with`` statement, what was not put in place at its end is removed.

    Attributes
    ----------
    path : Path
        Where it is until then: in the folder of its target, since a rename is atomic only
        within one file system.
    target : Path
        Where it will be.
    """

    def __init__(self, target: Path, name: str) -> None:
        self.target = target
        self.path = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        self._name = name

    def put(self) -> None:
        """
        Put it in place by one rename: readers see the old content or the new, never a part.

        Raises
        ------
        FileUnusable
            When the system refuses; the old content is then unchanged.
        """
        with system_errors(self._name):
            os.replace(self.path, self.target)
        flush_names(self.target.parent)

    def drop(self) -> bool:
        """Remove it if it is not in place, and say whether it is gone."""
        return _remove(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()


def _remove(path: Path) -> bool:
    """Remove a file or a folder, and say whether it is gone."""
    # what cannot be removed now is swept away later
    with contextlib.suppress(OSError):
        if not path.is_dir() or path.is_symlink():
            path.unlink(missing_ok=True)
            return True
        with contextlib.suppress(OSError):
            shutil.rmtree(path)
            return True
        # the content of a folder that may not be written cannot be removed
        for folder in (path, *path.rglob("*")):
            if folder.is_dir() and not folder.is_symlink():
                folder.chmod(0o700)
        shutil.rmtree(path)
    return not path.exists()


def remaining(path: Path) -> FileUnusable:
    """Return the error that a draft could not be removed."""
    form = _("{path} could not be removed, and may contain what is withheld: delete it.")
    return FileUnusable(form.format(path=path))


def drafted(path: Path, text: str) -> Draft:
    """
    Write a text to a draft of the file that it is for.

    Parameters
    ----------
    path : Path
        The file; a link is followed, not replaced. Folders are made if they are missing.
        The new file gets the mode of the old one.
    text : str
        Written as UTF-8 with its line ends as they are.

    Returns
    -------
    Draft
        Complete and not yet in place.

    Raises
    ------
    FileUnusable
        When it cannot be written; no draft is left then.
    """
    with system_errors(path.name):
        draft = Draft(path.resolve(), path.name)
    try:
        with system_errors(path.name):
            draft.target.parent.mkdir(parents=True, exist_ok=True)
            _write(draft.path, text.encode("utf-8"))
            if draft.target.exists():
                shutil.copymode(draft.target, draft.path)
    except BaseException:
        draft.drop()
        raise
    return draft


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
        it is private.

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
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.path.mkdir(mode=0o700 if model else 0o777)
            flush_names(path.parent.parent)
            for name, content in files.items():
                file = draft.path / name
                file.parent.mkdir(parents=True, exist_ok=True)
                _write(file, content)
            for folder in {(draft.path / name).parent for name in files}:
                flush_names(folder)
            if model:
                _modelled(draft.path, model)
    except BaseException:
        draft.drop()
        raise
    return draft


def write_atomically(path: Path, text: str) -> None:
    """
    Replace the content of a file: readers see the old content or the new, never a part.

    Parameters
    ----------
    path : Path
        Made if it is missing, folders included; a link is followed, not replaced.
    text : str
        Written as UTF-8 with its line ends as they are.

    Raises
    ------
    FileUnusable
        When the file cannot be written; the old one is then unchanged.
    """
    with drafted(path, text) as draft:
        draft.put()


def sweep(folder: Path, targets: str) -> None:
    """
    Remove drafts that a killed writer left.

    Parameters
    ----------
    folder : Path
        Where they may be; folders in it are not searched.
    targets : str
        Pattern of the names of the files or folders whose drafts they are; what is no draft
        of one of these is left alone.

    Raises
    ------
    FileUnusable
        With a sentence, when one of them cannot be removed.
    """
    draft = re.compile(rf"\.(?:{targets})\.[0-9]+\.tmp")
    found: list[Path] = []
    with contextlib.suppress(OSError):
        found = [path for path in folder.iterdir() if draft.fullmatch(path.name)]
    for path in found:
        if not _remove(path):
            raise remaining(path)
