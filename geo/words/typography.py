"""
Typographic quotation marks for the straight ones of the ledger's cells.

Curators type ``"`` and ``'``, which every editor and spreadsheet keeps; readers see “ ” and ’.
Templates, pictures, previews and citations pass their text through here. Files, feeds and the
API have the cells as they are.
"""

from __future__ import annotations

import re
from itertools import cycle

from markupsafe import Markup, escape

#: a double mark between two Hebrew letters is part of an abbreviation
_DOUBLE = re.compile(r'(?<![\u05d0-\u05ea])"|"(?![\u05d0-\u05ea])')
_OPENS = re.compile(r"(?:^|[\s(\[{«„“‘—–/])$")
_SINGLE = re.compile(r"'")
#: a quoted passage in single marks: it begins where a word begins and ends where one ends
_QUOTED = re.compile(r"(?<![\w’.])'(?=\S)([^']*(?:\w'\w[^']*)*)(?<=\S)'(?!\w)")
_SOURCE = re.compile(r"&#3[49];")
#: elements whose text is shown character by character, or is in its original language
_VERBATIM = re.compile(
    r"<(code|pre|script|style|textarea)\b.*?</\1>"
    r"|<(?!html\b)(\w+)\b[^>]*\slang=[^>]*>.*?</\2>",
    re.DOTALL,
)
_TEXT = re.compile(r"(?:\A|(?<=>))[^<]*&#3[49];[^<]*")


def typographic(text: str) -> str:
    """
    Replace straight quotation marks and apostrophes by typographic ones.

    Parameters
    ----------
    text : str
        Plain text on its own, such as a whole cell.

    Returns
    -------
    str
        As long as the text. Double marks that come in pairs open and close in turn; an odd
        one goes by the character before it.
    """
    if '"' not in text and "'" not in text:
        return text
    return _SINGLE.sub("’", _QUOTED.sub(r"‘\1’", _doubled(text)))


def _doubled(text: str) -> str:
    marks = list(_DOUBLE.finditer(text))
    pairs = cycle("“”")
    pieces, end = [], 0
    for mark in marks:
        before = text[end : mark.start()]
        pieces.append(before)
        if len(marks) % 2:
            pieces.append("“" if _OPENS.search("".join(pieces[-2:])) else "”")
        else:
            pieces.append(next(pairs))
        end = mark.end()
    return "".join([*pieces, text[end:]])


def typographic_html(html: str) -> str:
    """
    Do the same for the text of a piece of HTML that a template has escaped.

    Parameters
    ----------
    html : str
        Escaped by markupsafe, which writes the marks of cells as ``&#34;`` and ``&#39;``;
        marks that a template itself has are left alone.

    Returns
    -------
    str
        Tags and their attributes, code, and text in an element with ``lang`` are unchanged.
    """
    if not _SOURCE.search(html):
        return html
    pieces, end = [], 0
    for verbatim in _VERBATIM.finditer(html):
        pieces += [_TEXT.sub(_node, html[end : verbatim.start()]), verbatim[0]]
        end = verbatim.end()
    return "".join([*pieces, _TEXT.sub(_node, html[end:])])


def _node(match: re.Match[str]) -> str:
    return str(escape(typographic(Markup(match[0]).unescape())))
