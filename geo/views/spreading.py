"""Room for symbols that would cover each other: the moves that ``atlas-map.js`` makes."""

from __future__ import annotations

import math
from functools import lru_cache

_ROUNDS = 80
_BACK = 0.03  # share of its way home that each symbol goes after a round

Points = tuple[tuple[float, float], ...]


@lru_cache(maxsize=512)
def spread(points: Points, gap: float) -> Points:
    """
    Push symbols apart that are nearer to each other than a gap, always the same way.

    Parameters
    ----------
    points : tuple of tuple of float
        (x, y) in pixels.
    gap : float
        In pixels, between two centres.

    Returns
    -------
    tuple of tuple of float
        Where they are drawn, in pixels.
    """
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    for _round in range(_ROUNDS):
        calm = True
        for i in range(len(points)):
            if _part(xs, ys, i, gap):
                calm = False
        if calm:
            break
        for i, (x, y) in enumerate(points):
            xs[i] += (x - xs[i]) * _BACK
            ys[i] += (y - ys[i]) * _BACK
    return tuple(zip(xs, ys, strict=True))


def _part(xs: list[float], ys: list[float], i: int, gap: float) -> bool:
    """Push a symbol and each later one apart where they are too near; say whether any was."""
    x, y, square, pushed = xs[i], ys[i], gap * gap, False
    for j in range(i + 1, len(xs)):
        dx = xs[j] - x
        # most pairs are far apart: this is the loop's usual end
        if not -gap < dx < gap:
            continue
        dy = ys[j] - y
        if dx * dx + dy * dy >= square:
            continue
        pushed = True
        apart = distance = math.hypot(dx, dy)
        if apart < 0.01:
            dx, dy, distance = math.cos(i + j), math.sin(i + j), 1.0
        push = (gap - apart) / 2 / distance
        x -= dx * push
        y -= dy * push
        xs[j] += dx * push
        ys[j] += dy * push
    xs[i], ys[i] = x, y
    return pushed
