"""A feed as a page, for people who open its address in a browser."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from geo.exports.feeds import Feed
from geo.screen.plain_pages import STYLE
from geo.views.rendering import render
from geo.words.source_rows import source_description


def feed_page(feed: Feed, links: Mapping[str, str]) -> Markup:
    """
    Write a feed as a page.

    Parameters
    ----------
    feed : Feed
        Its content.
    links : mapping of str to str
        The absolute addresses of its pages, by their relation: ``self``, ``next`` and so on.

    Returns
    -------
    Markup
        A whole document, without a script.
    """
    page = feed.address + (f"?{feed.query}" if feed.query else "")
    return render(
        "feed.html", feed=feed, links=links, page=page, style=STYLE, line=source_description
    )
