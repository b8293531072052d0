"""What the share menu of every page offers: links, share page, citation, figures, feeds."""

from __future__ import annotations

from geo.link import addresses
from geo.ui.atlas import Atlas
from geo.words.citations import citation


def offers(atlas: Atlas) -> dict[str, str]:
    """The addresses and the citation of this view, by what the template calls them."""
    fixed = atlas.opened.dated
    return {
        "fixed": atlas.href(**atlas.fixed),
        "live": atlas.href(as_of=None, version=""),
        "page": addresses.share_page(fixed),
        "citation": citation(
            atlas.opened, atlas.absolute(**atlas.fixed), atlas.configuration.imprint
        ),
        "png": addresses.figure(fixed, "png"),
        "svg": addresses.figure(fixed, "svg"),
        "csv": addresses.data_file(fixed, "records.csv"),
        "geojson": addresses.data_file(fixed, "records.geojson"),
        "feed": addresses.feed(atlas.state),
    }
