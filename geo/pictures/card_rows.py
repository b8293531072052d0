"""The rows of a card in a picture: set in the greatest size that fits, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.pictures.content import Picture, Row
from geo.pictures.drawing import BLUE, INK, LEADING, MUTED, Drawing
from geo.pictures.lines import Box
from geo.pictures.map_marks import shape
from geo.pictures.typesetting import Run, Runs, clean, cut, set_text, wrap
from geo.views.text_width import BOLD, REGULAR
from geo.words.lines import bracketed

#: no authority of the ledger has so long a name; a broken cell must not push the words out
_LONGEST_NAME = 240


@dataclass(frozen=True, slots=True)
class Look:
    """
    The measures of a kind of picture, in units of the drawing.

    Attributes
    ----------
    gutter : float
        From the left edge of a row to its text; the heading is inside it.
    small : float
        Size of headings and of the legend.
    sizes : tuple of float
        Of a row's text: the first at which nothing has to be cut, else the last.
    between : float
        From one row to the next.
    """

    gutter: float
    small: float
    sizes: tuple[float, ...]
    between: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its lines, where it begins, and how wide and high it is."""

    row: Row
    heading: tuple[Runs, ...]
    lines: tuple[Runs, ...]
    size: float
    box: Box


def lead(row: Row) -> tuple[Run, ...]:
    """Return date, speaker, scope and marks of a row: the part that is never cut."""
    said = row.statement
    if said is None:
        return ()
    who = clean(said.who)
    if len(who) > _LONGEST_NAME:
        who = who[:_LONGEST_NAME].rpartition(" ")[0] + "…"
    who, aside = bracketed(who, said.aside(scope=True))
    return ((f"{said.when}, {who}", BOLD), (f"{aside.lstrip()}:", REGULAR))


def words(row: Row) -> tuple[Run, ...]:
    """Return the whole text of a row."""
    return (*lead(row), (row.statement.text if row.statement else row.missing, REGULAR))


def _place_rows(
    rows: Sequence[Row], look: Look, size: float, top: float, room: Callable[[float], Box],
    most: Sequence[int] | None,
) -> list[Placed]:  # fmt: skip
    placed = []
    for index, row in enumerate(rows):
        at = room(top)
        broad = at.width - look.gutter
        lines = wrap(words(row), size, broad)
        if most is not None:
            lines = cut(lines, most[index], size, broad)
        heading = wrap([(row.heading, BOLD)], look.small, look.gutter - look.small * 1.2)
        lower = _lower(size, look.small)
        high = max(LEADING * len(lines) * size, LEADING * len(heading) * look.small + lower)
        box = Box(at.x, top, at.width, high)
        placed.append(Placed(row, tuple(heading), tuple(lines), size, box))
        top += high + look.between
    return placed


def _lower(size: float, small: float) -> float:
    """Return how far a heading is lowered to share the base line of the text next to it."""
    return max(0.0, (size - small) * (LEADING / 2 + 0.26))


def place_rows(
    rows: Sequence[Row], look: Look, top: float, bottom: float, room: Callable[[float], Box]
) -> list[Placed]:
    """
    Find places for the rows of a card, in the greatest size in which nothing is cut.

    Parameters
    ----------
    rows : sequence of Row
        The claim first.
    look : Look
        Measures.
    top, bottom : float
        Between which they must stay, in units of the drawing.
    room : callable
        From a height to the box whose left edge and width a row there has.

    Returns
    -------
    list of Placed
        If no size fits, the longest row is cut first, and the claim before the answers;
        date, speaker and one line of the words always stay.
    """
    placed: list[Placed] = []
    for size in look.sizes:
        placed = _place_rows(rows, look, size, top, room, None)
        if not placed or placed[-1].box.bottom <= bottom:
            return placed
    size = look.sizes[-1]
    most = [len(p.lines) for p in placed]
    least = [len(wrap(lead(p.row), size, p.box.width - look.gutter)) + 1 for p in placed]
    while placed[-1].box.bottom > bottom and sum(most) > len(most):
        spare = [n - least[i] for i, n in enumerate(most)]
        # nothing to spare is left only where a name fills lines: then it is cut as well
        weights = spare if max(spare) > 0 else most
        longest = max(range(len(most)), key=lambda i: (weights[i], -i))
        most[longest] -= 1
        placed = _place_rows(rows, look, size, top, room, most)
    return placed


def draw_rows(drawing: Drawing, placed: Sequence[Placed], look: Look) -> float:
    """
    Draw rows at their places.

    Parameters
    ----------
    drawing : Drawing
        Gets shapes and lines.
    placed : sequence of Placed
        As `place_rows` returns them.
    look : Look
        Measures.

    Returns
    -------
    float
        Where they end; 0 without rows.
    """
    for index, p in enumerate(placed):
        hue = BLUE if p.row.host else INK if index == 0 else MUTED
        drawing.rule(p.box.x, p.box.y, look.small / 7, hue, p.box.height)
        inset = look.small * 0.7
        lower = _lower(p.size, look.small)
        head = Box(p.box.x + inset, p.box.y + lower, look.gutter - inset, p.box.height - lower)
        drawing.write(p.heading, head, look.small, hue)
        body = Box(p.box.x + look.gutter, p.box.y, p.box.width - look.gutter, p.box.height)
        quiet = MUTED if p.row.statement is None else BLUE if p.row.host else INK
        drawing.write(p.lines, body, p.size, quiet)
    return placed[-1].box.bottom if placed else 0.0


def draw_latest(drawing: Drawing, picture: Picture, at: Box, size: float, most: int) -> float:
    """
    Write the latest word as the first line of a record's card, after its mark.

    Parameters
    ----------
    drawing : Drawing
        Gets shape and lines.
    picture : Picture
        Its content.
    at : Box
        Where it begins, and its width.
    size : float
        Of the letters, in units of the drawing.
    most : int
        Greatest number of lines.

    Returns
    -------
    float
        Where it ends; where it would begin for a card that is not a record's.
    """
    if not picture.latest:
        return at.y
    inset = size * 1.1
    lines = set_text(picture.latest, size, at.width - inset, most, BOLD)
    frame = Box(at.x + inset, at.y, at.width - inset, len(lines) * size * LEADING)
    middle = frame.y + size * LEADING / 2
    drawing.shapes.append(shape(picture.word, at.x + size * 0.42, middle, size * 0.38))
    return drawing.write(lines, frame, size)
