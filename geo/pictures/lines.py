"""
Lines of text in a picture, as text for a renderer with the vendored font or as outlines.

A line knows the frame that it must stay in, so that a test can see whether it leaves its frame
or runs into another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from geo.pictures.glyphs import glyph_id, place_glyphs
from geo.pictures.typesetting import Runs, by_letters, has_letters_for, line_width
from geo.views.palette import LIGHT
from geo.views.text_width import width

PAPER = LIGHT.paper
#: how far letters reach above and below their line, in parts of their size
ASCENT, DESCENT = 0.76, 0.24
#: width of the paper's colour around a line that is drawn over something
_HALO = 4.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def holds(self, other: Box, slack: float = 0.01) -> bool:
        """
        Say whether another box lies inside this one.

        Parameters
        ----------
        other : Box
            In the same units.
        slack : float
            By how many units it may reach over an edge.

        Returns
        -------
        bool
            True also for an equal box.
        """
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def meets(self, other: Box) -> bool:
        """Say whether another box covers a part of this one."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


def _halo(broad: float) -> str:
    return f' stroke="{PAPER}" stroke-width="{broad:g}" stroke-linejoin="round"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text: where its base line begins, and the frame that it must stay in."""

    x: float
    y: float
    size: float
    runs: Runs
    fill: str
    frame: Box
    halo: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(text for text, _weight in self.runs)

    @property
    def box(self) -> Box:
        """The area that it covers."""
        top = self.y - ASCENT * self.size
        return Box(self.x, top, line_width(self.runs, self.size), (ASCENT + DESCENT) * self.size)

    def svg(self) -> str:
        """Write the line as text, for a renderer that has the vendored font."""
        if has_letters_for(self.text):
            # a blank between two weights belongs to the text, and XML would drop it
            runs = (f'<tspan font-weight="{w}">{escape(text)}</tspan>' for text, w in self.runs)
            return self._text(self.x, "", "".join(runs))
        x, parts = self.x, []
        for text, weight in self.runs:
            parts.append(self._fitted(x, text, weight))
            x += width(text, self.size, weight)
        return "".join(parts)

    def outlines(self) -> str:
        """Write the line as outlines; what the font lacks stays text, in its own place."""
        return "".join(
            self._outlined(x, text, weight) if known else self._fitted(x, text, weight)
            for x, text, weight, known in self._parts()
        )

    @property
    def glyphs(self) -> set[tuple[str, int]]:
        """The glyphs that `outlines` refers to, with their weights."""
        return {
            (glyph, weight)
            for _x, text, weight, known in self._parts()
            if known
            for glyph, _at in place_glyphs(text, weight)[0]
        }

    def _parts(self) -> Iterator[tuple[float, str, int, bool]]:
        """Yield where each part begins, its text and weight, and whether the font has it."""
        x = self.x
        for run, weight in self.runs:
            for text, known in by_letters(run):
                yield x, text, weight, known
                x += (
                    place_glyphs(text, weight)[1] * self.size / 1000
                    if known
                    else width(text, self.size, weight)
                )

    def _outlined(self, x: float, text: str, weight: int) -> str:
        letters = "".join(
            f'<use xlink:href="#{glyph_id(glyph, weight)}" x="{at}"/>'
            for glyph, at in place_glyphs(text, weight)[0]
        )
        if not letters:
            return ""
        scale = self.size / 1000
        place = f' transform="translate({x:.2f} {self.y:.1f}) scale({scale:g})"'
        # drawn by itself: not every program knows the order of painting
        behind = f'<g{place}{_halo(_HALO / scale)} fill="none">{letters}</g>' if self.halo else ""
        return f'{behind}<g{place} fill="{self.fill}">{letters}</g>'

    def _fitted(self, x: float, text: str, weight: int) -> str:
        """
        Write text whose letters are made to fit into the room that was measured for them.

        How wide the letters of another font are cannot be known, and the renderer may take it
        for the whole line.
        """
        room = width(text, self.size, weight)
        fitted = f' font-weight="{weight}" textLength="{room:.1f}"'
        return self._text(x, f'{fitted} lengthAdjust="spacingAndGlyphs"', escape(text))

    def _text(self, x: float, attributes: str, content: str) -> str:
        around = f'{_halo(_HALO)} paint-order="stroke"' if self.halo else ""
        return (
            f'<text x="{x:.1f}" y="{self.y:.1f}" font-size="{self.size:g}" '
            f'fill="{self.fill}" xml:space="preserve"{around}{attributes}>{content}</text>'
        )
