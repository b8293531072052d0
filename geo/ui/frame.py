"""
The frame around every page: the main script of the application.

It reads the address, draws the header and the filters, runs the page, and writes the
address. It is outside ``pages/`` so that a cold link to a page runs it too.
"""

from __future__ import annotations

import logging

import streamlit as st

from geo.errors import AtlasError
from geo.link.addresses import PAGES
from geo.paths import PAGES as FOLDER
from geo.ui import blocks, messages, session, style
from geo.ui.atlas import begin
from geo.wording import _


def main() -> None:
    """Run one page; show any error as a sentence and log it for the host."""
    try:
        run()
    except Exception:
        logging.getLogger("atlas").exception("a page failed")
        blocks.sorry(
            _(
                "Something went wrong while this page was made. Nothing is lost: reload it, or "
                "open the start page. The people who run this site find the cause in its log."
            )
        )


def run() -> None:
    """Draw the header and the filters, the page, the foot; then write the address."""
    pages = {
        code: st.Page(FOLDER / f"{code}.py", title=code, url_path=path, default=not path)
        for code, path in PAGES.items()
    }
    st.session_state["pages"] = pages
    page = st.navigation(list(pages.values()), position="hidden")
    code = next(c for c, p in pages.items() if p.url_path == page.url_path)
    style.apply()
    try:
        screen = begin(code)
    except AtlasError as error:
        blocks.sorry(str(error))
        return
    style.title(screen)
    messages.follow()
    places = blocks.header_places(screen)
    try:
        page.run()
    except Exception:
        blocks.header(screen, places)
        raise
    # above the page, but sent after it: the map is what a reader waits for
    blocks.header(screen, places)
    blocks.foot(screen)
    session.write()


main()
