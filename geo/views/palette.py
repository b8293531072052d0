"""
The colours of the atlas: two hues, paper, and the greys between them.

Charts and pictures take them from here; ``make assets`` writes them into the style sheets,
and a test compares ``.streamlit/config.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """
    The colours of one theme, as ``#rrggbb``.

    Attributes
    ----------
    paper, soft : str
        Behind text, and behind what is set off from it.
    ink, blue : str
        The two hues: blue for the words of host authorities and links, ink for the rest.
    muted : str
        Text that may be read later; at least 4.5 : 1 on paper and on soft.
    rule, edge : str
        Lines of a page; the darker lines of maps and pictures, which have less room.
    sea, land, border : str
        The map.
    """

    paper: str
    soft: str
    ink: str
    blue: str
    muted: str
    rule: str
    edge: str
    sea: str
    land: str
    border: str


LIGHT = Palette(
    paper="#fbfaf6",
    soft="#f1eee5",
    ink="#23262b",
    blue="#1f5fa8",
    muted="#63666b",
    rule="#d9d4c6",
    edge="#c9c3b4",
    sea="#f3f1ea",
    land="#e4dfd2",
    border="#fbfaf6",
)
DARK = Palette(
    paper="#1b1e23",
    soft="#262a31",
    ink="#e8e6df",
    blue="#8ab8ee",
    muted="#a7abb2",
    rule="#3b414a",
    edge="#474d57",
    sea="#14171b",
    land="#2a2f37",
    border="#14171b",
)
#: pages on white sheets
PRINT = replace(
    LIGHT, paper="#ffffff", soft="#ffffff", ink="#000000", muted="#444444", rule="#bbbbbb"
)
