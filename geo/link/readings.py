"""
Readings of the ledger's files: each made once, shared by all, dropped when it is outdated.

A reading is a large number of objects that last. The server has each of them frozen, so that
the garbage collector does not walk them again and again.
"""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from geo.files.identity import content_digest
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.releases.listing import Release, Releases, find_releases
from geo.releases.pinned import Pinned, pinned

#: path, size and time of each file
Signature = tuple[tuple[str, int, int], ...]
#: a day begins while requests of the day before are answered
READINGS = 2
#: days of which a snapshot is kept: a stranger may ask for any day, and each is a whole ledger
SNAPSHOTS = 16
#: after a change of the files one request reads them while the others wait
_reading = Lock()
_newest: dict[tuple[Path, date], tuple[Signature, Dataset]] = {}
_freezing = False


def freeze_readings() -> None:
    """Freeze what is there, and each reading from now on; for the server, which lasts."""
    global _freezing
    _freezing = True
    _freeze()


def tables_of(folder: Path) -> Signature:
    """Return the signature of the CSV files of a folder, in the order of their names."""
    try:
        with os.scandir(folder) as entries:
            found = [e.path for e in entries if e.name.endswith(".csv")]
    except OSError:
        # without a folder there are no files; reading it says so
        return ()
    return tuple((path, *_stamp(path)) for path in sorted(found))


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
    return tuple((str(file), *_stamp(file)) for file in sorted(folder.glob(pattern)))


def _stamp(file: str | Path) -> tuple[int, int]:
    try:
        status = os.stat(file)
    except OSError:
        # removed since the folder was listed, as the drafts of a release are
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _digest(folder: Path, signature: Signature) -> str:
    return content_digest(folder, (Path(file) for file, _size, _mtime in signature))


def newest(folder: Path, signature: Signature, day: date) -> Dataset:
    """
    Return the ledger as its files are now.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    signature : Signature
        Of its files. With another one than before they are read again, and what was cached of
        the outdated reading is dropped.
    day : date
        Dates after it are in the future.

    Returns
    -------
    Dataset
        Shared by all callers.

    Raises
    ------
    LedgerUnreadable
        With a sentence for the reader, when nothing can be served.
    """
    place = folder, day
    with _reading:
        known = _newest.get(place)
        if known and known[0] == signature:
            return known[1]
        outdated = _newest.pop(place, None) is not None
        # the digest first: if a file changes in between, the older digest goes with the newer
        # content and is never asked for again. The other way round, a client that has the
        # older content would be told that it has not changed
        digest = _digest(folder, signature)
        dataset = replace(Dataset.load(folder, day), digest=digest)
        while len(_newest) >= READINGS:
            del _newest[next(iter(_newest))]
            outdated = True
        _newest[place] = signature, dataset
        del known
        if outdated:
            _forget()
        if _freezing:
            _freeze()
        return dataset


def _forget() -> None:
    for cached in (snapshot, _pinned, releases_of):
        cached.cache_clear()


def _freeze() -> None:
    # an outdated reading is frozen too, and would never be collected where it is in a cycle
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def known_releases(folder: Path) -> Releases:
    """Return the releases of a folder; their files are read once for each state of them."""
    # all files count: what is withheld by now may have been removed from one of them
    return releases_of(folder, files_of(folder, "releases/*/*.*"))


@lru_cache(maxsize=2)
def releases_of(folder: Path, signature: Signature) -> Releases:
    """
    Return the releases of a folder, each compared with its checksums, from a cache.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    signature : Signature
        Of the files of all releases.

    Returns
    -------
    Releases
        Shared by all callers; nothing is raised for those that are damaged.
    """
    return find_releases(folder)


@lru_cache(maxsize=8)
def _pinned(
    folder: Path, signature: Signature, newest: Dataset, day: date, release: Release
) -> Pinned:
    # before the files are read, as for the newest
    digest = _digest(folder, signature) + newest.digest
    opened = pinned(folder, release, newest, day)
    return replace(opened, dataset=replace(opened.dataset, digest=digest))


def release_as_of(
    folder: Path, signature: Signature, newest: Dataset, day: date, release: Release
) -> Pinned:
    """
    Return an opened release, from a cache of 8.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    signature : Signature
        Of its files and those of all releases.
    newest : Dataset
        The ledger as its files are now.
    day : date
        Dates after it are in the future.
    release : Release
        One of its releases.

    Returns
    -------
    Pinned
        Shared by all callers.

    Raises
    ------
    AtlasError
        With a sentence, when the release cannot be read.
    """
    with _reading:
        return _pinned(folder, signature, newest, day, release)


@lru_cache(maxsize=SNAPSHOTS)
def snapshot(dataset: Dataset, day: date) -> Snapshot:
    """
    Return the ledger as it was at the end of a day, from a cache of `SNAPSHOTS`.

    Parameters
    ----------
    dataset : Dataset
        The checked ledger.
    day : date
        The day, included.

    Returns
    -------
    Snapshot
        Shared by all callers.
    """
    return Snapshot(dataset, day)
