"""
The register of corrections, completed from the releases.

Each release keeps its entries in its ``release.json``, written together with the release.
``corrections.csv`` is made from them afterwards; until it is, readers get the entries that
it lacks from the releases. Entries of older releases, which keep none, are in the file
alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.files.tables import Row, Table
from geo.files.writing import SUCCESSOR

RELEASES = "releases"
DESCRIPTION = "release.json"
#: what a release entered in the register, in its description
ENTRIES = "corrections"


def finished(folder: Path) -> list[Path]:
    """
    List the folders of a ledger's releases.

    A name that begins with a point is a draft's. A folder with the suffix `SUCCESSOR` replaces
    the one without it.
    """
    inside = folder / RELEASES
    if not inside.is_dir():
        return []
    named = {one.name: one for one in inside.iterdir() if one.is_dir() and one.name[0] != "."}
    return [one for name, one in named.items() if name + SUCCESSOR not in named]


def description(release: Path) -> dict[str, Any]:
    """
    Read the description of a release.

    Raises
    ------
    OSError, ValueError
        When its ``release.json`` is missing, or no JSON object.
    """
    content = json.loads((release / DESCRIPTION).read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(DESCRIPTION)
    return content


def own_entries(said: dict[str, Any]) -> list[dict[str, str]]:
    """List the register's entries in the description of a release, as rows of corrections.csv."""
    listed = said.get(ENTRIES)
    return [
        {str(column): str(cell) for column, cell in entry.items()}
        for entry in (listed if isinstance(listed, list) else ())
        if isinstance(entry, dict)
    ]


def _entered(folder: Path) -> list[dict[str, str]]:
    """List the entries of all releases that can be read, the oldest release first."""
    descriptions = []
    for release in finished(folder):
        try:
            descriptions.append(description(release))
        except (OSError, ValueError):
            # the listing of the releases reports it
            continue
    descriptions.sort(key=lambda one: str(one.get("number")).zfill(9))
    return [entry for one in descriptions for entry in own_entries(one)]


def completed(folder: Path, register: Table) -> Table:
    """
    Return the register with the entries of releases that it lacks.

    Parameters
    ----------
    folder : Path
        A ledger, laid out like ``data/``.
    register : Table
        Its ``corrections.csv``. Its rows stay as they are; an entry is known by its id.

    Returns
    -------
    Table
        The missing entries last, by release; the same register if none is missing.
    """
    known = {row["id"] for row in register.rows}
    last = register.rows[-1].number if register.rows else 1
    missing = [entry for entry in _entered(folder) if entry.get("id") not in known]
    if not missing or not register.columns:
        return register
    rows = (Row(number, entry) for number, entry in enumerate(missing, last + 1))
    return register.with_rows((*register.rows, *rows))
