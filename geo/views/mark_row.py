"""The marks of some records in one row, as lists and tables draw them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from geo.model.vocabulary import LATEST_WORDS
from geo.views.blocks import BAR, BAR_HEIGHT, COUNT, SIDE, Block, block
from geo.views.shapes import geometry, shape_of
from geo.wording import _

#: half of the box that a mark is drawn in, without the room around it
_RADIUS = 5.0


def mark_row(words: Sequence[str]) -> Markup:
    """
    Draw the marks of some records in one row.

    Parameters
    ----------
    words : sequence of str
        The latest word on each record, in the order of the legend.

    Returns
    -------
    Markup
        An SVG element with a text alternative; count and bar where there are too many marks
        for a row, nothing without records.
    """
    if not words:
        return Markup("")
    drawn = block(words, columns=len(words))
    inside = _marks(words, drawn) if drawn.centres else _bar(len(words), drawn)
    return Markup(
        '<svg class="marks" width="{w:.0f}" height="{h:.0f}" viewBox="0 0 {w:.0f} {h:.0f}" '
        'role="img" aria-label="{said}">{inside}</svg>'
    ).format(w=drawn.width, h=drawn.height, said=_said(words), inside=inside)


def _said(words: Sequence[str]) -> str:
    counts = Counter(words)
    return "; ".join(
        _("{label}: {n}").format(label=_(word.short), n=counts[code])
        for code, word in LATEST_WORDS.items()
        if counts[code]
    )


def _marks(words: Sequence[str], drawn: Block) -> Markup:
    marks = []
    for word, (x, y) in zip(words, drawn.centres, strict=True):
        shape = shape_of(word)
        parts = Markup("").join(
            Markup('<{} class="{}"/>').format(
                Markup(geometry(primitive, x, y, _RADIUS)), primitive.fill
            )
            for primitive in shape.primitives
        )
        marks.append(Markup('<g class="shape {}">{}</g>').format(shape.hue, parts))
    return Markup("").join(marks)


def _bar(count: int, drawn: Block) -> Markup:
    parts, x = [], COUNT
    for part in drawn.parts:
        width = BAR * part.count / count
        fill = "solid" if part.solid else "line"
        parts.append(
            Markup(
                '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
            ).format(f"part {part.hue} {fill}", x, (SIDE - BAR_HEIGHT) / 2, width, BAR_HEIGHT)
        )
        x += width
    text = Markup('<text y="{:.1f}">{}</text>').format(SIDE - 1.5, count)
    return text + Markup("").join(parts)
