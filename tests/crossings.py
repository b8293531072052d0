"""What the hairlines of a map cross, as it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry import LineString, box

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A unit as it is drawn: its line, its block and what else, all in one map's pixels."""

    name: str
    line: list[tuple[float, float]]
    block: Rectangle
    others: list[Rectangle]


def crossings(units: Sequence[Drawn]) -> list[tuple[str, str]]:
    """Units whose line crosses something, or does not end at its block, with what is in its way."""
    met = []
    blocks = [box(*unit.block) for unit in units]
    others = [[box(*each) for each in unit.others] for unit in units]
    lines = [LineString(unit.line) if unit.line else None for unit in units]
    for i, line in enumerate(lines):
        if line is None:
            continue
        if line.distance(blocks[i]) > 1.0 or line.length < 3.0:
            met.append((units[i].name, "its own block"))
        for j, other in enumerate(units):
            way = others[j] if i == j else [blocks[j], *others[j]]
            across = lines[j] if i != j else None
            if any(line.intersects(each) for each in way) or (across and line.intersects(across)):
                met.append((units[i].name, other.name))
    return met
