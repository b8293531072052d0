"""What the preview and the figure of a view have in common: rows of a card, legend, notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.model.latest_word import LatestWord
from geo.pictures.content import Row
from geo.pictures.drawing import BLUE, INK, MUTED, RULE, Box, Drawing
from geo.pictures.maps import shape
from geo.pictures.scenes import Scene
from geo.pictures.typesetting import BOLD, REGULAR, Run, Runs, clean, cut, line_width, wrap
from geo.views.shapes import MIXED, by_shape
from geo.wording import _
from geo.words.permanent_lines import MEANING, NOT_MEANING

LEADING = 1.22
#: no authority of the ledger has so long a name; a broken cell must not push the words out
_LONGEST_NAME = 240


@dataclass(frozen=True, slots=True)
class Look:
    """
    Measures of a kind of picture, in its units.

    Attributes
    ----------
    gutter : float
        From the left edge of a row to its text; the heading stands in it.
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
    """When and who, and what it is about: the part of a row that is never left out."""
    said = row.statement
    if said is None:
        return ()
    who = clean(said.who)
    if len(who) > _LONGEST_NAME:
        who = who[:_LONGEST_NAME].rpartition(" ")[0] + "…"
    return ((f"{said.when}, {who}", BOLD), (f"({said.scope}):", REGULAR))


def words(row: Row) -> tuple[Run, ...]:
    """Everything that a row says."""
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
    """How far a heading is set lower, so that its base line is that of the text beside it."""
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
        Between which they must stay.
    room : callable
        From a height to the box whose left edge and width a row there has.

    Returns
    -------
    list of Placed
        Where nothing fits, the longest row is cut first, and the claim before the answers;
        when, who, and a line of the words stay.
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
    """Draw rows that have their places; return where they end."""
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


def notice_lines(size: float, room: float) -> list[Runs]:
    """The words that stand in every picture: what a symbol means, and what it does not."""
    return wrap([(_(MEANING), BOLD), (_(NOT_MEANING), REGULAR)], size, room)


def _short(word: LatestWord, paler: bool) -> str:
    label = _(word.short)
    return _("{label} (paler: over a year ago)").format(label=label) if paler else label


def _signs(scenes: Sequence[Scene]) -> list[tuple[str, str]]:
    """The shapes that are drawn, each with its words; those of one shape are one entry."""
    drawn = {(s.shape, s.faded) for scene in scenes for s in scene.symbols}
    codes = {code for code, _faded in drawn}
    found: list[tuple[str, str]] = []
    for words in by_shape(codes):
        labels = [_short(word, (word.code, True) in drawn) for word in words]
        found.append((words[0].code, " / ".join(labels)))
    if MIXED in codes:
        found.append(("", _("No sign: their latest words differ")))
    return found


def _what_signs_say(scenes: Sequence[Scene]) -> str:
    countries = sum(scene.countries for scene in scenes)
    if countries == sum(len(scene.symbols) for scene in scenes):
        return _("Numbers count records; signs show the newest act of a host authority:")
    if countries:
        return _(
            "Numbers count records; signs show a city's latest word, or the newest act of a "
            "country's authorities:"
        )
    if any(any(scene.rings) for scene in scenes):
        return _("Numbers count records; signs show their latest word:")
    return _("Signs show the latest word:")


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend, set: each entry with its sign and the place of its words."""

    entries: tuple[tuple[str, float, float, Runs], ...]
    size: float
    height: float


def legend(scenes: Sequence[Scene], size: float, room: float, stacked: bool = False) -> Legend:
    """Set the legend of some maps in lines of a width, or one entry below the other."""
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


def draw_legend(drawing: Drawing, made: Legend, frame: Box) -> None:
    """Draw a legend from the top left corner of its frame."""
    for sign, x, y, line in made.entries:
        at = Box(frame.x + x, frame.y + y, frame.width - x, made.size * LEADING)
        if sign:
            middle = at.y + made.size * 0.64
            drawing.shapes.append(shape(sign, at.x - made.size * 0.68, middle, made.size * 0.44))
        drawing.write([line], at, made.size, MUTED)


def draw_notice(drawing: Drawing, lines: Sequence[Runs], frame: Box, size: float) -> None:
    """Draw the permanent words under a rule."""
    drawing.rule(frame.x, frame.y - size * 0.4, frame.width, RULE)
    drawing.write(lines, frame, size, INK)
