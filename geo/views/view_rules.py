"""Style rules by which a browser finds the first view in its box: numbers, and no text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.views.first_view import CITY_ZOOM, NARROW, FirstView, Level, Moves

#: pixels of the window: below, the page is laid out for phones
_PHONE_WINDOW = 760


def rules(view: FirstView, moves: Sequence[Moves]) -> str:
    """
    Write the style rules of a view.

    Parameters
    ----------
    view : FirstView
        Its zooms become ``--k``, the scale against the closest one; browsers without
        container queries take those of usual boxes.
    moves : sequence of Moves
        They become ``--a`` and ``--b`` of the symbols in the list of countries.

    Returns
    -------
    str
        The content of a style element.
    """
    usual = _zoom(view, view.desk)
    if view.phone != view.desk:
        usual += f"@media (max-width:{_PHONE_WINDOW}px){{{_zoom(view, view.phone)}}}"
    if len(view.levels) == 1:
        return usual + _moves(moves)
    first, *further = view.levels
    boxes = [f"@container map (min-width:0){{{_zoom(view, first.zoom)}}}"]
    boxes += [f"@container map {_least(level)}{{{_zoom(view, level.zoom)}}}" for level in further]
    return usual + "".join(boxes) + _moves(moves)


def _number(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _zoom(view: FirstView, zoom: float) -> str:
    near = zoom >= CITY_ZOOM
    levels = f";--far:{'none' if near else 'block'};--near:{'block' if near else 'none'}"
    scale = _number(2 ** (zoom - view.closest), 5)
    return f".map-view{{--k:{scale}{levels if view.shows_cities else ''}}}"


def _least(level: Level) -> str:
    # rounded up: a box that is a fraction too small has the smaller zoom
    return f"(min-width:{level.width + 0.005:.2f}px) and (min-height:{level.height + 0.005:.2f}px)"


def _moves(moves: Sequence[Moves]) -> str:
    """Write all moves; each rule says of every symbol where it is, since the last one counts."""
    indices = sorted({index for some in moves for index in some.by_index})
    text, seen = "", set[bool]()
    for some in moves:
        conditions = [f"(max-width:{NARROW - 0.02}px)"] if some.narrow else []
        if some.narrow in seen:
            conditions.append(_least(some.level))
        seen.add(some.narrow)
        body = "".join(_moved(some, indices))
        text += f"@container map {' and '.join(conditions)}{{{body}}}" if conditions else body
    return text


def _moved(moves: Moves, indices: Iterable[int]) -> Iterable[str]:
    for index in indices:
        x, y = moves.by_index.get(index, (0.0, 0.0))
        yield f".mc:nth-child({index + 1}){{--a:{_number(x, 1)};--b:{_number(y, 1)}}}"
