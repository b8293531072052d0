"""
A page of the dashboard while its socket is open: its blocks, and the map's frame.

Everything that a page shows is in its address, so a run is a function of the address alone
and a session keeps nothing that a reader would miss: any server can answer for any other.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from geo.configuration import Configuration
from geo.errors import AtlasError
from geo.ledger.dataset import today
from geo.link.addresses import PAGES
from geo.link.normalising import read_query
from geo.link.opening import open_address
from geo.link.root import rooted
from geo.paths import data_folder
from geo.screen.context import Screen
from geo.screen.page import DETAIL, MAP, Blocks, address, blocks, form, unavailable, view
from geo.ui.atlas_map import draw_map
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import describe

#: hands the data of a run to the page's own script, which is outside Streamlit's root; a text
#: of one line would be taken for the name of a file
_RECEIVER = """
export default ({ data, setTriggerValue }) => {
  window.atlas?.receive(data, () => setTriggerValue("missed", true));
};
"""
_SENT = "sent"
#: whether the last run has drawn the map of a view
_DRAWN = "drawn"


def query() -> dict[str, list[str]]:
    """Return the query of the address as the browser has sent it."""
    return {name: list(st.query_params.get_all(name)) for name in st.query_params}


def show(page: str) -> None:
    """
    Send a page to the browser, for the address that it has.

    Parameters
    ----------
    page : str
        One of `geo.link.addresses.PAGES`.
    """
    asked = query()
    said: dict[str, Any]
    try:
        opened = open_address(data_folder(), read_query(urlencode(asked, doseq=True)), today())
    except AtlasError as error:
        # the address stays: it can be shown once the ledger can
        said = {
            "title": TITLE,
            "address": rooted("/" + PAGES[page]),
            "ignored": True,
            "page": "sorry",
        }
        send(page, asked, unavailable(str(error)), said)
        return
    configuration = Configuration.from_environment()
    shown_at = urlsplit(st.context.url or "")
    origin = configuration.origin(shown_at.scheme, shown_at.netloc)
    # with a slash, as the documents have it: both share what is rendered
    screen = Screen(opened, configuration, page, origin + rooted("/") if origin else "")
    text = describe(page, opened.state, opened.snapshot)
    said = {
        "title": text.title,
        "address": rooted(address(screen)),
        "ignored": bool(opened.notices),
        "form": form(screen),
        "view": view(screen),
    }
    detail = page == "map" and form(screen) == DETAIL
    if detail:
        said["layer"] = draw_map(screen)
    # a page that has its map, or is about to leave it, needs no picture
    had_map = bool(st.session_state.get(_DRAWN))
    send(page, asked, blocks(screen, picture=not had_map), said)
    st.session_state[_DRAWN] = detail


def send(page: str, asked: dict[str, list[str]], written: Blocks, said: dict[str, Any]) -> None:
    """
    Send the blocks of a page; of those that the browser has, the name alone.

    Parameters
    ----------
    page : str
        Its code.
    asked : dict of str to list of str
        The query that it answers.
    written : mapping of str to Markup
        Its blocks.
    said : dict
        Title, address and layer.
    """
    before = st.session_state.get(_SENT, {})
    now = {name: _digest(html) for name, html in written.items()}
    # the picture of a map that is there is empty, and leaves the one on the page as it is
    fresh = [
        [
            name,
            str(html) if (html or name != MAP) and before.get(name) != now[name] else None,
            now[name],
        ]
        for name, html in written.items()
    ]
    query_text = urlencode(asked, doseq=True)
    path = rooted("/" + PAGES[page])
    data = {
        "page": page,
        "asked": f"{path}?{query_text}" if query_text else path,
        "blocks": fresh,
        **said,
    }
    _component()(key="page", data=data, on_missed_change=forget)
    st.session_state[_SENT] = now


def forget() -> None:
    """Send every block again: a run that was cut short may never have reached the browser."""
    st.session_state.pop(_SENT, None)


def _digest(html: str) -> str:
    return hashlib.blake2b(html.encode(errors="replace"), digest_size=8).hexdigest()


@cache
def _component() -> Any:
    return st.components.v2.component("atlas-page", js=_RECEIVER, isolate_styles=False)
