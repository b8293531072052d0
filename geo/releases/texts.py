"""The files of a release as text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.files.descriptions import sealed
from geo.files.package import resources
from geo.files.register import ENTRIES
from geo.files.tables import Table


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: row.get(column, "") for column in columns} for row in rows)
    return text.getvalue()


def table_text(table: Table) -> str:
    """Return a table as CSV: UTF-8 with LF, its columns in order."""
    return _csv(table.columns, (row.cells for row in table.rows))


def register_text(register: Table, entered: Iterable[Mapping[str, str]] = ()) -> str:
    """
    Return the register as CSV, in the order of columns of the data package.

    Parameters
    ----------
    register : Table
        The entries so far.
    entered : iterable of Mapping
        Further entries, as rows of corrections.csv.

    Returns
    -------
    str
        With a header and LF line ends.
    """
    (columns,) = [r.names for r in resources() if r.name == register.name]
    return _csv(columns, [*(row.cells for row in register.rows), *entered])


def description_text(
    said: Mapping[str, Any],
    entered: Sequence[Mapping[str, str]],
    files: Mapping[str, bytes],
) -> str:
    """
    Return the description of a release as JSON.

    Parameters
    ----------
    said : Mapping
        Its number, day, version, roles and note.
    entered : sequence of Mapping
        What it enters in the register, as rows of corrections.csv.
    files : mapping of str to bytes
        Its other files, by name.

    Returns
    -------
    str
        The text of ``release.json`` with checksums; without a list of entries if there are
        none.
    """
    whole = {**said, ENTRIES: list(entered)} if entered else dict(said)
    return json.dumps(sealed(whole, files), ensure_ascii=False, indent=2) + "\n"
