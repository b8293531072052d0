"""Signatures of files: what changes when a file does, found without opening any of them."""

from __future__ import annotations

import os
from pathlib import Path

from geo.files.identity import content_digest
from geo.files.package import table_files

#: path, size, inode, times of writing and of any change, in nanoseconds
Stamp = tuple[str, int, int, int, int]
#: the stamp of each file, in the order of their paths
Signature = tuple[Stamp, ...]


def stamp(file: str | Path) -> Stamp:
    """Return the stamp of a file; zeros where there is none."""
    try:
        status = os.stat(file)
    except OSError:
        # removed since the folder was listed, as the drafts of a release are
        return str(file), 0, 0, 0, 0
    return (
        str(file),
        status.st_size,
        status.st_ino,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def written(signature: Signature) -> int:
    """Return when a file of a signature was written last, in nanoseconds since 1970."""
    return max((mtime for _file, _size, _inode, mtime, _changed in signature), default=0)


def changed(folder: Path, signature: Signature) -> int:
    """
    Return when the file system changed a file or the list of files last.

    Parameters
    ----------
    folder : Path
        The folder of the files.
    signature : Signature
        Their signature.

    Returns
    -------
    int
        In nanoseconds since 1970, by the clock of the file system. Copying with its times
        kept does not make a file older than it is here.
    """
    return max(one[4] for one in (*signature, stamp(folder)))


def tables_of(folder: Path) -> Signature:
    """Return the signature of the tables of a folder; other files in it are read by nobody."""
    try:
        with os.scandir(folder) as entries:
            found = [e.path for e in entries if e.name in table_files()]
    except OSError:
        # without a folder there are no files; reading it says so
        return ()
    return tuple(stamp(path) for path in sorted(found))


def files_of(folder: Path, pattern: str) -> Signature:
    """
    Return the signature of the files under a folder that match a pattern.

    Parameters
    ----------
    folder : Path
        Need not exist.
    pattern : str
        As `Path.glob` takes it.

    Returns
    -------
    Signature
        In the order of their paths.
    """
    return tuple(stamp(file) for file in sorted(folder.glob(pattern)))


def ledger_files(folder: Path) -> Signature:
    """
    Return the signature of all files that a reading of a ledger depends on.

    A release has its corrections from the start, and corrections.csv a moment later.
    """
    return tables_of(folder) + files_of(folder, "releases/*/release.json")


def digest_of(folder: Path, signature: Signature) -> str:
    """
    Return the digest of the content of the files of a signature.

    Parameters
    ----------
    folder : Path
        The names of the files are taken relative to it.
    signature : Signature
        Of files in that folder.

    Returns
    -------
    str
        64 hex digits.
    """
    return content_digest(folder, (Path(one[0]) for one in signature))
