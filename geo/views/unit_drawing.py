"""How the name and the bar of a unit are drawn: the same in the picture and in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from geo.views.blocks import BAR, COUNT, Block
from geo.views.placement import Placed


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the bar of many records: how it looks, where it begins, and its length."""

    look: str
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnName:
    """
    The lines of a name.

    Attributes
    ----------
    x, y : float
        Where its lines are aligned, and the top of the first, in pixels from the anchor.
    anchor : str
        How they are aligned, as SVG calls it (``text-anchor``).
    lines : tuple of str
        The name.
    note : str
        The line below it; empty for none.
    """

    x: float
    y: float
    anchor: str
    lines: tuple[str, ...]
    note: str


def bars(block: Block) -> tuple[Bar, ...]:
    """Return the parts of a block's bar, from its left edge; none where marks are drawn."""
    total = sum(part.count for part in block.parts)
    drawn, x = [], COUNT
    for part in block.parts:
        width = BAR * part.count / total
        drawn.append(Bar("solid" if part.solid else part.hue, x, width))
        x += width
    return tuple(drawn)


def drawn_line(placed: Placed, x: float = 0.0, y: float = 0.0) -> str:
    """
    Write the hairline of a unit as the data of an SVG path.

    Parameters
    ----------
    placed : Placed
        The unit.
    x, y : float
        Where its anchor is drawn.

    Returns
    -------
    str
        From the anchor to the block; empty where no line ties them.
    """
    points = [(x, y), *((x + across, y + down) for across, down in placed.line)]
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points) if placed.line else ""


def drawn_name(placed: Placed) -> DrawnName | None:
    """Return the name of a unit; None where there is no room for it."""
    if not placed.named:
        return None
    along = {"right": 0.0, "left": 1.0}.get(placed.side, 0.5)
    note = placed.unit.note
    return DrawnName(
        x=placed.name_x + placed.name_width * along,
        y=placed.name_y,
        anchor={0.0: "start", 1.0: "end"}.get(along, "middle"),
        lines=placed.lines[:-1] if note else placed.lines,
        note=note,
    )
