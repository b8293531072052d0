"""
Readings of the ledger's files: each made once, shared by all, dropped when it is outdated.

A reading is a large number of objects that last. The server has each of them frozen, so that
the garbage collector does not walk them again and again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from geo.files.reading import forget_contents
from geo.ledger.dataset import Dataset
from geo.ledger.reading import Reading
from geo.ledger.snapshot import Snapshot
from geo.link.last_good import STILL, Current, LastGood
from geo.link.signatures import Signature, digest_of, files_of
from geo.model.private_parties import private_party
from geo.releases.listing import Release, Releases, find_releases
from geo.releases.pinned import Pinned, pinned

#: a server has one folder; tests have many
FOLDERS = 2
#: days of which a snapshot is kept: a stranger may ask for any day, and each is a whole ledger
SNAPSHOTS = 16
_opening = Lock()
_folders: dict[Path, LastGood] = {}
_freezing = False
_still: tuple[float, Callable[[], float]] = STILL, time.time


def freeze_readings() -> None:
    """Freeze what is there, and each reading from now on; for the server, which lasts."""
    global _freezing
    _freezing = True
    _freeze()


def require_still(seconds: float, clock: Callable[[], float] = time.time) -> None:
    """
    Forget all readings, and set for how long files must be still before they are read.

    Parameters
    ----------
    seconds : float
        `geo.link.last_good.STILL` unless it is set.
    clock : callable
        Returns the seconds since 1970.
    """
    global _still
    _still = seconds, clock
    with _opening:
        _folders.clear()
    _forget()


def newest(folder: Path, day: date) -> Current:
    """
    Return the ledger as its files were when they were last good.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    day : date
        Dates after it are in the future.

    Returns
    -------
    Current
        Shared by all callers. When the files change, it is another one after a second.

    Raises
    ------
    LedgerUnreadable
        With a sentence for the reader, when nothing can be served.
    """
    known = _folders.get(folder)
    if known is None:
        with _opening:
            known = _folders.get(folder)
            if known is None:
                while len(_folders) >= FOLDERS:
                    del _folders[next(iter(_folders))]
                seconds, clock = _still
                known = LastGood(folder, _forget, seconds=seconds, clock=clock)
                _folders[folder] = known
    return known.current(day)


def _forget() -> None:
    for cached in (snapshot, _pinned, releases_of, is_released):
        cached.cache_clear()
    forget_contents()
    private_party.cache_clear()
    if _freezing:
        _freeze()


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


@lru_cache(maxsize=4)
def is_released(folder: Path, dataset: Dataset) -> bool:
    """
    Say whether a ledger is that of a release, so that a link to its version goes on showing it.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    dataset : Dataset
        As it was read; a release made since is a new reading of it.

    Returns
    -------
    bool
        False also where the release is damaged.
    """
    # a damaged one of this version is named where a link asks for it: here the files are shown
    return any(one.version == dataset.version for one in known_releases(folder).whole)


_pinning = Lock()


@lru_cache(maxsize=8)
def _pinned(
    folder: Path, signature: Signature, newest: Reading, day: date, release: Release
) -> Pinned:
    # before the files are read: if one changes in between, the older digest goes with the newer
    # content and is never asked for again. The other way round, a client that has the older
    # content would be told that it has not changed
    digest = digest_of(folder, signature) + newest.dataset.digest
    opened = pinned(release, newest, day)
    return replace(opened, dataset=replace(opened.dataset, digest=digest))


def release_as_of(
    folder: Path, signature: Signature, newest: Reading, day: date, release: Release
) -> Pinned:
    """
    Return an opened release, from a cache of 8.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    signature : Signature
        Of the files of all its releases.
    newest : Reading
        The ledger that is served.
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
    with _pinning:
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
