"""
The shapes of the latest words, scaled to where they are drawn.

Every drawing takes its primitives from the vocabulary: cards and pictures through
`geometry`, the browser's map through `shapes_data`. A code without a shape is an error, so
that no word is ever shown as another one, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from geo.model.latest_word import Circle, LatestWord, Point, Primitive, Shape
from geo.model.vocabulary import LATEST_WORDS, SHARED_LABELS
from geo.wording import _


def shape_of(code: str) -> Shape:
    """
    Find the shape of a latest word.

    Parameters
    ----------
    code : str
        A code of the vocabulary.

    Raises
    ------
    KeyError
        When the vocabulary has no such code.
    """
    if code not in LATEST_WORDS:
        raise KeyError(f"The vocabulary has no latest word “{code}”: no shape can be drawn for it.")
    return LATEST_WORDS[code].shape


def geometry(primitive: Primitive, x: float, y: float, radius: float) -> str:
    """
    Scale a primitive.

    Parameters
    ----------
    primitive : Circle or Path
        In unit coordinates.
    x, y : float
        Where its centre is drawn.
    radius : float
        The length that 1 becomes.

    Returns
    -------
    str
        Name and attributes of an SVG element, made from numbers alone, for ``<… />``.
    """
    if isinstance(primitive, Circle):
        return f'circle cx="{x:.1f}" cy="{y:.1f}" r="{primitive.radius * radius:.1f}"'
    first, *rest = primitive.points
    steps = [f"M{_at(first, x, y, radius)}"]
    for point in rest:
        arc = f"{point.arc * radius:.1f}"
        steps.append(f"A{arc} {arc} 0 0 0 " if point.arc else "L")
        steps.append(_at(point, x, y, radius))
    return f'path d="{"".join(steps)}{"Z" if primitive.closed else ""}"'


def _at(point: Point, x: float, y: float, radius: float) -> str:
    return f"{x + point.x * radius:.1f} {y + point.y * radius:.1f}"


def shapes_data() -> dict[str, Any]:
    """Return every shape by its code, as ``atlas-map.js`` reads them."""
    return {code: asdict(shape_of(code)) for code in LATEST_WORDS}


def in_order(codes: Iterable[str]) -> list[str]:
    """
    Put codes in the order of the vocabulary, each once.

    Raises
    ------
    KeyError
        When the vocabulary has no such code.
    """
    given = set(codes)
    for code in given:
        shape_of(code)
    return [code for code in LATEST_WORDS if code in given]


def by_shape(codes: Iterable[str]) -> list[tuple[LatestWord, ...]]:
    """Group latest words that share a shape, in the order of the vocabulary."""
    groups: dict[Shape, list[LatestWord]] = {}
    for code in in_order(codes):
        groups.setdefault(shape_of(code), []).append(LATEST_WORDS[code])
    return [tuple(words) for words in groups.values()]


def legend() -> list[dict[str, str]]:
    """List the shapes, each with a code that has it and the label of the words that share it."""
    return [
        {"code": words[0].code, "label": shared_label(words)} for words in by_shape(LATEST_WORDS)
    ]


def shared_label(words: tuple[LatestWord, ...], *, short: bool = False) -> str:
    """
    Name what words that share a shape have in common.

    Parameters
    ----------
    words : tuple of LatestWord
        As `by_shape` groups them.
    short : bool
        Whether a word alone has its short label.

    Returns
    -------
    str
        Of several words the label of all that have their shape, which is true of any of them;
        their short labels where the vocabulary has none.
    """
    if len(words) == 1:
        return _(words[0].short if short else words[0].label)
    codes = {word.code for word in words}
    shared = next((label for alike, label in SHARED_LABELS.items() if codes <= alike), "")
    return _(shared) if shared else " / ".join(_(word.short) for word in words)
