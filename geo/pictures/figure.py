"""
The figure of a view for print: 180 mm wide, as high as its words need, as SVG or for 300 dpi.

A figure is printed away from its page, so it has caption, day, version, sources and legend.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from geo.ledger.snapshot import Snapshot
from geo.model.entities import Source
from geo.pictures.card_rows import Look, draw_rows, place_rows
from geo.pictures.content import Picture
from geo.pictures.drawing import INK, LEADING, MUTED, RULE, Box, Drawing
from geo.pictures.legend import draw_legend, draw_notice, legend, notice_lines
from geo.pictures.maps import draw_scenes, small_map
from geo.pictures.scenes import scenes
from geo.pictures.typesetting import (
    BOLD,
    FAMILY,
    FONTS,
    REGULAR,
    Runs,
    has_letters_for,
    only_letters,
    set_text,
    wrap,
)
from geo.wording import _, ngettext
from geo.words.permanent_lines import TITLE
from geo.words.source_rows import source_line

#: six units are a millimetre
UNITS, MILLIMETRES = 1080.0, 180
DPI = 300
_EDGE = 24.0
_BROAD = UNITS - 2 * _EDGE
_TEXT, _SMALL, _FINE, _RADIUS = 19.0, 16.5, 15.0, 17.0
_LOOK = Look(gutter=170, small=16.5, sizes=(19,), between=12)
_MAP_HIGH, _WORLD_HIGH, _MAPS_HIGH = 470.0, 430.0, 340.0
_MAP_BESIDE = Box(_EDGE + _BROAD - 330, 30, 330, 236)
_MOST_SOURCES = 24
#: rounding of the outline, in units
_GRID = 0.25


class _Column:
    """Text and maps one below the other; the drawing grows with them."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.y = 30.0

    def write(
        self,
        lines: Sequence[Runs],
        size: float,
        fill: str = INK,
        after: float = 8,
        broad: float = _BROAD,
    ) -> None:
        """Write lines and continue below them."""
        frame = Box(_EDGE, self.y, broad, len(lines) * size * LEADING)
        self.y = self.drawing.write(lines, frame, size, fill) + after


def figure(picture: Picture, snapshot: Snapshot, link: str) -> Drawing:
    """
    Draw the figure of a view.

    Parameters
    ----------
    picture : Picture
        Its content.
    snapshot : Snapshot
        The day of its records.
    link : str
        The view's absolute address, with day and version.

    Returns
    -------
    Drawing
        `UNITS` wide, which are 180 millimetres.
    """
    drawing = Drawing(UNITS, 0, picture.title)
    column = _Column(drawing)
    beside = small_map(picture, snapshot, _MAP_BESIDE, _RADIUS) if picture.card else ()
    narrow = _BROAD - _MAP_BESIDE.width - 26 if beside else _BROAD
    title = only_letters(picture.title) or picture.title
    column.write(set_text(title, 29, narrow, 6, BOLD), 29, after=4, broad=narrow)
    if picture.note:
        column.write(set_text(picture.note, _TEXT, narrow, 6), _TEXT, after=12, broad=narrow)
    draw_scenes(drawing, beside, _FINE, _GRID)
    if picture.rows:
        _rows(column, picture, narrow, _MAP_BESIDE.bottom if beside else 0.0)
    elif not picture.card:
        _map(column, picture, snapshot)
    if beside:
        column.y = max(column.y, _MAP_BESIDE.bottom + 16)
    _below(column, picture, link)
    drawing.height = round(column.y + 12)
    return drawing


def _rows(column: _Column, picture: Picture, narrow: float, beside: float) -> None:
    """Set the rows; above the height ``beside`` a map takes a part of the width."""

    def room(y: float) -> Box:
        return Box(_EDGE, y, narrow if y < beside + 8 else _BROAD, 0)

    # a figure is as high as its rows need, so nothing is cut
    placed = place_rows(picture.rows, _LOOK, column.y + 4, float("inf"), room)
    column.y = draw_rows(column.drawing, placed, _LOOK) + 16


def _map(column: _Column, picture: Picture, snapshot: Snapshot) -> None:
    box = Box(_EDGE, column.y, _BROAD, _MAP_HIGH)
    maps = scenes(picture.records, snapshot, box, _RADIUS)
    if maps[0].window.center is None:
        # the world is twice as wide as it is high
        box = Box(_EDGE, column.y, _BROAD, _WORLD_HIGH if len(maps) == 1 else _MAPS_HIGH)
        maps = scenes(picture.records, snapshot, box, _RADIUS)
    draw_scenes(column.drawing, maps, _FINE, _GRID)
    signs = legend(maps, _SMALL, _BROAD)
    draw_legend(column.drawing, signs, Box(_EDGE, box.bottom + 10, _BROAD, signs.height))
    column.y = box.bottom + 10 + signs.height + 14


def _below(column: _Column, picture: Picture, link: str) -> None:
    """Write the notice, the sources, the day, the version and the link."""
    lines = notice_lines(_SMALL, _BROAD)
    frame = Box(_EDGE, column.y + 8, _BROAD, len(lines) * _SMALL * LEADING)
    draw_notice(column.drawing, lines, frame, _SMALL)
    column.y = frame.bottom + 10
    for number, text in enumerate(_sources(picture, link)):
        weight = BOLD if number == 0 else REGULAR
        column.write(wrap([(text, weight)], _FINE, _BROAD), _FINE, MUTED, after=2)
    column.y += 6
    column.drawing.rule(_EDGE, column.y - 4, _BROAD, RULE)
    imprint = f"{_(TITLE)}. {' '.join(picture.circumstances)}"
    column.write(wrap([(imprint, REGULAR)], _FINE, _BROAD), _FINE, MUTED, after=2)
    if not picture.publishers:
        column.write(wrap([(link, REGULAR)], _FINE, _BROAD), _FINE, MUTED, after=2)


def _sources(picture: Picture, link: str) -> list[str]:
    """List the sources in lines: each of a card, or a selection's publishers with counts."""
    if picture.sources:
        cited = [_cited(source) for source in picture.sources[:_MOST_SOURCES]]
        return [_("Sources"), *cited, *_further(len(picture.sources) - _MOST_SOURCES, link)]
    if not picture.publishers:
        return []
    named, rest = picture.publishers[:12], picture.publishers[12:]
    parts = [f"{publisher} ({count})" for publisher, count in named]
    if rest:
        others = sum(count for _publisher, count in rest)
        parts.append(ngettext("{n} other page", "{n} other pages", others))
    return [
        _("Publishers of the sources for these records and claims, with number of pages"),
        ", ".join(parts) + ".",
        _("All sources: {link}").format(link=link),
    ]


def _cited(source: Source) -> str:
    # a title that the font cannot write is left out, as for a page without one
    known = source if has_letters_for(source.title) else replace(source, title="")
    return source_line(known)


def _further(count: int, link: str) -> list[str]:
    if count <= 0:
        return []
    more = ngettext("{n} more source", "{n} more sources", count)
    return [_("{more}: {link}").format(more=more, link=link)]


@cache
def _faces() -> str:
    """Write the fonts as a style sheet, so that the file looks the same on every system."""
    faces = []
    for weight, name in ((REGULAR, "Regular"), (BOLD, "Semibold")):
        data = (FONTS / f"SourceSans3-{name}.ttf.woff2").read_bytes()
        faces.append(
            f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
            f"src:url(data:font/woff2;base64,{base64.b64encode(data).decode()})}}"
        )
    return "".join(faces)


def figure_svg(drawing: Drawing) -> str:
    """Write the figure as a file that refers to no other."""
    high = drawing.height / UNITS * MILLIMETRES
    return drawing.svg(f"{MILLIMETRES}mm", f"{high:.2f}mm", _faces())


def figure_for_print(drawing: Drawing) -> str:
    """Write the figure for `Rasteriser.png`, which makes it 180 mm wide at 300 dpi."""
    # the renderer counts 72 units an inch, and drops what is no whole dot
    wide = round(MILLIMETRES / 25.4 * DPI) / DPI * 72 + 0.01
    return drawing.svg(f"{wide:.3f}", f"{wide * drawing.height / UNITS:.3f}")
