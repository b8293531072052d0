"""The share menu of every page: links, share page, citation, figures, files, feeds."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from geo.exports.citations import FORMATS
from geo.exports.downloads import ENTRIES, EVERYTHING, brief_downloads
from geo.link import addresses
from geo.link.embed_addresses import embed_code
from geo.link.opening import Opened
from geo.screen import data, timeline
from geo.screen.context import Screen
from geo.wording import _
from geo.words.citations import Citation, citation


def cited(screen: Screen) -> Citation:
    """Return the citation of the open card, or else of the selection."""
    address = urljoin(screen.origin, addresses.cited(screen.opened.dated))
    configuration = screen.configuration
    return citation(
        screen.opened, address, configuration.publisher, configuration.imprint, screen.page
    )


def citation_files(opened: Opened) -> list[tuple[str, str]]:
    """List the files with a view's citation: label and address, pinned to day and version."""
    return [(_(f.label), addresses.citation(opened.dated, f.ending)) for f in FORMATS]


def fixed_link(screen: Screen) -> str:
    """
    Return the link to exactly what is seen: with day, version and all that arranges the page.

    Parameters
    ----------
    screen : Screen
        What is seen. Its map's frame is in its address already.

    Returns
    -------
    str
        Path and query; the live link where this installation fixes released versions alone.
    """
    if not offers_fixed(screen):
        return live_link(screen)
    return screen.href(**screen.fixed, **arranged(screen))


def live_link(screen: Screen) -> str:
    """Return the link that goes on with the ledger, without day and version."""
    return screen.href(as_of=None, version="")


def offers_fixed(screen: Screen) -> bool:
    """Say whether this installation offers fixed links to the version that is shown."""
    return screen.opened.edition.released or not screen.configuration.fixes_released_only


def arranged(screen: Screen) -> dict[str, Any]:
    """
    Return what a page chooses by itself and a fixed link says.

    Parameters
    ----------
    screen : Screen
        Of the page.

    Returns
    -------
    dict of str to str
        Fields of the state: rows and period of the timeline, lengths of lists.
    """
    if screen.page == "timeline":
        return timeline.settings(screen)
    return {"listed": str(data.shown(screen.state.listed))} if screen.page == "data" else {}


def _files(screen: Screen) -> list[tuple[str, str]]:
    """List the files of the open card, or else of the selection; an entry's have no records."""
    state = screen.opened.dated
    contents = (ENTRIES, EVERYTHING) if state.event else ()
    return brief_downloads(addresses.selected(state), *contents)


def offers(screen: Screen) -> dict[str, Any]:
    """Return the addresses and the citation of this view, by their names in the template."""
    dated = screen.opened.dated
    figure = addresses.timeline_figure if screen.page == "timeline" else addresses.figure
    fixed, is_fixed = fixed_link(screen), offers_fixed(screen)
    is_embedded = screen.configuration.embedded_by and screen.origin
    return {
        "fixed": fixed,
        "is_fixed": is_fixed,
        "released": screen.opened.edition.released,
        "live": live_link(screen),
        "page": addresses.share_page(dated),
        "citation": cited(screen).text,
        "citation_files": citation_files(screen.opened),
        "png": figure(dated, "png"),
        "svg": figure(dated, "svg"),
        "files": _files(screen),
        "feed": addresses.feed(screen.state),
        "embed": embed_code(screen.page, screen.state) if is_embedded else "",
    }
