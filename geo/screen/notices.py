"""The notices of a page, with links to what may have been meant."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from geo.link.addresses import NO_CARD
from geo.link.ignored import Ignored
from geo.link.normalising import written_query
from geo.link.opening import Opened
from geo.link.parameters import CARDS
from geo.link.permalink import State, encode
from geo.wording import _
from geo.words.notices import shortened


@dataclass(frozen=True, slots=True)
class Notice:
    """
    One notice.

    Attributes
    ----------
    sentence : str
        What is said.
    question : Markup
        What may have been meant, with links; empty for most notices.
    """

    sentence: str
    question: Markup = field(default_factory=Markup)


def linked_notices(opened: Opened, path: str) -> list[Notice]:
    """
    Return the notices of an address.

    Parameters
    ----------
    opened : Opened
        What the address shows.
    path : str
        Of the page, without a query.

    Returns
    -------
    list of Notice
        As many as a page shows.
    """
    asked = {ignored.sentence: ignored for ignored in opened.ignored if ignored.candidates}
    return [
        _asking(asked[sentence], opened.state, path) if sentence in asked else Notice(sentence)
        for sentence in shortened(opened.notices)
    ]


def _asking(ignored: Ignored, state: State, path: str) -> Notice:
    links = []
    for name, value in ignored.candidates:
        # one card is open at a time
        around = replace(state, **NO_CARD) if name in CARDS else state
        query = written_query(f"{encode(around)}&{name}={value}")
        link = Markup('<a href="{}">{}</a>').format(f"{path}?{query}", f"{name}={value}")
        links.append(link)
    question = escape(_("Did you mean {page}?")).format(page=Markup(", ").join(links))
    return Notice(ignored.statement, question)
