"""Screenshots of every page, and how far two of them differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser

#: code -> address of what is looked at
VIEWS = {
    "map": "/",
    "filtered": "/?province=CN-ZJ&asof=2022-12-05",
    "detail": "/?view=50.00_8.00_5",
    "card": "/?record=nl-amsterdam-1",
    "country": "/?place=NL",
    "timeline": "/timeline",
    "past": "/timeline?asof=2022-12-05",
    "countries": "/countries",
    "data": "/data",
    "about": "/about",
    "record-page": "/s/nl-amsterdam-1",
}
#: width and height of windows: desks, a tablet, a phone upright and on its side
WINDOWS = ((1400, 900), (1920, 1080), (1280, 720), (768, 1024), (390, 844), (844, 390))
THEMES = ("light", "dark")
#: all that a page does of its own accord is done: fonts, the map's frame, Streamlit
_SETTLED = """() => document.fonts.status === "loaded"
  && (!document.getElementById("page") || document.documentElement.dataset.live === "true")
  && (!new URLSearchParams(location.search).has("view")
      || document.getElementById("live").classList.contains("drawn"))"""
_SECONDS = 60
_CELL = 8  # pixels of a screenshot that are compared together: smoothing of edges is no change
_SEEN = 20  # of 255: a smaller change of a cell is not seen


@dataclass(frozen=True, slots=True)
class Shot:
    """
    One screenshot to take.

    Attributes
    ----------
    view : str
        A code of `VIEWS`.
    width, height : int
        Of the window, in CSS pixels.
    theme : str
        ``light`` or ``dark``.
    """

    view: str
    width: int
    height: int
    theme: str

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.view}-{self.width}x{self.height}-{self.theme}.png"


def shots() -> Iterator[Shot]:
    """List every view in every window and theme."""
    for view in VIEWS:
        for width, height in WINDOWS:
            for theme in THEMES:
                yield Shot(view, width, height, theme)


def take(browser: Browser, url: str, shot: Shot) -> Image.Image:
    """
    Take a screenshot once the page has settled.

    Parameters
    ----------
    browser : Browser
        Whose process is used.
    url : str
        Of the server.
    shot : Shot
        What to take.

    Returns
    -------
    Image
        Of the window, one pixel a CSS pixel.
    """
    touch = min(shot.width, shot.height) < 500
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.theme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=touch,
        is_mobile=touch,
    )
    try:
        page = context.new_page()
        # a font that comes late is for the next page
        page.goto(f"{url}/about")
        page.evaluate("() => Promise.allSettled([...document.fonts].map((f) => f.load()))")
        page.goto(url + VIEWS[shot.view])
        page.wait_for_function(_SETTLED, timeout=_SECONDS * 1000)
        taken = page.screenshot(animations="disabled", caret="hide")
    finally:
        context.close()
    return Image.open(BytesIO(taken)).convert("RGB")


def write(image: Image.Image, path: Path) -> None:
    """Write a screenshot with a palette of its colours, a third of the size."""
    reduced = image.quantize(128, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)


def changed(one: Image.Image, other: Image.Image) -> float:
    """
    Return the share of two screenshots in which a reader sees a change.

    Parameters
    ----------
    one, other : Image
        Of the same view.

    Returns
    -------
    float
        0 for the same picture; 1 for windows of different sizes.
    """
    if one.size != other.size:
        return 1.0
    cells = [
        np.asarray(image.convert("RGB").reduce(_CELL), dtype=np.int16) for image in (one, other)
    ]
    return float((np.abs(cells[0] - cells[1]).max(axis=2) > _SEEN).mean())
