"""
The map of a picture: the outline, the marks of the records, and names.

Markup is made from numbers, codes of the vocabulary and colours of the palette; names are
lines of the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.ledger.snapshot import Snapshot
from geo.pictures.content import Picture
from geo.pictures.drawing import BORDER, INK, LAND, MUTED, SEA, Drawing
from geo.pictures.lines import ASCENT, Box, Line
from geo.pictures.map_marks import OPEN, RADIUS, draw_block
from geo.pictures.outlines import land
from geo.pictures.scenes import Scene, caption_box, one_map, records_enlarged, words_beside
from geo.pictures.typesetting import only_letters
from geo.views.map_names import Measures
from geo.views.text_width import BOLD, REGULAR, width
from geo.wording import _

_BESIDE = 10  # more blocks than this need a map of their own


def small_map(
    picture: Picture, snapshot: Snapshot, box: Box, measures: Measures
) -> tuple[Scene, ...]:
    """
    Choose the map next to a card's words.

    Parameters
    ----------
    picture : Picture
        Its content.
    snapshot : Snapshot
        The day of its records.
    box : Box
        Where it is drawn.
    measures : Measures
        Sizes of marks and names, in units of the drawing.

    Returns
    -------
    tuple of Scene
        Empty without a map, or if its marks would fill it.
    """
    if not picture.mapped:
        return ()
    if picture.shown:
        # the ring around the open record's mark is wider than a mark
        wider = measures.gap + (OPEN - RADIUS) * measures.scale
        measures = replace(measures, gap=wider)
    only = one_map(picture.records, snapshot, box, measures)
    blocks = sum(bool(one.unit.words) for one in only.placed)
    return (only,) if 0 < blocks <= _BESIDE else ()


def _draw_land(drawing: Drawing, scene: Scene, name: str, grid: float) -> None:
    box = scene.window.box
    frame = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    weight = 0.7 if grid >= 0.5 else 0.5
    drawing.shapes += [
        f'<clipPath id="{name}"><rect {frame}/></clipPath><rect {frame} fill="{SEA}"/>',
        f'<g clip-path="url(#{name})"><path d="{land(scene.window, grid)}" fill="{LAND}" '
        f'fill-rule="evenodd" stroke="{BORDER}" stroke-width="{weight}"/></g>',
    ]


def _draw_name(drawing: Drawing, scene: Scene, index: int) -> None:
    one, measures, box = scene.placed[index], scene.measures, scene.window.box
    x, y = scene.anchors[index].tolist()
    left, top, size = x + one.name_x, y + one.name_y, measures.name_size
    names = len(one.lines) - bool(one.unit.note)
    for number, text in enumerate(one.lines):
        weight = BOLD if number < names and one.unit.words else REGULAR
        words = only_letters(text) or text
        spare = one.name_width - width(words, size, weight)
        inset = {"right": 0.0, "left": spare}.get(one.side, spare / 2)
        drawing.lines.append(
            Line(
                x=left + inset,
                y=top + (number + 0.5) * measures.line + size * (ASCENT - 0.5),
                size=size,
                runs=((words, weight),),
                fill=INK if one.unit.words else MUTED,
                frame=box,
                halo=True,
            )
        )


def draw_scene(
    drawing: Drawing, scene: Scene, name: str, grid: float = 0.5, shown: str = ""
) -> None:
    """
    Draw one map with its marks and names.

    Parameters
    ----------
    drawing : Drawing
        Gets shapes and lines.
    scene : Scene
        The map.
    name : str
        Id of its clip path, unique in the drawing.
    grid : float
        Units of the drawing to which the outline is rounded.
    shown : str
        Id of the record whose card is open, which gets a ring.
    """
    _draw_land(drawing, scene, name, grid)
    if scene.outlined is not None:
        _draw_outlined(drawing, scene, scene.outlined)
    for index, one in enumerate(scene.placed):
        if one.unit.words:
            draw_block(drawing, scene, index, shown)
        if one.named:
            _draw_name(drawing, scene, index)


def _draw_outlined(drawing: Drawing, scene: Scene, box: Box) -> None:
    """Outline the part that is drawn enlarged, and say how many records it has."""
    drawing.shapes.append(
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" fill="none" stroke="{MUTED}"/>'
    )
    size = scene.measures.name_size
    words = ((records_enlarged(scene.elsewhere), REGULAR),)
    drawing.write([words], words_beside(box, scene.elsewhere, size), size, MUTED)


def draw_scenes(
    drawing: Drawing, maps: Sequence[Scene], grid: float = 0.5, shown: str = ""
) -> None:
    """
    Draw the maps of a picture.

    Parameters
    ----------
    drawing : Drawing
        Gets shapes and lines.
    maps : sequence of Scene
        None, one map, or the world and Europe.
    grid : float
        Units of the drawing to which the outline is rounded.
    shown : str
        Id of the record whose card is open.
    """
    for number, scene in enumerate(maps):
        draw_scene(drawing, scene, f"map{number}", grid, shown)
    if len(maps) > 1:
        box, size = maps[1].window.box, maps[1].measures.name_size
        drawing.shapes.append(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
            f'fill="none" stroke="{MUTED}"/>'
        )
        drawing.write([((_("Europe"), BOLD),)], caption_box(box, size), size)
