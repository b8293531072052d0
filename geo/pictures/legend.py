"""The legend and the permanent words of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.pictures.drawing import INK, LEADING, MUTED, RULE, Drawing
from geo.pictures.lines import Box
from geo.pictures.map_marks import shape
from geo.pictures.typesetting import Runs, line_width, wrap
from geo.views.shapes import by_shape, shared_label
from geo.views.text_width import BOLD, REGULAR
from geo.wording import _
from geo.words.permanent_lines import MEANING, NOT_MEANING


def notice_lines(size: float, room: float) -> list[Runs]:
    """
    Set the permanent words of every picture: what a record means, and what it does not mean.

    Parameters
    ----------
    size : float
        Of the letters, in units of the drawing.
    room : float
        Width of a line, in units of the drawing.

    Returns
    -------
    list of tuple of (str, int)
        Lines of runs: text and weight.
    """
    return wrap([(_(MEANING), BOLD), (_(NOT_MEANING), REGULAR)], size, room)


def _signs(counts: Counter[str], signers: Mapping[str, str]) -> list[tuple[str, str]]:
    """List the shapes drawn, each with its words, the number of its records, and who signs."""
    signs = []
    for alike in by_shape(counts):
        label = shared_label(alike, short=True)
        text = _("{label}: {n}").format(label=label, n=sum(counts[word.code] for word in alike))
        signed = "; ".join(signers[word.code] for word in alike if word.code in signers)
        signs.append((alike[0].code, f"{text} ({signed})" if signed else text))
    return signs


@dataclass(frozen=True, slots=True)
class Legend:
    """A typeset legend: each entry with its sign and the place of its words."""

    entries: tuple[tuple[str, float, float, Runs], ...]
    size: float
    height: float


def legend(
    words: Iterable[str],
    size: float,
    room: float,
    signers: Mapping[str, str],
    stacked: bool = False,
) -> Legend:
    """
    Set the legend of some records.

    Parameters
    ----------
    words : iterable of str
        The latest word on each of them.
    size : float
        Of the letters, in units of the drawing.
    room : float
        Width of a line, in units of the drawing.
    signers : mapping of str to str
        As `Picture.signers`.
    stacked : bool
        Whether each entry begins a line.

    Returns
    -------
    Legend
        Without entries if there is no record.
    """
    counts = Counter(words)
    if not counts:
        return Legend((), size, 0)
    start = _("One mark a record, by its latest word:")
    entries = []
    x = y = 0.0
    step = size * 1.32
    for code, label in [("", start), *_signs(counts, signers)]:
        before = size * 1.3 if code else 0.0
        for number, line in enumerate(wrap([(label, REGULAR)], size, room - before)):
            long = before + line_width(line, size)
            if x and (stacked or x + long > room):
                x, y = 0.0, y + step
            entries.append((code if not number else "", x + before, y, line))
            x += long + size * 0.8
    return Legend(tuple(entries), size, y + step)


def draw_legend(drawing: Drawing, typeset: Legend, frame: Box) -> None:
    """
    Draw a legend from the top left corner of its frame.

    Parameters
    ----------
    drawing : Drawing
        Gets shapes and lines.
    typeset : Legend
        As `legend` returns it.
    frame : Box
        The area that it must stay in.
    """
    for sign, x, y, line in typeset.entries:
        at = Box(frame.x + x, frame.y + y, frame.width - x, typeset.size * LEADING)
        if sign:
            middle = at.y + typeset.size * 0.64
            drawing.shapes.append(
                shape(sign, at.x - typeset.size * 0.68, middle, typeset.size * 0.44)
            )
        drawing.write([line], at, typeset.size, MUTED)


def draw_notice(drawing: Drawing, lines: Sequence[Runs], frame: Box, size: float) -> None:
    """
    Draw the permanent words under a rule.

    Parameters
    ----------
    drawing : Drawing
        Gets shapes and lines.
    lines : sequence of sequence of (str, int)
        As `notice_lines` returns them.
    frame : Box
        The area that they must stay in.
    size : float
        Of the letters, in units of the drawing.
    """
    drawing.rule(frame.x, frame.y - size * 0.4, frame.width, RULE)
    drawing.write(lines, frame, size, INK)
