"""The share menu of every page: links, share page, citation, figures, files, feeds."""

from __future__ import annotations

from geo.link import addresses
from geo.screen.context import Screen
from geo.words.citations import citation


def offers(screen: Screen) -> dict[str, str]:
    """Return the addresses and the citation of this view, by their names in the template."""
    fixed = screen.opened.dated
    return {
        "fixed": screen.href(**screen.fixed),
        "live": screen.href(as_of=None, version=""),
        "page": addresses.share_page(fixed),
        "citation": citation(
            screen.opened, screen.absolute(**screen.fixed), screen.configuration.imprint
        ),
        "png": addresses.figure(fixed, "png"),
        "svg": addresses.figure(fixed, "svg"),
        "csv": addresses.data_file(fixed, "records.csv"),
        "geojson": addresses.data_file(fixed, "records.geojson"),
        "feed": addresses.feed(screen.state),
    }
