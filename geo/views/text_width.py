"""
Widths of text in the vendored font, for drawings that no browser lays out.

They are advance widths without kerning, which only ever draws letters nearer to each other.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache

from geo.paths import ASSETS

FONTS = ASSETS / "source-sans-3.52.0"
REGULAR, BOLD = 400, 600
#: what a letter takes that the font lacks: another font of the machine draws it
_WIDE, _NARROW = 1000, 620


@cache
def advances() -> dict[int, dict[str, int]]:
    """Return by weight how wide each letter is, in thousandths of its size."""
    table = json.loads((FONTS / "widths.json").read_text(encoding="utf-8"))
    return {
        int(weight): {chr(int(code)): width for code, width in widths.items()}
        for weight, widths in table.items()
    }


@lru_cache(maxsize=8192)
def width(text: str, size: float, weight: int = REGULAR) -> float:
    """
    Return the width of a text.

    Parameters
    ----------
    text : str
        On one line.
    size : float
        Of the letters, in pixels or units of the drawing.
    weight : int
        `REGULAR` or `BOLD`.

    Returns
    -------
    float
        In the unit of ``size``.
    """
    table = advances()[weight]
    total = 0
    for character in text:
        known = table.get(character)
        if known is None:
            known = _WIDE if unicodedata.east_asian_width(character) in "WF" else _NARROW
        total += known
    return total * size / 1000
