"""
A drawing as SVG: boxes, lines of text and shapes, everything escaped.

Text is kept apart from shapes, with the frame that it must stay in, so that a test can see
whether a line leaves its frame or runs into another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import escape

from geo.pictures.typesetting import (
    FAMILY,
    REGULAR,
    Run,
    Runs,
    clean,
    has_letters_for,
    line_width,
    width,
)
from geo.views.palette import LIGHT

PAPER, SEA, LAND, BORDER = LIGHT.paper, LIGHT.sea, LIGHT.land, LIGHT.border
INK, BLUE, RULE, MUTED = LIGHT.ink, LIGHT.blue, LIGHT.edge, LIGHT.muted
#: how far letters reach above and below their line, in parts of their size
ASCENT, DESCENT = 0.76, 0.24
#: distance of two lines, in parts of the size of their letters
LEADING = 1.22


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
        """Write the line as SVG elements."""
        if has_letters_for(self.text):
            # a blank between two weights belongs to the text, and XML would drop it
            return self._element(
                self.x,
                "",
                "".join(
                    f'<tspan font-weight="{w}">{escape(text)}</tspan>' for text, w in self.runs
                ),
            )
        # how wide the letters of another font are cannot be known, and the renderer may take it
        # for the whole line: each run has its place, and its letters are made to fit into it
        x, parts = self.x, []
        for text, weight in self.runs:
            room = width(text, self.size, weight)
            fitted = f' textLength="{room:.1f}" lengthAdjust="spacingAndGlyphs"'
            parts.append(self._element(x, f' font-weight="{weight}"{fitted}', escape(text)))
            x += room
        return "".join(parts)

    def _element(self, x: float, attributes: str, content: str) -> str:
        around = (
            f' stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
            if self.halo
            else ""
        )
        return (
            f'<text x="{x:.1f}" y="{self.y:.1f}" font-size="{self.size:g}" '
            f'fill="{self.fill}" xml:space="preserve"{around}{attributes}>{content}</text>'
        )


@dataclass
class Drawing:
    """
    A picture to which lines and shapes are added.

    Attributes
    ----------
    shapes : list of str
        Markup made from numbers and from this module's colours alone, never from a cell.
    lines : list of Line
        Its text.
    """

    width: float
    height: float
    title: str
    shapes: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def write(
        self,
        lines: Sequence[Sequence[Run]],
        frame: Box,
        size: float,
        fill: str = INK,
        leading: float = LEADING,
    ) -> float:
        """
        Set lines one below the other from the top of a frame.

        Parameters
        ----------
        lines : sequence of sequence of (str, int)
            Text and weight of their runs.
        frame : Box
            The area that they must stay in.
        size : float
            Of the letters, in units of the drawing.
        fill : str
            Colour, ``#rrggbb``.
        leading : float
            Distance of two lines, in parts of the size.

        Returns
        -------
        float
            Where the next thing may begin.
        """
        step = size * leading
        top = frame.y
        for number, runs in enumerate(lines):
            base = top + number * step + (leading - 1) / 2 * size + ASCENT * size
            self.lines.append(
                Line(x=frame.x, y=base, size=size, runs=tuple(runs), fill=fill, frame=frame)
            )
        return top + len(lines) * step

    def rule(self, x: float, y: float, width: float, fill: str = RULE, height: float = 1) -> None:
        """
        Draw a rectangle without a border, such as a thin line across or down.

        Parameters
        ----------
        x, y : float
            Its upper left corner, in units of the drawing.
        width : float
            In units of the drawing.
        fill : str
            Colour, ``#rrggbb``.
        height : float
            In units of the drawing.
        """
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="{fill}"/>'
        )

    def svg(self, width: str = "", height: str = "", style: str = "") -> str:
        """
        Write the whole document; it refers to no other file.

        Parameters
        ----------
        width, height : str
            Its size when shown, with a unit; empty for one pixel a unit.
        style : str
            A style sheet of the atlas, which may embed the fonts.

        Returns
        -------
        str
            An ``svg`` element.
        """
        sheet = f"<style>{style}</style>" if style else ""
        return "".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{width or f"{self.width:g}"}" '
                f'height="{height or f"{self.height:g}"}" '
                f'viewBox="0 0 {self.width:g} {self.height:g}" role="img" '
                f"font-family=\"'{FAMILY}', 'Source Sans Pro', Arial, sans-serif\" "
                f'font-weight="{REGULAR}">',
                f"<title>{escape(clean(self.title))}</title>{sheet}",
                f'<rect width="{self.width:g}" height="{self.height:g}" fill="{PAPER}"/>',
                *self.shapes,
                *(line.svg() for line in self.lines),
                "</svg>",
            ]
        )
