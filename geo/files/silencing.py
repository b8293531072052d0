"""The register of corrections without what it may not repeat."""

from __future__ import annotations

from collections.abc import Callable

from geo.files.tables import Row, Table
from geo.files.withholding import WITHHELD

#: what an entry says of a row
_TOLD = ("before", "after", "reason")
#: which row it says it of
_NAMED = ("record", "field")


def silenced(register: Table, secret: Callable[[Row], bool], *, named: bool) -> Table:
    """
    Return the register with the word ``withheld`` in the place of what is secret.

    Parameters
    ----------
    register : Table
        Laid out like ``corrections.csv``.
    secret : callable
        Whether an entry may not be repeated.
    named : bool
        Whether the entry may go on naming the row and the column: to curators, in the file.
        To readers it may not, since an id can name a place.
    """

    def said(row: Row) -> Row:
        if row["reason"] != WITHHELD and not secret(row):
            return row
        cells = {**row.cells, **dict.fromkeys(_TOLD, WITHHELD)}
        return Row(row.number, cells if named else cells | dict.fromkeys(_NAMED, ""))

    return register.with_rows(said(row) for row in register.rows)
