"""The register of corrections without what it may not repeat."""

from __future__ import annotations

from collections.abc import Callable

from geo.files.tables import Row, Table
from geo.files.withholding import WITHHELD

#: columns that say what changed and why
_CONTENT = ("before", "after", "reason")
#: columns that name the row and the column that changed
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
        Whether a silenced entry still names the row and the column: True for curators, False
        for readers, since an id can name a place.

    Returns
    -------
    Table
        With all its rows.
    """

    def cleared(row: Row) -> Row:
        if row["reason"] != WITHHELD and not secret(row):
            return row
        cells = {**row.cells, **dict.fromkeys(_CONTENT, WITHHELD)}
        return Row(row.number, cells if named else cells | dict.fromkeys(_NAMED, ""))

    return register.with_rows(cleared(row) for row in register.rows)
