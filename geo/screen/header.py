"""The header of every page: title, pages, share menu, the sentence, the permanent line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from geo.link.addresses import NO_CARD, changes_page
from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.screen.menus import loosened
from geo.screen.share import offers
from geo.views.rendering import render
from geo.wording import _
from geo.words.notices import shortened
from geo.words.preview_text import PAGE_TITLES
from geo.words.summary import filter_words, sentence


def header(screen: Screen) -> Markup:
    """Write title, pages, share menu, sentence, permanent line and notices."""
    selection, as_of = screen.selection, screen.state.as_of
    past = _("Showing what had been said in public by the end of {date}.")
    return render(
        "top.html",
        click=screen.click,
        share=offers(screen),
        **_pinned(screen),
        pages=[(code, _(label)) for code, label in PAGE_TITLES.items()],
        here=screen.page,
        past=past.format(date=spoken(as_of.isoformat())) if as_of else "",
        notices=shortened(screen.opened.notices),
        sentence=sentence(selection),
        loosen=loosened(screen),
        picked=filter_words(screen.state.filters),
        total=len(selection.records),
    )


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
