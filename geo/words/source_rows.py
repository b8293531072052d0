"""Sources in words: one line each, and the list of a card, a row a publisher."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.dates import spoken
from geo.model.entities import Source
from geo.model.names import language_name
from geo.model.vocabulary import SOURCE_CLASSES
from geo.wording import _
from geo.words.typography import typographic

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
class Description:
    """
    A source in one line, in the parts that a page needs to mark the title's language.

    Attributes
    ----------
    before, title, after : str
        Publisher, the page's own title in its language, date and language; publisher and
        title may be empty.
    """

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.title}{self.after}"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """
    The pages of one publisher.

    Attributes
    ----------
    pages : tuple of (Source, Description)
        Each with its description; the first one names the publisher.
    kind : str
        What kind of source they are.
    """

    pages: tuple[tuple[Source, Description], ...]
    kind: str


def _publisher(source: Source) -> str:
    """Name who published a page, and whose copy was read; each name once."""
    if re.search(rf"(?<!\w){re.escape(source.publisher)}(?!\w)", source.via):
        return source.via
    return source.publisher + (f" ({source.via})" if source.via else "")


def _circumstances(source: Source) -> tuple[str, str]:
    """Return a source's date and the name of its language; an unknown code as it is."""
    when = spoken(source.published) if source.published else _("undated")
    return when, language_name(source.language)


def source_line(source: Source) -> str:
    """Describe a source in one line: its own title, else publisher, date and language."""
    return str(source_description(source))


def source_name(source: Source) -> str:
    """Name a source for a label, without its title: publisher, date and language."""
    return typographic(", ".join((_publisher(source), *_circumstances(source))))


def source_description(source: Source) -> Description:
    """
    Describe a source in one line, in its parts.

    Parameters
    ----------
    source : Source
        A page.

    Returns
    -------
    Description
        Publisher, the page's own title if it has one, date and language.
    """
    publisher, around = _publisher(source), ", ".join(_circumstances(source))
    if source.title:
        return Description(f"{publisher}: ", source.title, f" ({around})")
    return Description(publisher, "", f", {around}")


def _further(source: Source) -> Description:
    """Describe a further page of a publisher that has been named."""
    around = ", ".join(_circumstances(source))
    if source.title:
        return Description("", source.title, f" ({around})")
    return Description(source.via, "", f" ({around})" if source.via else around)


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
            ((first, source_description(first)), *((page, _further(page)) for page in rest)),
            " · ".join(dict.fromkeys(_(SOURCE_CLASSES[s.source_class]) for s in (first, *rest))),
        )
        for _name, (first, *rest) in by_publisher(ordered)
    )
