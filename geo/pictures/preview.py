"""
The preview of a view, 1200 × 630: the picture that a chat program shows with a link.

A phone shows it at half its size, so no letter is under 18 units; edges are left free,
since some programs crop a picture to twice its height.
"""

from __future__ import annotations

from geo.ledger.snapshot import Snapshot
from geo.pictures.card_rows import Look, draw_latest, draw_rows, place_rows
from geo.pictures.content import Picture
from geo.pictures.drawing import LEADING, MUTED, Drawing
from geo.pictures.legend import draw_legend, draw_notice, legend, notice_lines
from geo.pictures.lines import Box
from geo.pictures.maps import draw_scenes, small_map
from geo.pictures.scenes import europe_is_crowded, one_map, two_maps
from geo.pictures.typesetting import only_letters, set_text, wrap
from geo.views.map_names import Measures
from geo.views.text_width import BOLD
from geo.wording import _
from geo.words.permanent_lines import TITLE

WIDTH, HEIGHT = 1200, 630
_LEFT, _TOP, _BROAD = 48.0, 36.0, 1104.0
_FOOT = 592.0  # where the last line ends
_SMALL, _NOTICE = 18.0, 20.0
_MEASURES = Measures(scale=1.2, name_size=18, line=20, gap=6)
_MAP = Box(866, 40, 286, 190)
_LOOK = Look(gutter=176, small=18, sizes=(26, 25, 24, 23, 22, 21, 20, 19, 18), between=11)
_LARGE = Look(gutter=176, small=18, sizes=(32, 30, 28, *_LOOK.sizes), between=16)
_LATEST, _TEXT = 23.0, 21.0
_EUROPE = 400.0  # width of the map of Europe, next to the world
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
    mapped = small_map(picture, snapshot, _MAP, _MEASURES)
    narrow = _MAP.x - 28 - _LEFT if mapped else _BROAD
    top = _heading(drawing, picture.title, (34, 32, 30, 28), narrow)
    if not picture.rows:
        lines = set_text(picture.note, 30, _BROAD, 5)
        drawing.write(lines, Box(_LEFT, top + 40, _BROAD, bottom - top - 40), 30)
        return
    top = draw_latest(drawing, picture, Box(_LEFT, top + 4, narrow, 0), _LATEST, 3)
    if picture.note:
        lines = set_text(picture.note, _NOTICE, narrow, 2)
        top = drawing.write(
            lines, Box(_LEFT, top + 2, narrow, len(lines) * _NOTICE * LEADING), _NOTICE, MUTED
        )
    draw_scenes(drawing, mapped, shown=picture.shown)

    def room(y: float) -> Box:
        beside = mapped and y < _MAP.bottom + 8
        return Box(_LEFT, y, narrow if beside else _BROAD, 0)

    look = _LOOK if len(picture.rows) > 2 else _LARGE
    draw_rows(drawing, place_rows(picture.rows, look, top + 14, bottom, room), look)


def _selection(drawing: Drawing, picture: Picture, snapshot: Snapshot, bottom: float) -> None:
    if europe_is_crowded(picture.records, snapshot):
        _world(drawing, picture, snapshot, bottom)
        return
    top = _sentence(drawing, picture, _BROAD) + 12
    column = Box(_LEFT, top, _COLUMN, bottom - top)
    left = column.right + 26
    box = Box(left, top, _LEFT + _BROAD - left, column.height)
    maps = (one_map(picture.records, snapshot, box, _MEASURES),)
    draw_scenes(drawing, maps)
    words = _words(picture, snapshot)
    signs = legend(words, _SMALL, column.width, picture.signers, stacked=True)
    if signs.height > column.height:
        signs = legend(words, _SMALL, column.width, {}, stacked=True)
    draw_legend(drawing, signs, column)


def _world(drawing: Drawing, picture: Picture, snapshot: Snapshot, bottom: float) -> None:
    """Draw Europe as high as the picture, the rest of the world on its left, and the legend."""
    narrow = _BROAD - _EUROPE - 24
    top = _sentence(drawing, picture, narrow) + 6
    signs = legend(_words(picture, snapshot), _SMALL, _BROAD, picture.signers)
    left = Box(_LEFT, top, narrow, bottom - signs.height - 6 - top)
    right = Box(_LEFT + _BROAD - _EUROPE, _TOP, _EUROPE, left.bottom - _TOP)
    maps = two_maps(picture.records, snapshot, (left, right), _MEASURES)
    draw_scenes(drawing, maps)
    draw_legend(drawing, signs, Box(_LEFT, bottom - signs.height, _BROAD, signs.height))


def _sentence(drawing: Drawing, picture: Picture, broad: float) -> float:
    """Write title and sentence of a selection; return where they end."""
    top = _heading(drawing, picture.title, (34, 31, 28), broad)
    lines = set_text(picture.note, _TEXT, broad, 3)
    return drawing.write(lines, Box(_LEFT, top + 2, broad, len(lines) * _TEXT * LEADING), _TEXT)


def _words(picture: Picture, snapshot: Snapshot) -> list[str]:
    return [snapshot.statuses[record.id] for record in picture.records]
