"""
What an address shows, for page, share page, API answer, picture and file alike.

The ledger's files are read once for each state of theirs and shared by all. ``v=`` names
a release in ``data/releases/``, and an address that does so shows that release; what is
withheld by now is withheld there too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path

from geo.errors import AtlasError
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import NO_CARD
from geo.link.permalink import State, decode, withdrawal
from geo.link.readings import (
    newest,
    release_as_of,
    releases_of,
    snapshot,
)
from geo.link.selection import Selection
from geo.link.signatures import files_of, written
from geo.link.state import unarranged
from geo.model.entities import Record
from geo.releases.pinned import Pinned


@dataclass(frozen=True, kw_only=True)
class Edition:
    """
    The ledger that an address names.

    Attributes
    ----------
    dataset : Dataset
        The ledger that is shown.
    newest : Dataset
        The ledger as its files were when they were last good; the same where no release is named.
    modified : datetime
        When a file was written last, in UTC, to the second; not before this midnight.
    pinned : Pinned or None
        The release that is shown instead of it, and what has changed since.
    problem : str
        Why the release that the address names cannot be shown, as a sentence; else empty.
    refused : tuple of str
        Why the files as they are now are not shown, a sentence each; else empty.
    lifted : int
        How many entries of withheld.csv have gone since the start.
    """

    dataset: Dataset
    newest: Dataset
    modified: datetime
    pinned: Pinned | None = None
    problem: str = ""
    refused: tuple[str, ...] = ()
    lifted: int = 0


def _modified(nanoseconds: int, today: date) -> datetime:
    last = datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC)
    # views without an as-of date change at midnight, though no file does
    return max(last, datetime.combine(today, time(), tzinfo=UTC))


def edition(folder: Path, version: str, today: date) -> Edition:
    """
    Return the ledger that a version names.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    version : str
        8 hex digits; empty for the latest ledger.
    today : date
        Dates after it are in the future.

    Returns
    -------
    Edition
        Of the latest ledger also where no release has the version.

    Raises
    ------
    LedgerUnreadable
        With a sentence for the reader, when nothing can be served.
    """
    current = newest(folder, today)
    latest = current.reading.dataset
    plain = Edition(
        dataset=latest,
        newest=latest,
        modified=_modified(current.written, today),
        refused=current.refused,
        lifted=current.lifted,
    )
    if not version or version == latest.version:
        return plain
    try:
        # all files count: what is withheld by now may have been removed from one of them
        of_releases = files_of(folder, "releases/*/*.*")
        # looked up first: an unknown version must not evict a release from the cache
        release = releases_of(folder, of_releases).named(version)
        if release is None:
            return plain
        opened = release_as_of(folder, of_releases, current.reading, today, release)
    except AtlasError as error:
        return replace(plain, problem=str(error))
    modified = _modified(max(current.written, written(of_releases)), today)
    return replace(plain, dataset=opened.dataset, modified=modified, pinned=opened)


@dataclass(frozen=True)
class Opened:
    """
    What an address shows.

    Attributes
    ----------
    edition : Edition
        The ledger that it names.
    state : State
        Its parameters, as far as they can be read.
    notices : tuple of str
        One sentence for each value that was ignored.
    today : date
        The last day that can be asked for.
    withdrawal : str
        The notice that the card in the link was withdrawn; empty where there is none.
    """

    edition: Edition
    state: State
    notices: tuple[str, ...]
    today: date
    withdrawal: str = ""

    @property
    def dataset(self) -> Dataset:
        """The ledger that is shown."""
        return self.edition.dataset

    @property
    def snapshot(self) -> Snapshot:
        """That ledger on the day shown."""
        return snapshot(self.dataset, self.state.as_of or self.today)

    @property
    def newest(self) -> Snapshot:
        """That ledger today, for what was said after the day shown."""
        return snapshot(self.dataset, self.today)

    @property
    def dated(self) -> State:
        """The same view, pinned to its day and version, for readers who were sent the link."""
        return replace(
            self.state, as_of=self.state.as_of or self.today, version=self.dataset.version
        )

    @property
    def fixed(self) -> State:
        """The selection alone, pinned to its day and version: the link in a file."""
        return replace(unarranged(self.dated), layer=self.state.layer, **NO_CARD)

    @cached_property
    def selection(self) -> Selection:
        """What the filters pick."""
        return self.state.filters.select(self.snapshot)

    @property
    def shown(self) -> tuple[Record, ...]:
        """The records that are on the page: the selected ones, and that of an open card."""
        card = self.dataset.records_by_id.get(self.state.record)
        selected = self.selection.records
        return selected if card is None or card in selected else (*selected, card)


def open_address(folder: Path, query: Mapping[str, Sequence[str]], today: date) -> Opened:
    """
    Read an address.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    query : mapping of str to sequence of str
        Its parameters, as `permalink.parse_query` splits them.
    today : date
        The last day that may be asked for.

    Returns
    -------
    Opened
        What it shows; values that cannot be read are ignored, each with a notice.

    Raises
    ------
    LedgerUnreadable
        With a sentence for the reader, when nothing can be served.
    """
    versions = [version for version in query.get("v", ()) if version]
    ledger = edition(folder, versions[-1] if versions else "", today)
    state, notices = decode(query, ledger.dataset, today)
    if ledger.problem:
        notices.append(ledger.problem)
    said = withdrawal(query, ledger.dataset)
    return Opened(ledger, state, tuple(notices), today, said)
