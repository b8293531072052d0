"""
The preview of a view, 1200 × 630: the picture that a chat program shows with a link.

A phone shows it at half its size, so no letter is under 18 units; edges are left free,
since some programs crop a picture to twice its height.
"""

from __future__ import annotations

from geo.ledger.snapshot import Snapshot
from geo.pictures.card_rows import Look, draw_rows, place_rows
from geo.pictures.content import Picture
from geo.pictures.drawing import INK, LEADING, MUTED, Box, Drawing
from geo.pictures.legend import draw_legend, draw_notice, legend, notice_lines
from geo.pictures.maps import draw_scenes, small_map
from geo.pictures.scenes import scenes
from geo.pictures.typesetting import BOLD, only_letters, set_text, wrap
from geo.wording import _
from geo.words.permanent_lines import TITLE

WIDTH, HEIGHT = 1200, 630
_LEFT, _TOP, _BROAD = 48.0, 36.0, 1104.0
_FOOT = 592.0  # where the last line ends
_SMALL, _NOTICE, _RADIUS = 18.0, 20.0, 20.0
_MAP = Box(866, 40, 286, 190)
_LOOK = Look(gutter=176, small=18, sizes=(26, 25, 24, 23, 22, 21, 20), between=11)
_LARGE = Look(gutter=176, small=18, sizes=(32, 30, 28, *_LOOK.sizes), between=16)
_COLUMN = 266.0  # of the legend, next to a single map


def preview_picture(picture: Picture, snapshot: Snapshot) -> Drawing:
    """
    Draw the preview of a view.

    Parameters
    ----------
    picture : Picture
        Its content.
    snapshot : Snapshot
        The day of its records.

    Returns
    -------
    Drawing
        `WIDTH` by `HEIGHT` pixels.
    """
    drawing = Drawing(WIDTH, HEIGHT, picture.title)
    bottom = _foot(drawing, picture)
    if picture.card:
        _card(drawing, picture, snapshot, bottom)
    else:
        _selection(drawing, picture, snapshot, bottom)
    return drawing


def _foot(drawing: Drawing, picture: Picture) -> float:
    """Write the atlas's name above, the permanent words and the circumstances below."""
    drawing.write([((_(TITLE), BOLD),)], Box(_LEFT, _TOP, _BROAD, 25), _NOTICE, MUTED)
    top = _FOOT - _SMALL * LEADING
    said = set_text(" ".join(picture.circumstances), _SMALL, _BROAD, 1)
    drawing.write(said, Box(_LEFT, top, _BROAD, _SMALL * LEADING), _SMALL, MUTED)
    lines = notice_lines(_NOTICE, _BROAD)
    high = len(lines) * _NOTICE * LEADING
    frame = Box(_LEFT, top - 8 - high, _BROAD, high)
    draw_notice(drawing, lines, frame, _NOTICE)
    return frame.y - 18


def _heading(drawing: Drawing, text: str, sizes: tuple[float, ...], broad: float) -> float:
    """Write the title, in the greatest size in which it is one line, else in two."""
    text = only_letters(text) or text
    fitting = (s for s in sizes if len(wrap([(text, BOLD)], s, broad)) == 1)
    size = next(fitting, sizes[-1])
    lines = set_text(text, size, broad, 2, BOLD)
    frame = Box(_LEFT, _TOP + 30, broad, len(lines) * size * LEADING)
    return drawing.write(lines, frame, size)


def _card(drawing: Drawing, picture: Picture, snapshot: Snapshot, bottom: float) -> None:
    mapped = small_map(picture, snapshot, _MAP, _RADIUS)
    narrow = _MAP.x - 28 - _LEFT if mapped else _BROAD
    top = _heading(drawing, picture.title, (34, 32, 30, 28), narrow)
    if not picture.rows:
        lines = set_text(picture.note, 30, _BROAD, 5)
        drawing.write(lines, Box(_LEFT, top + 40, _BROAD, bottom - top - 40), 30)
        return
    if picture.note:
        lines = set_text(picture.note, _NOTICE, narrow, 2)
        top = drawing.write(
            lines, Box(_LEFT, top + 2, narrow, len(lines) * _NOTICE * LEADING), _NOTICE, MUTED
        )
    draw_scenes(drawing, mapped, _SMALL)

    def room(y: float) -> Box:
        beside = mapped and y < _MAP.bottom + 8
        return Box(_LEFT, y, narrow if beside else _BROAD, 0)

    look = _LOOK if len(picture.rows) > 2 else _LARGE
    draw_rows(drawing, place_rows(picture.rows, look, top + 14, bottom, room), look)


def _selection(drawing: Drawing, picture: Picture, snapshot: Snapshot, bottom: float) -> None:
    top = _heading(drawing, picture.title, (34, 31, 28), _BROAD)
    lines = set_text(picture.note, 23, _BROAD, 2)
    high = len(lines) * 23 * LEADING
    top = drawing.write(lines, Box(_LEFT, top + 2, _BROAD, high), 23, INK) + 12
    whole = Box(_LEFT, top, _BROAD, bottom - top)
    maps = scenes(picture.records, snapshot, whole, _RADIUS)
    if len(maps) == 1 and picture.records:
        column = Box(_LEFT, top, _COLUMN, whole.height)
        rest = _COLUMN + 26
        box = Box(_LEFT + rest, top, _BROAD - rest, whole.height)
        maps = scenes(picture.records, snapshot, box, _RADIUS)
    else:
        signs = legend(maps, _SMALL, _BROAD)
        high = signs.height + 8 if signs.height else 0
        column = Box(_LEFT, whole.bottom - signs.height, _BROAD, signs.height)
        box = Box(_LEFT, top, _BROAD, whole.height - high)
        maps = scenes(picture.records, snapshot, box, _RADIUS)
    draw_scenes(drawing, maps, _SMALL)
    stacked = column.width == _COLUMN
    draw_legend(drawing, legend(maps, _SMALL, column.width, stacked), column)
