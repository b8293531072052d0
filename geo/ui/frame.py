"""
The frame around every page: the main script of the application.

It is outside ``pages/`` so that a cold link to a page runs it too.
"""

from __future__ import annotations

import logging

import streamlit as st

from geo.link.addresses import PAGES
from geo.link.root import rooted
from geo.paths import PAGES as FOLDER
from geo.screen.page import unavailable
from geo.ui import live
from geo.wording import _
from geo.words.permanent_lines import TITLE


def main() -> None:
    """Run one page; show any error as a sentence and log it for the host."""
    pages = [
        st.Page(FOLDER / f"{code}.py", title=code, url_path=path, default=not path)
        for code, path in PAGES.items()
    ]
    page = st.navigation(pages, position="hidden")
    try:
        page.run()
    except Exception:
        logging.getLogger("atlas").exception("a page failed")
        code = next(code for code, path in PAGES.items() if path == page.url_path)
        sentence = _(
            "This page could not be displayed. Nothing is lost: reload it, or go to the "
            "start page. The cause is in the site’s log."
        )
        said = {
            "title": TITLE,
            "address": rooted("/" + page.url_path),
            "ignored": True,
            "page": "sorry",
        }
        live.send(code, live.query(), unavailable(sentence), said)


main()
