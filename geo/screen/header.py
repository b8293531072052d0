"""The head of every page: title, pages and share menu; headline, permanent line and notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

from markupsafe import Markup

from geo.link.addresses import NO_CARD, PAGES, changes_page
from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.screen.menus import ways_out
from geo.screen.notices import linked_notices
from geo.screen.record_list import COUNTRIES as ALL_COUNTRIES
from geo.screen.share import offers
from geo.views.rendering import linked, render
from geo.wording import N_, _, ngettext
from geo.words.findings import first_days
from geo.words.headline import ANSWERED, COUNTRIES, RECORDS, Headline, headline
from geo.words.preview_text import PAGE_TITLES
from geo.words.summary import sentence

#: the least numbers of characters of a headline that is set smaller so that it keeps its height,
#: everywhere and on a phone
LONG, LONG_ON_PHONES = 84, 70

_FILTERS = ("filters", N_("Skip to the filters"))
#: parts of each page that a link at its beginning leads to
SKIPS: Mapping[str, Sequence[tuple[str, str]]] = {
    "map": (
        ("live", N_("Skip to the map")),
        ("list", N_("Skip to the list")),
        _FILTERS,
    ),
    "timeline": (("entries", N_("Skip to the entries")), _FILTERS),
    "countries": (("countries", N_("Skip to the countries")), _FILTERS),
    "data": (("records", N_("Skip to the records")), _FILTERS),
}


def _skips(screen: Screen) -> list[tuple[str, str]]:
    # a card takes the place of the list
    gone = "list" if screen.opens_card else ""
    return [(part, _(label)) for part, label in SKIPS.get(screen.page, ()) if part != gone]


def header(screen: Screen) -> Markup:
    """Write the links past the head, the title, the pages and the share menu."""
    return render(
        "top.html",
        click=screen.click,
        share=offers(screen),
        pages=[(code, _(label)) for code, label in PAGE_TITLES.items()],
        here=screen.page,
        skips=_skips(screen),
    )


def opening(screen: Screen) -> Markup:
    """Write headline, permanent line and notices."""
    state = screen.state
    said = headline(screen.selection, state.as_of)
    counted, finding = _linked(screen, said), finding_of(screen)
    return render(
        "opening.html",
        click=screen.click,
        **_pinned(screen),
        here=screen.page,
        # elsewhere the day is in the filters, and what takes it away beside it
        past=bool(state.as_of) and screen.page == "about",
        notices=linked_notices(screen.opened, "/" + PAGES[screen.page]),
        headline=finding or counted,
        counted=counted if finding else "",
        # other words are a new node: parts of the old ones would move on the page
        key=f"{crc32((finding or said.text).encode(errors='replace')):x}",
        size=_size(finding or said.text),
        announced=_announced(screen),
        sentence=sentence(screen.selection),
        loosen=ways_out(screen),
        total=len(screen.selection.records),
    )


def _size(text: str) -> str:
    """Return the class of a headline that is set smaller; empty for the usual size."""
    if len(text) >= LONG:
        return " long"
    return " longish" if len(text) >= LONG_ON_PHONES else ""


def finding_of(screen: Screen) -> str:
    """Return the finding that a page has as its headline; empty if it has none."""
    finding = first_days(screen.selection) if screen.page == "timeline" else None
    return finding.headline if finding else ""


def _linked(screen: Screen, said: Headline) -> Markup:
    """Return the headline with its figures as links."""
    addresses = {
        RECORDS: screen.href("data") + "#records",
        COUNTRIES: screen.href("map", side=ALL_COUNTRIES) + "#list",
        ANSWERED: screen.href("countries", coverage="listed_answered") + "#countries",
    }
    counted = linked(said.counted, *(addresses[name] for name in said.links))
    rest = Markup("{} {}").format(counted, said.clauses) if said.clauses else counted
    if not said.day:
        return rest
    return Markup(_("As of {day}: {rest}")).format(day=said.day, rest=rest)


def _announced(screen: Screen) -> str:
    """Say in short what a change has led to, for readers who hear the page."""
    n = len(screen.selection.records)
    day = spoken(screen.state.as_of.isoformat()) if screen.state.as_of else _("today")
    return ngettext("{n} record. As of {day}.", "{n} records. As of {day}.", n, day=day)


def _pinned(screen: Screen) -> dict[str, Any]:
    """Return the notice on the release that the link names, and the address of its changes."""
    release = screen.opened.edition.pinned
    if release is None:
        return {"pinned": "", "changed": False, "changes": ""}
    shown, state = screen.opened.shown, screen.state
    if state.record in screen.selection.record_ids:
        # the card is one of those that are counted, and its address would name it alone
        state = replace(state, **NO_CARD)
    return {
        "pinned": release.notice(shown),
        "changed": bool(release.changed(shown)),
        "changes": changes_page(state),
    }
