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
        Lines between parts of a page; the edges of controls, at least 3 : 1 on paper, soft and
        land.
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
    muted="#55585d",
    rule="#d9d4c6",
    edge="#868171",
    sea="#fbfaf6",
    land="#e9e5da",
    border="#fbfaf6",
)
DARK = Palette(
    paper="#17191d",
    soft="#22262c",
    ink="#e8e6df",
    blue="#8ab8ee",
    muted="#b1b0ab",
    rule="#3a3f47",
    edge="#7c838e",
    sea="#17191d",
    land="#2b2f36",
    border="#17191d",
)
#: pages on white sheets
PRINT = replace(
    LIGHT, paper="#ffffff", soft="#ffffff", ink="#000000", muted="#444444", rule="#bbbbbb"
)
