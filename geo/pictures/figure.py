"""
The figure of a view for print: 180 mm wide, as high as its words need, as SVG or for 300 dpi.

A figure is printed away from its page, so it has caption, day, version, sources and legend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.ledger.snapshot import Snapshot
from geo.model.entities import Source
from geo.pictures.card_rows import Look, draw_latest, draw_rows, place_rows
from geo.pictures.content import Picture
from geo.pictures.drawing import INK, LEADING, MUTED, RULE, Drawing
from geo.pictures.legend import draw_legend, draw_notice, legend, notice_lines
from geo.pictures.lines import Box
from geo.pictures.maps import draw_scenes, small_map
from geo.pictures.scenes import Scene, europe_is_crowded, one_map, two_maps
from geo.pictures.typesetting import Runs, has_letters_for, only_letters, set_text, wrap
from geo.views.map_names import Measures
from geo.views.text_width import BOLD, REGULAR
from geo.wording import _, ngettext
from geo.words.permanent_lines import TITLE
from geo.words.source_rows import source_line

#: six units are a millimetre
UNITS, MILLIMETRES = 1080.0, 180
DPI = 300
_EDGE = 24.0
_BROAD = UNITS - 2 * _EDGE
_TEXT, _SMALL, _FINE = 19.0, 16.5, 15.0
_MEASURES = Measures(scale=1.25, name_size=15, line=18, gap=6)
_LOOK = Look(gutter=170, small=16.5, sizes=(19,), between=12)
_MAP_HIGH, _MAPS_HIGH, _WORLD_WIDE = 450.0, 400.0, 580.0
_MAP_BESIDE = Box(_EDGE + _BROAD - 330, 30, 330, 236)
_MOST_SOURCES = 24
#: rounding of the outline, in units
_GRID = 0.25


class Column:
    """The parts of a figure, one below the other; the drawing grows with them."""

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
        """
        Write lines and continue below them.

        Parameters
        ----------
        lines : sequence of tuple of (str, int)
            As `wrap` returns them.
        size : float
            Of the letters, in units of the drawing.
        fill : str
            Colour, ``#rrggbb``.
        after : float
            Room below them, in units of the drawing.
        broad : float
            Width of the frame that they must stay in, in units of the drawing.
        """
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
    column = Column(drawing)
    beside = small_map(picture, snapshot, _MAP_BESIDE, _MEASURES) if picture.card else ()
    narrow = _BROAD - _MAP_BESIDE.width - 26 if beside else _BROAD
    title = only_letters(picture.title) or picture.title
    column.write(set_text(title, 29, narrow, 6, BOLD), 29, after=4, broad=narrow)
    first = Box(_EDGE, column.y + 4, narrow, 0)
    column.y = draw_latest(drawing, picture, first, 21, 4) + 4
    if picture.note:
        column.write(set_text(picture.note, _TEXT, narrow, 6), _TEXT, after=12, broad=narrow)
    draw_scenes(drawing, beside, _GRID, picture.shown)
    if picture.rows:
        _rows(column, picture, narrow, _MAP_BESIDE.bottom if beside else 0.0)
    elif not picture.card:
        _map(column, picture, snapshot)
    if beside:
        column.y = max(column.y, _MAP_BESIDE.bottom + 16)
    _below(column, picture, link)
    drawing.height = round(column.y + 12)
    return drawing


def _rows(column: Column, picture: Picture, narrow: float, beside: float) -> None:
    """Set the rows; above the height ``beside`` a map takes a part of the width."""

    def room(y: float) -> Box:
        return Box(_EDGE, y, narrow if y < beside + 8 else _BROAD, 0)

    # a figure is as high as its rows need, so nothing is cut
    placed = place_rows(picture.rows, _LOOK, column.y + 4, float("inf"), room)
    column.y = draw_rows(column.drawing, placed, _LOOK) + 16


def _map(column: Column, picture: Picture, snapshot: Snapshot) -> None:
    maps: tuple[Scene, ...]
    if europe_is_crowded(picture.records, snapshot):
        box = Box(_EDGE, column.y, _WORLD_WIDE, _MAPS_HIGH)
        right = Box(box.right + 12, column.y, _BROAD - box.width - 12, _MAPS_HIGH)
        maps = two_maps(picture.records, snapshot, (box, right), _MEASURES)
    else:
        box = Box(_EDGE, column.y, _BROAD, _MAP_HIGH)
        maps = (one_map(picture.records, snapshot, box, _MEASURES),)
    draw_scenes(column.drawing, maps, _GRID)
    words = [snapshot.statuses[record.id] for record in picture.records]
    signs = legend(words, _SMALL, _BROAD, picture.signers)
    draw_legend(column.drawing, signs, Box(_EDGE, box.bottom + 10, _BROAD, signs.height))
    column.y = box.bottom + 10 + signs.height + 14


def _below(column: Column, picture: Picture, link: str) -> None:
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


def figure_svg(drawing: Drawing) -> str:
    """Write the figure as a file that refers to no other and needs no font."""
    high = drawing.height / UNITS * MILLIMETRES
    return drawing.svg(f"{MILLIMETRES}mm", f"{high:.2f}mm", outlines=True)


def figure_for_print(drawing: Drawing) -> str:
    """Write the figure for `Rasteriser.png`, which makes it 180 mm wide at 300 dpi."""
    # the renderer counts 72 units an inch, and drops what is no whole dot
    wide = round(MILLIMETRES / 25.4 * DPI) / DPI * 72 + 0.01
    return drawing.svg(f"{wide:.3f}", f"{wide * drawing.height / UNITS:.3f}")
