"""
What an address shows, for page, share page, API answer, picture and file alike.

The ledger's files are read once for each state of theirs and shared by all. ``v=`` names
a release in ``data/releases/``, and an address that does so shows that release; what is
withheld by now is withheld there too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path

from geo.errors import AtlasError
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import NO_CARD
from geo.link.ignored import Ignored
from geo.link.permalink import State, read_link, withdrawal
from geo.link.readings import (
    is_released,
    newest,
    release_as_of,
    releases_of,
    snapshot,
)
from geo.link.selection import Selection
from geo.link.signatures import files_of, written
from geo.link.state import unarranged
from geo.model.dates import latest_day_of
from geo.model.entities import Record
from geo.releases.pinned import Pinned
from geo.wording import _


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
    released : bool
        Whether the ledger that is shown is that of a release.
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
    released: bool = False


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
        In UTC.

    Returns
    -------
    Edition
        Of the latest ledger also where no release has the version.

    Raises
    ------
    LedgerUnreadable
        With a sentence for the reader, when nothing can be served.
    """
    # an entry of today in the east is part of the ledger, and shown when its day has come here
    latest_day = latest_day_of(today)
    current = newest(folder, latest_day)
    latest = current.reading.dataset
    plain = Edition(
        dataset=latest,
        newest=latest,
        modified=_modified(current.written, today),
        refused=current.refused,
        lifted=current.lifted,
        released=is_released(folder, latest),
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
        opened = release_as_of(folder, of_releases, current.reading, latest_day, release)
    except AtlasError as error:
        return replace(plain, problem=str(error))
    modified = _modified(max(current.written, written(of_releases)), today)
    return replace(plain, dataset=opened.dataset, modified=modified, pinned=opened, released=True)


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
        One sentence for each part that was ignored, and for a withdrawn card, a version that
        has moved on and a release that cannot be shown.
    today : date
        The last day that can be asked for.
    withdrawal : str
        The notice that the card in the link was withdrawn; empty where there is none.
    ignored : tuple of Ignored
        The names and values of the address that cannot be read, each with the reason.
    """

    edition: Edition
    state: State
    notices: tuple[str, ...]
    today: date
    _: KW_ONLY
    withdrawal: str = ""
    ignored: tuple[Ignored, ...] = ()

    @property
    def dataset(self) -> Dataset:
        """The ledger that is shown."""
        return self.edition.dataset

    @property
    def unread(self) -> tuple[Ignored, ...]:
        """What of the address is not in a file of it: what is ignored, and another version."""
        asked = self.state.version
        if self.served.version == asked:
            return self.ignored
        why = _("no release has this version, or it cannot be read; the latest ledger is {new}")
        return (*self.ignored, Ignored("v", asked, why.format(new=self.dataset.version)))

    @property
    def served(self) -> State:
        """The state without a version that is not shown."""
        is_shown = self.state.version in ("", self.dataset.version)
        return self.state if is_shown else replace(self.state, version="")

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
    link = read_link(query, ledger.dataset, today)
    problems = (ledger.problem,) if ledger.problem else ()
    said = withdrawal(query, ledger.dataset)
    return Opened(
        ledger, link.state, (*link.notices, *problems), today, withdrawal=said, ignored=link.ignored
    )
