"""
Text as outlines of the vendored font, which every drawing program shows alike.

Most programs use no font that a file embeds. Their own is narrower or wider than the one by
which lines were broken, so words would be cut or printed over each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.views.text_width import advances

#: beside the code and not among the assets: no browser asks for it
_TABLE = Path(__file__).with_name("glyphs.json")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """
    The glyphs of one weight, in thousandths of the size of the letters, y downwards.

    Attributes
    ----------
    outlines : dict of str to str
        By letter or ligature, path data of relative steps from its place on the base line.
    ligatures : dict of str to int
        How wide each ligature is.
    kerning : dict of str to dict of str to int
        By how much a letter moves the one behind it; negative where they are nearer.
    """

    outlines: dict[str, str]
    ligatures: dict[str, int]
    kerning: dict[str, dict[str, int]]


@cache
def _weights() -> dict[int, Glyphs]:
    tables = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        int(weight): Glyphs(
            outlines=table["outlines"],
            ligatures=table["ligatures"],
            kerning={
                first: {second: int(by) for by, seconds in row.items() for second in seconds}
                for first, row in table["kerning"].items()
            },
        )
        for weight, table in tables.items()
    }


@cache
def _glyph(ligatures: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join((*map(re.escape, ligatures), ".")), re.DOTALL)


def place_glyphs(text: str, weight: int) -> tuple[list[tuple[str, int]], int]:
    """
    Set a text in one line.

    Parameters
    ----------
    text : str
        Of letters that the font has.
    weight : int
        `REGULAR` or `BOLD`.

    Returns
    -------
    list of (str, int)
        The glyphs that show something, each a letter or a ligature, and how far from the
        beginning they are in thousandths of the size of the letters.
    int
        How wide all are, in the same unit.
    """
    glyphs, widths = _weights()[weight], advances()[weight]
    placed, x, before = [], 0, ""
    for glyph in _glyph(tuple(glyphs.ligatures)).findall(text):
        x += glyphs.kerning.get(before[-1:], {}).get(glyph[0], 0)
        if glyphs.outlines[glyph]:
            placed.append((glyph, x))
        x += glyphs.ligatures.get(glyph) or widths[glyph]
        before = glyph
    return placed, x


def glyph_id(glyph: str, weight: int) -> str:
    """
    Return the name of a glyph in a document.

    Parameters
    ----------
    glyph : str
        A letter or a ligature.
    weight : int
        `REGULAR` or `BOLD`.

    Returns
    -------
    str
        An id.
    """
    return f"g{weight}" + "".join(f"-{ord(letter):x}" for letter in glyph)


def define_glyphs(used: Iterable[tuple[str, int]]) -> str:
    """
    Write the outlines that lines of a document refer to.

    Parameters
    ----------
    used : iterable of (str, int)
        Glyphs with their weights.

    Returns
    -------
    str
        A ``defs`` element, each glyph once; empty without glyphs.
    """
    paths = (
        f'<path id="{glyph_id(glyph, weight)}" d="{_weights()[weight].outlines[glyph]}"/>'
        for glyph, weight in sorted(set(used))
    )
    written = "".join(paths)
    return f"<defs>{written}</defs>" if written else ""
