"""The open questions about the ledger, read from the notes on the data that curators keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from geo.paths import PROJECT

NOTES = PROJECT / "docs" / "DATA_NOTES.md"

_SECTION = re.compile(r"#+ +(?:open|doubtful)\b", re.IGNORECASE)
#: an id in backticks; a column has no hyphen and a file a point
_ID = re.compile(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`")
_LEADING = re.compile(r"^(?:`[^`]+`(?:,? and |, | )?)+[:,]? *")


#: ids of rows, and the text of the question
Question = tuple[tuple[str, ...], str]


@cache
def project_questions() -> tuple[Question, ...]:
    """Read the open questions of the project's own notes, once for the running software."""
    return open_questions(NOTES)


def open_questions(notes: Path) -> tuple[Question, ...]:
    """
    Read the open questions of the notes on the data.

    A question is an item of a list in a section whose heading begins with “Open” or
    “Doubtful”, or in a section below it. It names its rows by their ids in backticks, usually
    at its beginning, and ends at the next item, heading or empty line.

    Parameters
    ----------
    notes : Path
        A Markdown file.

    Returns
    -------
    tuple
        Of each question all ids that it names, and its text without those at its beginning;
        empty without a file.
    """
    try:
        lines = notes.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    items = ("\n".join(_open_lines(lines)) + "\n").split("\n- ")[1:]
    questions = (" ".join(item.partition("\n\n")[0].split()) for item in items)
    read = ((tuple(dict.fromkeys(_ID.findall(q))), _LEADING.sub("", q)) for q in questions)
    return tuple(question for question in read if question[0])


def _open_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of sections of open questions; an empty line for each heading."""
    open_level = 0
    yield ""
    for line in lines:
        level = len(line) - len(line.lstrip("#"))
        if level and (_SECTION.match(line) or level <= open_level):
            open_level = level if _SECTION.match(line) else 0
        if open_level:
            yield "" if level else line
