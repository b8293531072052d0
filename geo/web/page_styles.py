"""Which style sheets a page has: inside its document, or after what is painted first."""

from __future__ import annotations

from collections.abc import Sequence

from geo.screen.context import Screen
from geo.screen.page import DETAIL, form
from geo.views.asset_urls import is_asset

#: the style of the detail map, in its frame too
DETAIL_MAP = "detail-map.css"
#: the style of the list beside the map, in whose place a card opens
LIST = "list.css"
#: the style of all pages but the map's
LONG = "page-long.css"
#: what no first paint shows: it comes after the page, which is drawn without it
LATER = ("menus.css",)


def sheets(code: str) -> list[str]:
    """
    List the style sheets of a page, which need not have one for itself.

    Parameters
    ----------
    code : str
        Of the page.

    Returns
    -------
    list of str
        File names, in the order in which they count.
    """
    own = f"page-{code}.css"
    listed = [DETAIL_MAP, own, LIST] if code == "map" else [LONG, own]
    return [name for name in listed if is_asset(name)]


def styles(code: str, unseen: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """
    List the style sheets inside a document, and those after it.

    A page brings its own; those of another come when the reader goes there.

    Parameters
    ----------
    code : str
        Of the page.
    unseen : sequence of str
        Those that nothing in the document's first paint needs.

    Returns
    -------
    within, after : list of str
        File names.
    """
    own = sheets(code)
    within = ["fonts.css", "atlas.css", *(name for name in own if name not in unseen)]
    return within, [*LATER, *(name for name in own if name in unseen)]


def unseen_sheets(screen: Screen) -> list[str]:
    """
    List the style sheets of what a screen does not show at first.

    Parameters
    ----------
    screen : Screen
        The page, with its card and its form.

    Returns
    -------
    list of str
        File names.
    """
    state = screen.state
    card = bool(state.record or state.event or state.place)
    needless = {DETAIL_MAP: form(screen) != DETAIL, LIST: card}
    return [name for name, without in needless.items() if without]
