"""The ledger's entities, frozen: what one row of each file means once it has passed its checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from geo.model.dates import Interval
from geo.model.vocabulary import COUNTRY, WORLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One citable page."""

    id: str
    url: str
    archive_url: str
    publisher: str
    via: str
    title: str
    published: str
    language: str
    kind: str
    source_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    One dated public act or statement.

    Attributes
    ----------
    about : tuple of str
        Record ids, or the single word ``country`` or ``world``.
    elsewhere : bool
        Whether it is about another place in the country, which is no record; ``about`` is then
        the country.
    sets : str
        The latest word that it leaves on the records in ``about``; empty for none.
    position : int
        Place in the file's standard form, which orders the events of one day.
    """

    id: str
    country: str
    said: Interval
    said_on_basis: str
    happened: Interval | None
    event_type: str
    actor_type: str
    authority: str
    summary: str
    about: tuple[str, ...]
    sets: str
    repeat_of: str
    differs_from: tuple[str, ...]
    note: str
    sources: tuple[str, ...]
    position: int
    elsewhere: bool = False
    order: tuple[date, date, date, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # the replay's order: by when it happened, then by when it was said, then as filed
        when = (self.happened or self.said).end
        object.__setattr__(self, "order", (when, self.said.end, self.said.first, self.position))

    @property
    def as_printed(self) -> tuple[date, date, int]:
        """The key that sorts printed lists: by the date in front of an entry, then as filed."""
        return (self.said.end, self.said.first, self.position)

    @property
    def about_records(self) -> tuple[str, ...]:
        """The record ids in ``about``; empty when it speaks of a country or the world."""
        return () if self.about in ((COUNTRY,), (WORLD,)) else self.about

    def public_by(self, day: date) -> bool:
        """Say whether the event was public by the end of a day."""
        return self.said.end.toordinal() <= day.toordinal() + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """
    The words of a page on which an event rests.

    Attributes
    ----------
    event, source : str
        Ids of the event and of the page; together they name the row.
    text : str
        The original, in its own script.
    language : str
        Primary subtag of BCP 47.
    translation : str
        In English; empty where the original is.
    speech : str
        ``direct`` for the speaker's own words, ``indirect`` for a report of them.
    """

    event: str
    source: str
    text: str
    language: str
    translation: str
    speech: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """
    One place, or country, about which a claimant has made the claim.

    Attributes
    ----------
    point : tuple of float or None
        Centre of the city as (lat, lon) in decimal degrees (WGS 84); None where no city
        is known: then its mark is at the name of its country.
    """

    id: str
    host_country: str
    host_city: str
    host_region: str
    place_label: str
    origin_province: str
    origin_city: str
    claim_list: str
    functions: tuple[str, ...]
    said_open_from: str
    summary: str
    last_checked: str
    sources: tuple[str, ...]
    point: tuple[float, float] | None

    @property
    def jurisdiction(self) -> str:
        """The code of the jurisdiction named in the claim; empty where none is."""
        return self.origin_city.lower()

    @property
    def precision(self) -> str:
        """How finely the place is known: ``city``, ``region`` or ``country``."""
        return "city" if self.host_city else "region" if self.host_region else "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure that others claim; the atlas does not derive it from its rows."""

    id: str
    country: str
    subject: str
    value: int
    unit: str
    period: str
    claimed_by: str
    actor_type: str
    claimed_on: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A Chinese jurisdiction that the claims name, and what its own bodies have said."""

    province: str
    city: str
    public_body: str
    first_known: str
    claimed: str
    note: str
    sources: tuple[str, ...]

    @property
    def jurisdiction(self) -> str:
        """The code of the city or county: ``wenzhou`` of “Wenzhou (Ouhai district)”."""
        return self.city.partition(" (")[0].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """
    One entry of the register: what changed between two releases.

    Attributes
    ----------
    record : str
        The id of the row that changed; empty where it may not be named.
    stood_days : int or None
        Days for which the old value was the published one; None for a row that was added.
    """

    id: str
    date: str
    record: str
    field: str
    before: str
    after: str
    reason: str
    stood_days: int | None


@dataclass(frozen=True, slots=True)
class Excluded:
    """Something that was looked at and left out, and why."""

    country: str
    what: str
    why: str
    decided_on: str
