"""
How high words in HTML are at some width, before any browser has set them.

Their lines are broken by the measured widths of the font, in the sizes of ``embed.css`` and of
the card in ``atlas.css``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from geo.views.text_width import width as width_of

#: margins and border of the frame's content
AROUND = 26
_VOID = frozenset({"meta", "link", "img", "br", "hr", "base", "source", "input"})
_INLINE = frozenset({"a", "b", "i", "span", "strong", "small", "time", "br", "cite", "q"})
_UNSEEN = frozenset({"head", "style", "title", "svg", "picture"})
_HIDDEN = frozenset(
    {"unseen", "skips", "unit", "layer", "overview", "map-picture", "plots", "whole-time", "filter"}
)

#: the list that explains a chart, on as few lines as it fits
_KEY = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """
    How a block is set, in pixels.

    Attributes
    ----------
    size, line : float
        Of its letters, and of a line; 0 for those of the block around it.
    above, below : float
        Margins, borders and padding over and under it.
    indent : float
        At its sides together.
    least : float
        Its least height, without what is over and under it.
    heavy : float
        How much wider its letters are than those of the sans serif in regular.
    """

    size: float = 0
    line: float = 0
    above: float = 0
    below: float = 0
    indent: float = 0
    least: float = 0
    heavy: float = 1.0


#: by class, and by element with a full stop after it
STYLES: dict[str, Style] = {
    "h1.": Style(size=13, line=24),
    "h2.": Style(size=22, line=27, above=2, heavy=1.06),
    "h3.": Style(size=14, line=20, heavy=1.04),
    "header.": Style(above=10),
    "meaning": Style(size=13, line=18, above=12, below=6),
    "notice": Style(above=8, below=8, indent=27),
    "latest": Style(above=19, below=9),
    "voice": Style(above=10),
    "answer": Style(above=10, indent=10),
    "differ": Style(above=17),
    "section.": Style(above=10),
    "lead": Style(size=18, line=22, indent=24, heavy=1.03),
    "aside": Style(size=13, line=18, above=4, indent=24),
    "facts": Style(size=13, line=18, above=2),
    "flags": Style(size=13, line=18),
    "over-time": Style(least=24),
    "quote": Style(size=13, line=18, above=2, indent=11),
    "folded": Style(above=1),
    "quotes": Style(size=13, least=24),
    "summary.": Style(line=20, least=24),
    "explained": Style(size=13, line=17, below=4),
    "figcaption.": Style(size=13, line=18, above=8),
    "footer.": Style(size=13, line=18, above=14, below=8),
    "full": Style(size=14, least=28),
    "note": Style(size=13, line=18),
    "how": Style(size=13, line=17.5, above=12),
    # by the class of what is around, and element
    "coverage li": Style(size=13, line=20, indent=27),
    "records li": Style(above=9, below=8),
    "folded summary": Style(line=20, least=32),
    "first folded": Style(above=11),
    "legend h2": Style(size=14, line=20, heavy=1.04),
    "how h2": Style(size=13, line=17, heavy=1.04),
}
_PLAIN = Style()


@dataclass(slots=True, kw_only=True)
class _Block:
    tag: str
    style: Style
    size: float
    line: float
    room: float
    heavy: float
    classes: tuple[str, ...]
    text: list[str] = field(default_factory=list)
    height: float = 0
    parts: int = 0


class _Flow(HTMLParser):
    """Adds up the heights of blocks of words; what is drawn is left to `drawn_height`."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._blocks = [
            _Block(
                tag="", style=_PLAIN, size=14, line=20, room=width - AROUND, heavy=1.0, classes=()
            )
        ]
        self._skipped: list[str] = []
        self._first_folded = True

    @property
    def height(self) -> float:
        """Of all that was fed."""
        return self._blocks[0].height

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = self._blocks[-1]
        if tag in _VOID:
            if tag == "br" and not self._skipped:
                self._set(around)
            return
        classes = tuple((dict(attrs).get("class") or "").split())
        if self._skipped or _is_unseen(tag, classes, around):
            self._skipped.append(tag)
        elif _is_inline(tag, classes, around):
            around.text.append("" if tag in _INLINE else " ")
        else:
            self._set(around)
            self._blocks.append(self._block(tag, classes, around))

    def _block(self, tag: str, classes: tuple[str, ...], around: _Block) -> _Block:
        named = [STYLES[name] for name in classes if name in STYLES]
        style = named[-1] if named else STYLES.get(f"{tag}.", _PLAIN)
        style = STYLES.get(f"{' '.join(around.classes[:1])} {tag}", style)
        if "how" in around.classes:
            classes = (_KEY,)
        if "folded" in classes and self._first_folded:
            self._first_folded = False
            style = STYLES["first folded"]
        return _Block(
            tag=tag,
            style=style,
            size=style.size or around.size,
            line=style.line or around.line,
            room=around.room - style.indent,
            heavy=max(style.heavy, around.heavy),
            classes=classes,
        )

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._skipped:
            self._skipped.pop()
            return
        if tag != self._blocks[-1].tag:
            return
        block = self._blocks.pop()
        self._set(block)
        inside = max(block.height, block.style.least)
        self._blocks[-1].height += block.style.above + inside + block.style.below
        self._blocks[-1].parts += 1

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._blocks[-1].text.append(data)

    @staticmethod
    def _set(block: _Block) -> None:
        """Set the words that a block has had since its last line."""
        words = "".join(block.text).split()
        block.text.clear()
        if words:
            block.height += lines_of(words, block.room, block.size * block.heavy) * block.line


def _is_unseen(tag: str, classes: tuple[str, ...], around: _Block) -> bool:
    if tag in _UNSEEN or _HIDDEN.intersection(classes):
        return True
    # the list of a legend is in columns; of a caption its first part is shown alone
    in_columns = "legend" in around.classes and tag == "ul" and not classes
    is_advice = "how" in classes and tag == "span"
    is_folded = tag != "summary" and around.tag == "details"
    return in_columns or is_advice or is_folded or (around.tag == "figcaption" and around.parts > 0)


def _is_inline(tag: str, classes: tuple[str, ...], around: _Block) -> bool:
    if tag in _INLINE:
        return "full" not in classes
    in_a_line = {"p": "english", "li": _KEY}
    return in_a_line.get(tag) in around.classes


def lines_of(words: list[str], room: float, size: float) -> int:
    """
    Return in how many lines words are set.

    Parameters
    ----------
    words : list of str
        In their order.
    room : float
        Width of a line, in pixels.
    size : float
        Of the letters, in pixels.

    Returns
    -------
    int
        A word that is wider than a line is broken.
    """
    blank, lines, at = width_of(" ", size), 1, 0.0
    for word in words:
        wide = width_of(word, size)
        if at and at + blank + wide > room:
            lines, at = lines + 1, 0.0
        if wide > room:
            lines += int(wide // room)
            wide %= room
        at += (blank if at else 0.0) + wide
    return lines


def words_height(html: str, width: int) -> float:
    """
    Return the height of the words of an embed.

    Parameters
    ----------
    html : str
        The embed.
    width : int
        Of its frame, in pixels.

    Returns
    -------
    float
        In pixels, without maps, charts and the columns of a legend.
    """
    flow = _Flow(width)
    flow.feed(html)
    return flow.height
