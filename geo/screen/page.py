"""
The pages of the dashboard: which blocks each has, in reading order.

One list for all: the document that a browser gets first and the updates that follow over
the websocket are made from it, so they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from sys import getsizeof

from markupsafe import Markup

from geo.link.rendered import RenderedCache
from geo.link.state import encode
from geo.screen import countries, data, timeline
from geo.screen.about import about
from geo.screen.cards import card
from geo.screen.context import Screen
from geo.screen.coverage_table import coverage_table
from geo.screen.days import days
from geo.screen.filters import filters
from geo.screen.foot import foot, sorry
from geo.screen.header import header, opening
from geo.screen.legend import legend
from geo.screen.map import map_picture
from geo.screen.overview import overview
from geo.screen.provenance import provenance
from geo.screen.record_list import record_list
from geo.screen.three_sides import three_sides
from geo.screen.views import views
from geo.views.layer import view_text
from geo.views.rendering import render

Blocks = Mapping[str, Markup]
Write = Callable[[Screen], Markup]

#: the block that stands in the map's box until the map itself is drawn
MAP = "map"
#: the block that says what the address could not
OPENING = "opening"
#: the blocks before and after the main part of a page
TOP, FOOT = "top", "foot"
#: the map page without a view, and the map of one
OVERVIEW, DETAIL = "overview", "detail"


def form(screen: Screen) -> str:
    """Return `OVERVIEW` or `DETAIL`, the two forms of the map page, by the address alone."""
    return DETAIL if screen.state.view else OVERVIEW


def _map(screen: Screen) -> Markup:
    return overview(screen) if form(screen) == OVERVIEW else map_picture(screen)


_HEAD: dict[str, Write] = {
    TOP: header,
    "provenance": provenance,
    OPENING: opening,
    "filters": filters,
}
_BLOCKS: dict[str, dict[str, Write]] = {
    "map": {
        "views": views,
        MAP: _map,
        "legend": legend,
        "days": days,
        "card": card,
        "list": record_list,
    },
    "timeline": {
        "timeline-tools": timeline.tools,
        "timeline": timeline.chart,
        "timeline-words": timeline.words_over_time,
        "timeline-list": timeline.entries,
        "card": card,
    },
    "countries": {
        "contents": countries.contents,
        "country": countries.country,
        "countries": countries.countries,
        "china": countries.china,
        "jurisdictions": countries.jurisdictions,
        "coverage": coverage_table,
        "card": card,
    },
    "data": {
        "records": data.records_table,
        "events": data.events_table,
        "note": data.files_note,
        "card": card,
    },
}
_MAP_HEAD: dict[str, Write] = {
    TOP: header,
    "provenance": provenance,
    OPENING: opening,
    "sides": three_sides,
    "filters": filters,
}
PAGES: Mapping[str, Mapping[str, Write]] = {
    **{
        page: (_MAP_HEAD if page == "map" else _HEAD) | own | {FOOT: foot}
        for page, own in _BLOCKS.items()
    },
    "about": {
        TOP: header,
        "provenance": provenance,
        OPENING: opening,
        "about": about,
        FOOT: foot,
    },
}


def _size(written: Blocks) -> int:
    return sum(getsizeof(html) for html in written.values())


#: blocks of pages, shared by documents and sessions: most readers look at the same few views
_cache: RenderedCache[Blocks] = RenderedCache(8 * 2**20, _size)


def blocks(screen: Screen, *, picture: bool = True) -> Blocks:
    """
    Write the blocks of a page, by name and in reading order; some may be empty.

    What the address could not say is in no cached block: a stranger can make any number of
    notices.

    Parameters
    ----------
    screen : Screen
        What they show.
    picture : bool
        Whether the map's picture is drawn; a page that has its map needs none.

    Returns
    -------
    mapping of str to Markup
        From a cache: not to be changed.
    """
    opened = replace(screen.opened, notices=())
    silent = replace(screen, opened=opened)
    view = (encode(opened.state), opened.today)
    written = _cache.get_or_make(
        (screen.page, screen.origin, screen.configuration, picture, *view),
        lambda: {
            name: write(silent) if picture or name != MAP or form(screen) == OVERVIEW else Markup()
            for name, write in PAGES[screen.page].items()
        },
        reading=opened.dataset,
    )
    return {**written, OPENING: opening(screen)} if screen.opened.notices else written


def view(screen: Screen) -> str:
    """Return the map's view as a link has it, brought back into range; empty without one."""
    return view_text(screen.state.view) if screen.state.view else ""


def address(screen: Screen) -> str:
    """Return path and query of what a page shows, without the map's view."""
    return screen.href(view=None)


def unavailable(message: str) -> Blocks:
    """Return the one block of a page that cannot be shown, which says why."""
    return {"sorry": sorry(message)}


def page(
    code: str,
    written: Blocks,
    shown: str,
    *,
    form: str = OVERVIEW,
    view: str = "",
    ignored: bool = False,
) -> Markup:
    """
    Write the page around its blocks, as a document carries it.

    Parameters
    ----------
    code : str
        Of the page.
    written : mapping of str to Markup
        Its blocks, as `blocks` returns them.
    shown : str
        Path and query of what they show.
    form : str
        `OVERVIEW` or `DETAIL`, which styles tell apart.
    view : str
        The map's view, as `view` returns it.
    ignored : bool
        Whether the address that was asked for has a value that was ignored.

    Returns
    -------
    Markup
        With the box in which the map, once it is there, takes the place of its picture.
    """
    names = [name for name in written if name not in (TOP, FOOT)]
    # the box is in the document of every page, so that a page without a map leaves it in place
    before = names[: names.index(MAP)] if MAP in names else [n for n in names if n in _HEAD]
    after = [name for name in names if name not in before and name != MAP]
    return render(
        "page.html",
        code=code,
        address=shown,
        form=form,
        view=view,
        ignored=ignored,
        open=bool(written.get("card")),
        top=written.get(TOP),
        before=[(name, written[name]) for name in before],
        picture=written.get(MAP, ""),
        after=[(name, written[name]) for name in after],
        foot=written.get(FOOT),
    )
