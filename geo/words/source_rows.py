"""Sources in words: one line each, and the list of a card, a row a publisher."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.dates import spoken
from geo.model.entities import Source
from geo.model.vocabulary import SOURCE_CLASSES
from geo.wording import _

#: the order of a list: what weighs most comes first
_ORDER = (
    "official",
    "independent_press",
    "party",
    "campaign_press",
    "copy",
    "forum_or_blog",
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """
    The pages of one publisher.

    Attributes
    ----------
    pages : tuple of (Source, str)
        Each with its description; the first one names the publisher.
    kind : str
        What kind of source they are.
    """

    pages: tuple[tuple[Source, str], ...]
    kind: str


def _publisher(source: Source) -> str:
    """Name who published a page, and whose copy was read; each name once."""
    if re.search(rf"(?<!\w){re.escape(source.publisher)}(?!\w)", source.via):
        return source.via
    return source.publisher + (f" ({source.via})" if source.via else "")


def source_line(source: Source) -> str:
    """Describe a source in one line: its own title, else publisher, date and language."""
    when = spoken(source.published) if source.published else _("undated")
    publisher = _publisher(source)
    if source.title:
        return f"{publisher}: {source.title} ({when}, {source.language})"
    return f"{publisher}, {when}, {source.language}"


def _further(source: Source) -> str:
    """Describe a further page of a publisher that has been named."""
    when = spoken(source.published) if source.published else _("undated")
    named = source.title or source.via
    return f"{named} ({when}, {source.language})" if named else f"{when}, {source.language}"


def by_publisher(sources: Iterable[Source]) -> tuple[tuple[str, tuple[Source, ...]], ...]:
    """Group sources by their publisher, in the order of the first one of each."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(source.publisher, []).append(source)
    return tuple((publisher, tuple(pages)) for publisher, pages in groups.items())


def source_rows(sources: Iterable[Source]) -> tuple[SourceRow, ...]:
    """
    List sources by their class, and those of one publisher in one row.

    Parameters
    ----------
    sources : iterable of Source
        Each once.

    Returns
    -------
    tuple of SourceRow
        Official sources first, then the independent press, parties, campaign press, copies,
        forums and blogs; a publisher with pages of several classes stands with the first of
        them.
    """
    ordered = sorted(sources, key=lambda s: _ORDER.index(s.source_class))
    return tuple(
        SourceRow(
            ((first, source_line(first)), *((page, _further(page)) for page in rest)),
            " · ".join(dict.fromkeys(_(SOURCE_CLASSES[s.source_class]) for s in (first, *rest))),
        )
        for _name, (first, *rest) in by_publisher(ordered)
    )
