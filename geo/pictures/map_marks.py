"""Marks on the map of a picture: shapes, blocks of them, and bars for many."""

from __future__ import annotations

from geo.pictures.drawing import BLUE, INK, Drawing
from geo.pictures.lines import PAPER, Line
from geo.pictures.scenes import Scene
from geo.views.blocks import BAR, BAR_HEIGHT, COUNT, SIDE
from geo.views.placement import Placed
from geo.views.shapes import geometry, shape_of
from geo.views.text_width import BOLD, width
from geo.views.unit_drawing import drawn_line

#: half a mark's side is the length that its shape's 1 becomes, less the stroke's half
RADIUS, _STROKE, _HALO = 5.0, 1.5, 6.4
#: around the mark of the record whose card is open
OPEN, _OPEN_STROKE = 9.5, 1.8
_LEADER, _DOT = 0.9, 1.9


def shape(code: str, x: float, y: float, r: float) -> str:
    """
    Draw the shape of a latest word.

    Parameters
    ----------
    code : str
        A code of the vocabulary.
    x, y : float
        Its centre, in units of the drawing.
    r : float
        Radius of the circle around it, in units of the drawing.

    Returns
    -------
    str
        An SVG element.
    """
    drawn = shape_of(code)
    hue = BLUE if drawn.hue == "authority" else INK
    styles = {
        "solid": f'fill="{hue}"',
        "line": f'fill="none" stroke="{hue}" stroke-width="{r * _STROKE / RADIUS:.1f}"',
    }
    elements = (f"<{geometry(p, x, y, r)} {styles[p.fill]}/>" for p in drawn.primitives)
    return f"<g>{''.join(elements)}</g>"


def draw_block(drawing: Drawing, scene: Scene, index: int, shown: str) -> None:
    """
    Draw the marks of a unit, and the hairline that ties them to their place.

    Parameters
    ----------
    drawing : Drawing
        Gets the shapes.
    scene : Scene
        The map.
    index : int
        Of the unit among those of the map.
    shown : str
        Id of the record whose card is open, which gets a ring.
    """
    one, scale = scene.placed[index], scene.measures.scale
    x, y = scene.anchors[index].tolist()
    left, top = x + one.x, y + one.y
    if one.hairline:
        drawing.shapes.append(
            f'<path class="hairline" d="{drawn_line(one, x, y)}" fill="none" stroke="{INK}" '
            f'stroke-width="{_LEADER * scale:.1f}"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_DOT * scale:.1f}" fill="{INK}"/>'
        )
    for (across, down), word, record in zip(
        one.block.centres, one.unit.words, one.unit.records, strict=bool(one.block.centres)
    ):
        at = left + across * scale, top + down * scale
        drawing.shapes.append(_mark(word, *at, scale, record == shown))
    if one.block.parts:
        _draw_bar(drawing, scene, one, (left, top))


def _mark(word: str, x: float, y: float, scale: float, opened: bool) -> str:
    around = (
        f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{OPEN * scale:.1f}" fill="{PAPER}" '
        f'stroke="{INK}" stroke-width="{_OPEN_STROKE * scale:.1f}"/>'
        if opened
        else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_HALO * scale:.1f}" fill="{PAPER}"/>'
    )
    return f'<g class="mark {word}">{around}{shape(word, x, y, RADIUS * scale)}</g>'


def _draw_bar(drawing: Drawing, scene: Scene, one: Placed, corner: tuple[float, float]) -> None:
    """Draw the count of a unit and a bar whose parts are in proportion."""
    scale, size = scene.measures.scale, scene.measures.name_size
    x, y = corner
    count = str(len(one.unit.words))
    middle = y + SIDE * scale / 2
    drawing.lines.append(
        Line(
            x=x + (COUNT - 3) * scale - width(count, size, BOLD),
            y=middle + size * 0.34,
            size=size,
            runs=((count, BOLD),),
            fill=INK,
            frame=scene.window.box,
        )
    )
    left = x + COUNT * scale
    for part in one.block.parts:
        broad = BAR * scale * part.count / len(one.unit.words)
        hue = BLUE if part.hue == "authority" else INK
        fill = hue if part.solid else PAPER if part.hue == "claim" else BLUE
        thin = ' fill-opacity="0.3"' if part.hue == "authority" else ""
        drawing.shapes.append(
            f'<rect class="part" x="{left:.1f}" y="{middle - BAR_HEIGHT * scale / 2:.1f}" '
            f'width="{broad:.1f}" height="{BAR_HEIGHT * scale:.1f}" fill="{fill}"{thin} '
            f'stroke="{hue}"/>'
        )
        left += broad
