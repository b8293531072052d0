"""The legend and the permanent words of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.model.latest_word import LatestWord
from geo.pictures.drawing import INK, LEADING, MUTED, RULE, Box, Drawing
from geo.pictures.maps import shape
from geo.pictures.scenes import Scene
from geo.pictures.typesetting import BOLD, REGULAR, Runs, line_width, wrap
from geo.views.shapes import MIXED, by_shape
from geo.wording import _
from geo.words.permanent_lines import MEANING, NOT_MEANING


def notice_lines(size: float, room: float) -> list[Runs]:
    """
    Set the permanent words of every picture: what a symbol means, and what it does not mean.

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


def _short(word: LatestWord, paler: bool) -> str:
    label = _(word.short)
    return _("{label} (paler: over a year ago)").format(label=label) if paler else label


def _signs(scenes: Sequence[Scene]) -> list[tuple[str, str]]:
    """List the shapes drawn, each with its words; words that share a shape are one entry."""
    drawn = {(s.shape, s.faded) for scene in scenes for s in scene.symbols}
    codes = {code for code, _faded in drawn}
    signs: list[tuple[str, str]] = []
    for words in by_shape(codes):
        labels = [_short(word, (word.code, True) in drawn) for word in words]
        signs.append((words[0].code, " / ".join(labels)))
    if MIXED in codes:
        signs.append(("", _("Number only: the latest word differs between records")))
    return signs


def _what_signs_say(scenes: Sequence[Scene]) -> str:
    countries = sum(scene.countries for scene in scenes)
    if countries == sum(len(scene.symbols) for scene in scenes):
        return _("Numbers count records; symbols show the most recent act of a host authority:")
    if countries:
        return _(
            "Numbers count records; symbols show a city’s latest word, or the most recent "
            "act of a country’s authorities:"
        )
    if any(any(scene.rings) for scene in scenes):
        return _("Numbers count records; symbols show the latest word:")
    return _("Symbols show the latest word:")


@dataclass(frozen=True, slots=True)
class Legend:
    """A typeset legend: each entry with its sign and the place of its words."""

    entries: tuple[tuple[str, float, float, Runs], ...]
    size: float
    height: float


def legend(scenes: Sequence[Scene], size: float, room: float, stacked: bool = False) -> Legend:
    """
    Set the legend of some maps.

    Parameters
    ----------
    scenes : sequence of Scene
        The maps.
    size : float
        Of the letters, in units of the drawing.
    room : float
        Width of a line, in units of the drawing.
    stacked : bool
        Whether each entry begins a line.

    Returns
    -------
    Legend
        Without entries if no map has a symbol.
    """
    if not any(scene.symbols for scene in scenes):
        return Legend((), size, 0)
    start = _what_signs_say(scenes)
    entries = []
    x = y = 0.0
    step = size * 1.32
    for code, label in [("", start), *_signs(scenes)]:
        before = size * 1.3 if code else 0.0
        for number, line in enumerate(wrap([(label, REGULAR)], size, room - before)):
            long = before + line_width(line, size)
            if x and (stacked or x + long > room):
                x, y = 0.0, y + step
            entries.append((code if not number else "", x + before, y, line))
            x += long + size * 0.9
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
