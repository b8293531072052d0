"""
A drawing as SVG: boxes, lines of text and shapes, everything escaped.

Text is kept apart from shapes, with the frame that it must stay in, so that a test can see
whether a line leaves its frame or runs into another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import escape

from geo.pictures.glyphs import define_glyphs
from geo.pictures.lines import ASCENT, PAPER, Box, Line
from geo.pictures.typesetting import FAMILY, Run, clean
from geo.views.palette import LIGHT
from geo.views.text_width import REGULAR

SEA, LAND, BORDER = LIGHT.sea, LIGHT.land, LIGHT.border
INK, BLUE, RULE, MUTED = LIGHT.ink, LIGHT.blue, LIGHT.edge, LIGHT.muted
#: distance of two lines, in parts of the size of their letters
LEADING = 1.22
#: older programs follow a reference inside a document only by this name
_LINKED = 'xmlns:xlink="http://www.w3.org/1999/xlink" '


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

    def svg(self, width: str = "", height: str = "", outlines: bool = False) -> str:
        """
        Write the whole document; it refers to no other file.

        Parameters
        ----------
        width, height : str
            Its size when shown, with a unit; empty for one pixel a unit.
        outlines : bool
            Whether letters are outlines, for programs without the vendored font; the words are
            then in its description.

        Returns
        -------
        str
            An ``svg`` element.
        """
        family = "sans-serif" if outlines else f"'{FAMILY}', 'Source Sans Pro', Arial, sans-serif"
        words = "\n".join(line.text for line in self.lines)
        glyphs = {glyph for line in self.lines for glyph in line.glyphs} if outlines else ()
        return "".join(
            [
                '<svg xmlns="http://www.w3.org/2000/svg" '
                f'{_LINKED if outlines else ""}width="{width or f"{self.width:g}"}" '
                f'height="{height or f"{self.height:g}"}" '
                f'viewBox="0 0 {self.width:g} {self.height:g}" role="img" '
                f'font-family="{family}" font-weight="{REGULAR}">',
                f"<title>{escape(clean(self.title))}</title>",
                f"<desc>{escape(words)}</desc>" if outlines else "",
                define_glyphs(glyphs),
                f'<rect width="{self.width:g}" height="{self.height:g}" fill="{PAPER}"/>',
                *self.shapes,
                *(line.outlines() if outlines else line.svg() for line in self.lines),
                "</svg>",
            ]
        )
