"""
The register of corrections as the releases make it.

Each release keeps its own entries in its ``release.json``, which is there from the moment
that the release is. ``corrections.csv`` is made from them afterwards; until it is, readers
get what it lacks from the releases. Entries of older releases, which keep none, are in the
file alone.
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
    Return the folders of a ledger's releases.

    A name that begins with a point is a draft's. A folder that takes the place of another
    is there instead of it.
    """
    inside = folder / RELEASES
    if not inside.is_dir():
        return []
    named = {one.name: one for one in inside.iterdir() if one.is_dir() and one.name[0] != "."}
    return [one for name, one in named.items() if name + SUCCESSOR not in named]


def description(release: Path) -> dict[str, Any]:
    """
    Read what a release says of itself.

    Raises
    ------
    OSError, ValueError
        When its ``release.json`` is missing, or no JSON object.
    """
    said = json.loads((release / DESCRIPTION).read_text(encoding="utf-8"))
    if not isinstance(said, dict):
        raise ValueError(DESCRIPTION)
    return said


def own_entries(said: dict[str, Any]) -> list[dict[str, str]]:
    """
    Return what a release entered in the register, as rows of corrections.csv.

    Parameters
    ----------
    said : dict
        Its description.
    """
    listed = said.get(ENTRIES)
    return [
        {str(column): str(cell) for column, cell in entry.items()}
        for entry in (listed if isinstance(listed, list) else ())
        if isinstance(entry, dict)
    ]


def _entered(folder: Path) -> list[dict[str, str]]:
    """What all releases that can be read have entered, the oldest release first."""
    said = []
    for release in finished(folder):
        try:
            said.append(description(release))
        except (OSError, ValueError):
            # that it cannot be read is said where the releases are listed
            continue
    said.sort(key=lambda one: str(one.get("number")).zfill(9))
    return [entry for one in said for entry in own_entries(one)]


def completed(folder: Path, register: Table) -> Table:
    """
    Return the register with the entries of releases that it lacks.

    Parameters
    ----------
    folder : Path
        A ledger, laid out like ``data/``.
    register : Table
        Its ``corrections.csv``. What is in it stays as it is; an entry is known by its id.
    """
    known = {row["id"] for row in register.rows}
    last = register.rows[-1].number if register.rows else 1
    missing = [entry for entry in _entered(folder) if entry.get("id") not in known]
    if not missing or not register.columns:
        return register
    rows = (Row(number, entry) for number, entry in enumerate(missing, last + 1))
    return register.with_rows((*register.rows, *rows))
