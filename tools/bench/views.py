"""
What is loaded, and how a clock in the page sees that it is there.

Conditions are JavaScript of the page: ``readable`` is what a reader has come for, ``live`` is
what answers a click without a page load.
"""

from __future__ import annotations

from dataclasses import dataclass

#: of an element: it has a size and is not hidden
SEEN = (
    "const seen = (e) => e != null && e.getClientRects().length > 0 &&"
    " e.checkVisibility({ visibilityProperty: true, opacityProperty: true });"
    "const find = (selector) => document.querySelector(selector);"
    "const frame = () => { const f = find('#live iframe');"
    " return seen(f) ? f.contentDocument : null; };"
)
_LIVE = "document.documentElement.dataset.live === 'true'"
_DRAWN = f"{_LIVE} && find('#live.drawn') !== null"
# a unit of the two maps, or a tile of small screens
_SYMBOLS = "['[data-map] [data-place]', '.country-tile'].some((symbol) => seen(find(symbol)))"
_UNIT = "[data-panel=map] li a"
_SENTENCE = "seen(find('#sentence'))"


@dataclass(frozen=True)
class View:
    """
    One address, with its conditions.

    Attributes
    ----------
    name : str
        For the tables.
    path : str
        With its query.
    readable, live : str
        Conditions; ``seen``, ``find`` and ``frame`` are functions that they may call.
    """

    name: str
    path: str
    readable: str
    live: str


def atlas_views(record: str) -> list[View]:
    """
    List the views of the atlas that are loaded.

    Parameters
    ----------
    record : str
        Id of the record whose card is opened.

    Returns
    -------
    list of View
        The five pages, the detail map, and the map with a card.
    """
    # the symbols of the picture, or of the map itself where that has come first
    symbols = f"(seen(find('{_UNIT}')) || frame()?.querySelector('[data-unit]') != null)"
    return [
        View("/", "/", f"{_SENTENCE} && {_SYMBOLS}", _LIVE),
        View("/ with a view", "/?view=50.00_10.00_4", f"{_SENTENCE} && {symbols}", _DRAWN),
        View("/ with a card", f"/?record={record}", "seen(find('article.card'))", _LIVE),
        View("/timeline", "/timeline", _SENTENCE, _LIVE),
        View("/countries", "/countries", _SENTENCE, _LIVE),
        View("/data", "/data", _SENTENCE, _LIVE),
        View("/about", "/about", "seen(find('[data-panel=about] h2'))", _LIVE),
    ]


_THERE = "seen(find('[data-testid=stText]'))"
_MARKERS = "frame()?.querySelector('.leaflet-marker-icon') != null"
_DASH = "seen(find('.leaflet-marker-icon'))"
EMPTY = View("empty Streamlit page, defaults", "/", _THERE, _THERE)
FOLIUM = View("streamlit-folium, defaults", "/", _MARKERS, _MARKERS)
DASH = View("dash-leaflet", "/", _DASH, _DASH)
