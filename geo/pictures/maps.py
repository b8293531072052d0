"""
The map of a picture: the outline, and the symbols as ``atlas-map.js`` draws them.

Markup is made from numbers and from colours of the palette; names are lines of the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.ledger.snapshot import Snapshot
from geo.pictures.content import Picture
from geo.pictures.drawing import BLUE, BORDER, INK, LAND, MUTED, PAPER, SEA, Box, Drawing, Line
from geo.pictures.outlines import land
from geo.pictures.scenes import Scene, scenes
from geo.pictures.typesetting import BOLD, REGULAR, only_letters, width
from geo.views.shapes import MIXED, geometry, shape_of
from geo.views.symbols import Symbol
from geo.wording import _

_BESIDE = 10  # more symbols than this need a map of their own
_NAMED = 14  # with more symbols than this their names would cover each other


def shape(code: str, x: float, y: float, r: float, faded: bool = False) -> str:
    """
    Draw the shape of a latest word.

    Parameters
    ----------
    code : str
        A code of the vocabulary, or `MIXED`.
    x, y : float
        Its centre, in units of the drawing.
    r : float
        Radius of the circle around it, in units of the drawing.
    faded : bool
        Whether it is drawn paler.

    Returns
    -------
    str
        An SVG element; empty for `MIXED`, which has no shape.
    """
    drawn = shape_of(code)
    if not drawn.primitives:
        return ""
    hue = BLUE if drawn.hue == "authority" else INK
    styles = {
        "solid": f'fill="{hue}"',
        "line": f'fill="none" stroke="{hue}" stroke-width="{max(1.6, r * 0.22):.1f}"',
    }
    elements = (f"<{geometry(p, x, y, r)} {styles[p.fill]}/>" for p in drawn.primitives)
    return f'<g opacity="{0.5 if faded else 1}">{"".join(elements)}</g>'


def small_map(picture: Picture, snapshot: Snapshot, box: Box, radius: float) -> tuple[Scene, ...]:
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
    radius : float
        Of a symbol, in units of the drawing.

    Returns
    -------
    tuple of Scene
        Empty without a map, or if its symbols would fill it.
    """
    if not picture.mapped:
        return ()
    maps = scenes(picture.records, snapshot, box, radius)
    return maps if 0 < sum(len(scene.symbols) for scene in maps) <= _BESIDE else ()


def draw_scene(drawing: Drawing, scene: Scene, name: str, grid: float = 0.5) -> None:
    """
    Draw one map with its symbols.

    Parameters
    ----------
    drawing : Drawing
        Gets the shapes.
    scene : Scene
        The map.
    name : str
        Id of its clip path, unique in the drawing.
    grid : float
        Units of the drawing to which the outline is rounded.
    """
    box = scene.window.box
    frame = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    weight = 0.7 if grid >= 0.5 else 0.5
    drawing.shapes += [
        f'<clipPath id="{name}"><rect {frame}/></clipPath><rect {frame} fill="{SEA}"/>',
        f'<g clip-path="url(#{name})"><path d="{land(scene.window, grid)}" fill="{LAND}" '
        f'fill-rule="evenodd" stroke="{BORDER}" stroke-width="{weight}"/></g>',
    ]
    for (x, y), (px, py) in zip(scene.anchors.tolist(), scene.places.tolist(), strict=True):
        if np.hypot(px - x, py - y) > 7:
            drawing.shapes.append(
                f'<path d="M{x:.1f} {y:.1f}L{px:.1f} {py:.1f}" stroke="{MUTED}" '
                f'stroke-opacity="0.7"/><circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{MUTED}"/>'
            )
    if scene.marked is not None:
        corners = "L".join(f"{x:.1f} {y:.1f}" for x, y in scene.marked.tolist())
        drawing.shapes.append(f'<path d="M{corners}Z" fill="none" stroke="{INK}"/>')
    for symbol, ring, (x, y) in zip(scene.symbols, scene.rings, scene.places.tolist(), strict=True):
        _symbol(drawing, symbol, ring, x, y, scene.radius)


def _symbol(
    drawing: Drawing, symbol: Symbol, ring: bool, x: float, y: float, radius: float
) -> None:
    """Draw one symbol: in a ring with its count, or a shape alone."""
    if not ring:
        drawing.shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 0.73:.1f}" fill="{PAPER}" '
            f'fill-opacity="0.82"/>' + shape(symbol.shape, x, y, radius * 0.55, symbol.faded)
        )
        return
    drawing.shapes.append(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - 1:.1f}" fill="{PAPER}" stroke="{INK}" '
        f'stroke-width="1.4"/>'
        + shape(symbol.shape, x, y - radius * 0.42, radius * 0.31, symbol.faded)
    )
    size = radius * 0.9
    count = str(symbol.count)
    # alone in its ring, the number is centred
    low = 0.32 if symbol.shape == MIXED else 0.68
    wide = width(count, size, BOLD)
    around = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    drawing.lines.append(
        Line(
            x=x - wide / 2,
            y=y + radius * low,
            size=size,
            runs=((count, BOLD),),
            fill=INK,
            frame=around,
        )
    )


def _beside(scene: Scene, index: int, size: float, occupied: Sequence[Box]) -> Line | None:
    """Place the name of one symbol where it covers no box in ``occupied``; None without room."""
    box = scene.window.box
    inner = Box(box.x + 4, box.y + 4, box.width - 8, box.height - 8)
    x, y = scene.places[index].tolist()
    reach = _reach(scene, index) + 3
    text = only_letters(scene.names[index])
    long = width(text, size)
    for left, base in (
        (x + reach, y + size * 0.34),
        (x - reach - long, y + size * 0.34),
        (x - long / 2, y + reach + size * 0.76),
        (x - long / 2, y - reach - size * 0.24),
    ):
        line = Line(
            x=left, y=base, size=size, runs=((text, REGULAR),), fill=INK, frame=box, halo=True
        )
        if inner.holds(line.box) and not any(line.box.meets(other) for other in occupied):
            return line
    return None


def _reach(scene: Scene, index: int) -> float:
    return scene.radius * (1 if scene.rings[index] else 0.73)


def draw_names(drawing: Drawing, scene: Scene, size: float) -> None:
    """
    Write the names of a few symbols next to them: all, or none if one has no room.

    Parameters
    ----------
    drawing : Drawing
        Gets the lines.
    scene : Scene
        The map.
    size : float
        Of the letters, in units of the drawing.
    """
    if len(scene.symbols) > _NAMED or scene.marked is not None:
        return
    occupied = []
    for index, (x, y) in enumerate(scene.places.tolist()):
        r = _reach(scene, index)
        occupied.append(Box(x - r, y - r, 2 * r, 2 * r))
    lines = []
    for index in range(len(scene.symbols)):
        line = _beside(scene, index, size, occupied)
        if line is None:
            return
        occupied.append(line.box)
        lines.append(line)
    drawing.lines += lines


def draw_scenes(drawing: Drawing, maps: Sequence[Scene], size: float, grid: float = 0.5) -> None:
    """
    Draw the maps of a picture.

    Parameters
    ----------
    drawing : Drawing
        Gets shapes and lines.
    maps : sequence of Scene
        None, one map, or the world and Europe.
    size : float
        Of the letters, in units of the drawing.
    grid : float
        Units of the drawing to which the outline is rounded.
    """
    for number, scene in enumerate(maps):
        draw_scene(drawing, scene, f"map{number}", grid)
        if len(maps) == 1:
            draw_names(drawing, scene, size)
    if len(maps) > 1:
        box = maps[1].window.box
        drawing.shapes.append(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
            f'fill="none" stroke="{INK}"/>'
        )
        label = ((_("Europe"), REGULAR),)
        drawing.lines.append(
            Line(
                x=box.x + 10,
                y=box.y + size + 6,
                size=size,
                runs=label,
                fill=INK,
                frame=box,
                halo=True,
            )
        )
