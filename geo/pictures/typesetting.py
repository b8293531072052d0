"""Text set by measured widths: a picture has no browser that would break its lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from geo.views.text_width import REGULAR, advances, width
from geo.words.typography import typographic

FAMILY = "Source Sans 3"
_ELLIPSIS = "…"

#: a piece of text and its weight; there is a blank between two of them
Run = tuple[str, int]
#: one line as it is set
Runs = tuple[Run, ...]


def clean(text: str) -> str:
    """Return the text on one line, without characters that XML forbids or that turn lines round."""
    kept = []
    for character in text:
        kind = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif kind != "Cf":
            # noncharacters, surrogates and controls are not allowed in XML 1.0
            kept.append("\ufffd" if kind in ("Cc", "Cs", "Cn", "Co") else character)
    return " ".join("".join(kept).split())


def has_letters_for(text: str) -> bool:
    """Say whether the vendored font can draw the whole text."""
    return all(character in advances()[REGULAR] for character in clean(text))


def by_letters(text: str) -> list[tuple[str, bool]]:
    """
    Divide a text into parts that the vendored font can draw and parts that it cannot.

    Parameters
    ----------
    text : str
        On one line.

    Returns
    -------
    list of (str, bool)
        Each part, and whether the font has its letters. Words of another script and the blanks
        between them are one part, since they may run from right to left.
    """
    known = advances()[REGULAR]
    parts: list[tuple[str, bool]] = []
    for has, letters in groupby(text, lambda character: character in known):
        part = "".join(letters)
        if not has and len(parts) > 1 and parts[-1][0].isspace():
            part = parts.pop(-2)[0] + parts.pop()[0] + part
        parts.append((part, has))
    return parts


def only_letters(text: str) -> str:
    """Return the text without the characters that the vendored font lacks."""
    known = "".join(c for c in clean(text) if c in advances()[REGULAR])
    # a word that is gone leaves two blanks, or one before a comma
    return re.sub(r" (?=[;,.])", "", " ".join(known.split()))


def line_width(line: Iterable[Run], size: float) -> float:
    """
    Return the width of a line.

    Parameters
    ----------
    line : iterable of (str, int)
        Text and weight; `wrap` gives every run but the last its blank.
    size : float
        Of the letters, in units of the drawing.

    Returns
    -------
    float
        In units of the drawing.
    """
    return sum(width(text, size, weight) for text, weight in line)


def _pieces(word: str, size: float, weight: int, most: float) -> list[str]:
    """Break a word that is wider than a line into parts that are not."""
    if width(word, size, weight) <= most:
        return [word]
    parts, part = [], ""
    for character in word:
        if part and width(part + character, size, weight) > most:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]


def _joined(words: Sequence[Run]) -> Runs:
    """Join words of one line into as few runs as possible, each but the last with its blank."""
    runs: list[Run] = []
    for index, (word, weight) in enumerate(words):
        text = word if index == len(words) - 1 else word + " "
        if runs and runs[-1][1] == weight:
            runs[-1] = (runs[-1][0] + text, weight)
        else:
            runs.append((text, weight))
    return tuple(runs)


def wrap(runs: Sequence[Run], size: float, most: float) -> list[Runs]:
    """
    Break text into lines.

    Parameters
    ----------
    runs : sequence of (str, int)
        Text and weight; breaks fall at blanks, and inside a word only if it is wider than a
        line.
    size : float
        Of the letters, in units of the drawing.
    most : float
        Width of a line, in units of the drawing.

    Returns
    -------
    list of tuple of (str, int)
        The lines, none wider than ``most``.
    """
    lines: list[Runs] = []
    line: list[Run] = []
    for text, weight in runs:
        for word in clean(typographic(text)).split(" "):
            for piece in _pieces(word, size, weight, most) if word else ():
                if line and line_width(_joined([*line, (piece, weight)]), size) > most:
                    lines.append(_joined(line))
                    line = []
                line.append((piece, weight))
    return [*lines, _joined(line)] if line else lines


def cut(lines: Sequence[Runs], most: int, size: float, room: float) -> list[Runs]:
    """
    Cut lines to a greatest number.

    Parameters
    ----------
    lines : sequence of tuple of (str, int)
        As `wrap` returns them.
    most : int
        Greatest number of lines.
    size : float
        Of the letters, in units of the drawing.
    room : float
        Width of a line, in units of the drawing.

    Returns
    -------
    list of tuple of (str, int)
        A text that was cut ends at a word, with an ellipsis.
    """
    if len(lines) <= most:
        return list(lines)
    words = [(word, weight) for text, weight in lines[most - 1] for word in text.split()]
    while words:
        word, weight = words[-1]
        ended = (*words[:-1], (word.rstrip(",;:.–—") + _ELLIPSIS, weight))
        line = _joined(ended)
        if line_width(line, size) <= room:
            return [*lines[: most - 1], line]
        words.pop()
    return [*lines[: most - 1], ((_ELLIPSIS, REGULAR),)]


def set_text(text: str, size: float, room: float, most: int, weight: int = REGULAR) -> list[Runs]:
    """
    Break a plain text into a greatest number of lines.

    Parameters
    ----------
    text : str
        In one weight.
    size : float
        Of the letters, in units of the drawing.
    room : float
        Width of a line, in units of the drawing.
    most : int
        Greatest number of lines.
    weight : int
        `REGULAR` or `BOLD`.

    Returns
    -------
    list of tuple of (str, int)
        A text that was cut ends at a word, with an ellipsis.
    """
    return cut(wrap([(text, weight)], size, room), most, size, room)
