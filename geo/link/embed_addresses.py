"""The addresses of embeds, of the page with their code, and of oEmbed."""

from __future__ import annotations

from dataclasses import replace

from geo.link.addresses import TIMELINE_SETTINGS, with_query
from geo.link.state import State, unarranged

#: what other sites may show in a frame: a card or the map, and the timeline
EMBED, EMBED_TIMELINE = "/embed", "/embed/timeline"
EMBEDS = frozenset({EMBED, EMBED_TIMELINE})
#: the pages with the code of a frame
EMBED_CODE, TIMELINE_CODE = "/embed/code", "/embed/code/timeline"
EMBED_CODES = frozenset({EMBED_CODE, TIMELINE_CODE})
#: how a page is embedded, for publishing systems
OEMBED = "/oembed"


def embed(page: str, state: State) -> str:
    """
    Return the address of a view as other sites show it in a frame.

    Parameters
    ----------
    page : str
        A code of `PAGES`: the timeline is shown as one, every other page as the map.
    state : State
        What the link carries; an open card is shown alone, whatever the page.

    Returns
    -------
    str
        Path and query, without what only the dashboard shows.
    """
    plain = unarranged(state)
    if state.record or state.event or state.place:
        return with_query(EMBED, plain)
    if page == "timeline":
        kept = {name: getattr(state, name) for name in TIMELINE_SETTINGS}
        return with_query(EMBED_TIMELINE, replace(plain, **kept))
    view = state.view if page == "map" else None
    return with_query(EMBED, replace(plain, view=view, layer=state.layer if view else ""))


def embed_code(page: str, state: State) -> str:
    """
    Return the page with the code that embeds a view.

    Parameters
    ----------
    page : str
        A code of `PAGES`.
    state : State
        What the link carries.

    Returns
    -------
    str
        Below that of the embed, with the same query.
    """
    path, mark, query = embed(page, state).partition("?")
    return path.replace(EMBED, EMBED_CODE, 1) + mark + query
