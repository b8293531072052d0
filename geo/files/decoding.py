"""The content of a file as text, and what is odd about its encoding and its lines."""

from __future__ import annotations

import re
from pathlib import Path

from geo.files.regular import read_regular
from geo.files.tables import BOM, Problem
from geo.invocation import command_line
from geo.wording import _

#: code of a file whose last line has no end
UNFINISHED = "unfinished"

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SEPARATOR_LINE = re.compile(r"\A\"?sep=.\"?[,;\t]*(?:\r\n|\r|\n)", re.IGNORECASE)
# bytes that are no UTF-8 are decoded as lone surrogates, and recognised by them
_LONE = re.compile("[\udc80-\udcff]")
#: replaces these, for `str.translate`
ESCAPED = dict.fromkeys(range(0xDC80, 0xDD00), "\ufffd")


def wide_encoding(content: bytes) -> str:
    """
    Return the name of the encoding with two or four bytes a letter, if it is one.

    Parameters
    ----------
    content : bytes
        Of a file.

    Returns
    -------
    str
        As Python names it; empty for UTF-8 and encodings of one byte a letter.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    # without a mark: every other byte of English text is zero
    start = content[:400]
    if len(start) < 4 or start.count(0) * 5 <= len(start) * 2:
        return ""
    return "UTF-16-LE" if start[1::2].count(0) > start[::2].count(0) else "UTF-16-BE"


def utf8_of(content: bytes) -> bytes:
    """
    Return the content of a file in UTF-8, where its encoding is certain.

    Parameters
    ----------
    content : bytes
        Of a file.

    Returns
    -------
    bytes
        Of a file in UTF-16 or UTF-32 the same text; of every other the content as it is.
    """
    if not (name := wide_encoding(content)):
        return content
    try:
        return content.decode(name).encode()
    except UnicodeError:
        return content


def without_separator_line(text: str) -> str:
    """
    Return a text without the first line by which a spreadsheet is told what separates cells.

    Parameters
    ----------
    text : str
        CSV without a byte-order mark.

    Returns
    -------
    str
        A spreadsheet shows no row for that line, so the numbers of rows are those it shows.
    """
    return _SEPARATOR_LINE.sub("", text, count=1)


def _may_be_windows_1252(text: str) -> bool:
    try:
        text.encode("utf-8", "surrogateescape").decode("windows-1252")
    except UnicodeDecodeError:
        return False
    return True


def not_utf8(file: str, number: int, cells: list[str]) -> list[Problem]:
    """
    Report a row that is not UTF-8.

    Parameters
    ----------
    file : str
        Name of the file.
    number : int
        Of the row.
    cells : list of str
        The row, as `text_of` decodes it.

    Returns
    -------
    list of Problem
        One; none if it is.
    """
    text = "".join(cells)
    if not _LONE.search(text):
        return []
    message = _("is not UTF-8 text: save the file as UTF-8")
    if _may_be_windows_1252(text):
        message = _("is not UTF-8 text (it looks like Windows-1252): save the file as UTF-8")
    return [Problem(file=file, row=number, field=None, code="not-utf-8", message=message)]


def other_encoding(file: str, name: str) -> Problem:
    """
    Report a file in a wide encoding.

    Parameters
    ----------
    file : str
        Name of the file.
    name : str
        Of the encoding, as `wide_encoding` returns it.

    Returns
    -------
    Problem
        Of the whole file.
    """
    message = _("line 1 is not UTF-8 (the file looks like {name}): run `{command}`")
    return Problem(
        file=file,
        row=None,
        field=None,
        code="other-encoding",
        message=message.format(name=name[:6], command=command_line("tidy")),
    )


def text_of(content: bytes, file: str, problems: list[Problem]) -> str:
    """
    Decode a file as UTF-8.

    Parameters
    ----------
    content : bytes
        Of the file.
    file : str
        Its name.
    problems : list of Problem
        What is odd about the last line is added here.

    Returns
    -------
    str
        Without a byte-order mark; bytes that are no UTF-8 as lone surrogates.
    """
    text = content.decode("utf-8", "surrogateescape").removeprefix(BOM)
    if not text.endswith(("\n", "\r")):
        message = _("the last line has no line break, so the file may be cut off")
        problems.append(
            Problem(file=file, row=None, field=None, code=UNFINISHED, message=message, warning=True)
        )
    return text


def content_of(path: Path, file: str) -> bytes | Problem:
    """
    Return the content of a text file, or the problem that prevents it.

    Parameters
    ----------
    path : Path
        The file.
    file : str
        Its name in a problem.

    Returns
    -------
    bytes or Problem
        The problem is of the whole file.
    """
    try:
        content = read_regular(path)
    except FileNotFoundError:
        return Problem(
            file=file, row=None, field=None, code="missing-file", message=_("the file is missing")
        )
    except OSError as error:
        message = _("the file cannot be read ({reason})").format(reason=error.strerror)
        return Problem(file=file, row=None, field=None, code="unreadable-file", message=message)
    return content
