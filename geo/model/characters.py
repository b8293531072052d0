"""
Characters that cannot be seen, or that change how what is around them is seen.

Cells are checked for them (`geo.checks.rules_characters`), and what is written to a terminal
or a log has them escaped.
"""

from __future__ import annotations

import re
import unicodedata

from geo.wording import _

#: most marks on one letter; more than any script needs, they reach over the lines around
MOST_MARKS = 3
#: general categories without a glyph of their own: controls, formats, private use, surrogates
_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs"})
#: Unicode's property Default_Ignorable_Code_Point, for which nothing is drawn of itself:
#: variation selectors, tags, joiners, fillers of Hangul and Khmer, and what is kept free for more
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
#: the blank of Braille, which is drawn as nothing, and what is never a character (Noncharacter)
_OTHERS = "\u2800\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_BLANK = _IGNORABLE + _OTHERS
#: a run of characters to be looked at one by one: all but letters, digits and what ordinary
#: text has between them, which are nearly all of a ledger
_UNUSUAL = re.compile(rf"[^\w -~“”„‘’«»…–—·§°€]+|[{_BLANK}]+")
_BLANKS = re.compile(f"[{_BLANK}]")
#: general category Zs without the space
_ODD_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def is_hidden(character: str) -> bool:
    """Say whether a character is a control, a format, of private use, half of one, or blank."""
    return unicodedata.category(character) in _CATEGORIES or bool(_BLANKS.match(character))


def without_hidden(text: str) -> str:
    """Return a text without its hidden characters, the breaks of lines among them."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if not is_hidden(c))


def is_break(character: str) -> bool:
    """Say whether a character ends a line."""
    return character in _BREAKS


def hidden(text: str) -> list[int]:
    """List where the hidden characters of a text are, the breaks of lines among them."""
    return [
        place
        for run in _UNUSUAL.finditer(text)
        for place in range(run.start(), run.end())
        if is_break(text[place]) or is_hidden(text[place])
    ]


def odd_blanks(text: str) -> list[int]:
    """List where a text has blanks other than the space of ASCII, such as no-break spaces."""
    return [match.start() for match in _ODD_BLANKS.finditer(text)]


def stacked(text: str) -> int | None:
    """
    Find the first mark that is one too many on its letter.

    Parameters
    ----------
    text : str
        Of a cell.

    Returns
    -------
    int or None
        Its place in the text, from 0; None if no letter has more than `MOST_MARKS`.
    """
    for run in _UNUSUAL.finditer(text):
        marks = 0
        for place in range(run.start(), run.end()):
            marks = marks + 1 if unicodedata.category(text[place])[0] == "M" else 0
            if marks > MOST_MARKS:
                return place
    return None


def decomposed(text: str) -> int | None:
    """
    Find the first character that Unicode's form NFC writes in another way.

    Parameters
    ----------
    text : str
        Of a cell.

    Returns
    -------
    int or None
        Its place in the text, from 0: the mark, where a letter and a mark have one character
        together. None if the text is in that form.
    """
    if unicodedata.is_normalized("NFC", text):
        return None
    other = unicodedata.normalize("NFC", text)
    pairs = enumerate(zip(text, other, strict=False))
    place = next((place for place, (a, b) in pairs if a != b), len(other))
    is_mark = unicodedata.combining(text[place + 1 : place + 2] or " ")
    return place + 1 if is_mark else place


def composed_at(text: str, place: int) -> str:
    """
    Return the letter at a place of a text, with all its marks, in Unicode's form NFC.

    Parameters
    ----------
    text : str
        Of a cell.
    place : int
        Of the letter or one of its marks, from 0.

    Returns
    -------
    str
        At least one character.
    """
    first, last = place, place + 1
    while first and unicodedata.combining(text[first]):
        first -= 1
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    return unicodedata.normalize("NFC", text[first:last])


def code_point(character: str) -> str:
    """Name a character as Unicode does: “U+202E RIGHT-TO-LEFT OVERRIDE”."""
    kinds = {
        "Cc": _("control character"),
        "Co": _("private-use character"),
        "Cs": _("surrogate code point"),
    }
    kind = kinds.get(unicodedata.category(character), _("character without a name"))
    return f"U+{ord(character):04X} {unicodedata.name(character, kind)}"


def printable(text: str) -> str:
    r"""
    Escape what a terminal would obey or a reader would not see.

    Parameters
    ----------
    text : str
        A line for a terminal or a log; it may quote cells and names of files.

    Returns
    -------
    str
        On one line, with ``\u202e`` for such a character. Escaping twice changes nothing
        more.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() and not is_hidden(c) else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
