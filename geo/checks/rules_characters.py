"""
Rules about the characters of a cell: what cannot be seen, and what has two spellings.

They hold for every cell and know no exception. A joiner that Persian uses, or one inside an
emoji, cannot be told from one that hides a word from a search, so titles are written
without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from geo.files.cell_form import BLANKS, tidy_cells
from geo.files.tables import QUOTING, Problem, Tables, at
from geo.invocation import command_line
from geo.model.characters import (
    MOST_MARKS,
    code_point,
    composed_at,
    decomposed,
    hidden,
    is_break,
    odd_blanks,
    stacked,
)
from geo.wording import _

#: most characters of one cell that are reported
WRONG_CHARACTERS = 10


def _is_ordinary(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _cells(tables: Tables, fault: Callable[[str], Iterator[str]], code: str) -> Iterator[Problem]:
    for table in tables.values():
        for row in table.rows:
            # most rows and cells are ordinary, which is faster to test than to look for a fault
            if _is_ordinary("".join(row.cells.values())):
                continue
            for column, cell in row.cells.items():
                if not _is_ordinary(cell):
                    for message in fault(cell):
                        yield at(table, row, column, code, message)


def _invisible(cell: str) -> Iterator[str]:
    if "\ufffd" in cell:
        yield _("contains “�”: a character was lost when the file was saved")
    places = hidden(cell)
    if any(is_break(cell[place]) for place in places):
        yield _("contains a line break: put it on one line")
    named = [place for place in places if not is_break(cell[place])]
    for place in named[:WRONG_CHARACTERS]:
        form = _("character {n} cannot be seen ({code}): remove it")
        yield form.format(n=place + 1, code=code_point(cell[place]))


def _marks(cell: str) -> Iterator[str]:
    place = stacked(cell)
    if place is not None:
        form = _("has more than {most} marks on the letter at character {n} ({code})")
        yield form.format(n=place + 1, code=code_point(cell[place]), most=MOST_MARKS)


def _composed(cell: str) -> Iterator[str]:
    place = decomposed(cell)
    if place is not None:
        form = _("is not in Unicode’s form NFC at character {n} ({code}): write “{letter}” there")
        letter = composed_at(cell, place)
        yield form.format(n=place + 1, code=code_point(cell[place]), letter=letter)


def _blanks(cell: str) -> Iterator[str]:
    if cell != cell.strip(BLANKS):
        form = _("has blanks at its beginning or end: run `{command}`, which removes them")
        yield form.format(command=command_line("tidy"))
    if (place := cell.strip(BLANKS).find("  ")) >= 0:
        before = len(cell) - len(cell.lstrip(BLANKS))
        form = _("has two spaces in a row (U+0020) at character {n}: write one")
        yield form.format(n=before + place + 1)
    for place in odd_blanks(cell)[:WRONG_CHARACTERS]:
        form = _("character {n} looks like a space but is not one ({code}): write a space")
        yield form.format(n=place + 1, code=code_point(cell[place]))


def invisible(tables: Tables) -> Iterator[Problem]:
    """Forbid controls, formats, characters of private use, and others that cannot be seen."""
    yield from _cells(tables, _invisible, "invisible")


def marks(tables: Tables) -> Iterator[Problem]:
    """Forbid more than three marks on a letter: they are drawn over the lines around it."""
    yield from _cells(tables, _marks, "marks")


def composed(tables: Tables) -> Iterator[Problem]:
    """Require form NFC: one word that is spelt in two ways is not found by the other."""
    yield from _cells(tables, _composed, "not-nfc")


def blanks(tables: Tables) -> Iterator[Problem]:
    """
    Forbid blanks at the ends of a cell, two in a row, and those that only look like a space.

    Two cells that differ in such a blank alone would be two publishers or two places.
    """
    for table in tables.values():
        for row in table.rows:
            cells = list(row.cells.values())
            # most rows have none, which is faster to find in all cells at once
            joined = "".join(cells)
            if tidy_cells(cells) is cells and not odd_blanks(joined) and "  " not in joined:
                continue
            for column, cell in row.cells.items():
                # what was published may have had such blanks, and the register quotes it
                if column not in QUOTING:
                    for message in _blanks(cell):
                        yield at(table, row, column, "blanks", message)


def character_faults(text: str) -> Iterator[str]:
    """Yield what is wrong with the characters of a text that is to become a cell."""
    for fault in (_invisible, _marks, _composed, _blanks):
        yield from fault(text)
