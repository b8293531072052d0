"""
The register of corrections, completed from the releases.

Each release keeps its entries in its ``release.json``, written together with the release.
``corrections.csv`` is made from them afterwards; until it is, readers get the entries that
it lacks from the releases. Entries of older releases, which keep none, are in the file
alone.
"""

from __future__ import annotations

import re
from operator import itemgetter
from pathlib import Path
from typing import Any

from geo.files.descriptions import CHECKSUMS, damage, description
from geo.files.package import resources
from geo.files.reading import read_tables
from geo.files.replacing import SUCCESSOR
from geo.files.tables import Row, Table

RELEASES = "releases"
#: tables about versions of the ledger, which are part of none and in no release
REGISTERS = frozenset({"corrections", "entered"})
#: what a release entered in the register, in its description
ENTRIES = "corrections"
#: pattern of the name of a release's folder: its day and its version
NAME = "[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}"


def _contents(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def _identity(folder: Path) -> tuple[str, str]:
    """Return the number and the name that a release's description gives it."""
    said = description(folder)
    return str(said.get("number")), f"{said.get('date')}-{said.get('version')}"


def _whole(folder: Path) -> bool:
    """Say whether a release is as its checksums say; one without any may be."""
    said = description(folder)
    return CHECKSUMS not in said or not damage(folder, said)


def _replaces(successor: Path) -> bool:
    """Say whether a folder is the whole of the release that it is named after."""
    partner = successor.with_name(successor.name.removesuffix(SUCCESSOR))
    try:
        number, name = _identity(successor)
        if name != partner.name or not _whole(successor):
            return False
        return not partner.exists() or (
            _identity(partner) == (number, name) and _contents(partner) <= _contents(successor)
        )
    except (OSError, ValueError):
        return False


def _folders(folder: Path) -> dict[str, Path]:
    inside = folder / RELEASES
    found = sorted(inside.iterdir()) if inside.is_dir() else ()
    return {one.name: one for one in found if one.is_dir() and one.name[0] != "."}


def successors(folder: Path) -> list[Path]:
    """
    List the folders that are to replace a release of a ledger.

    Such a folder has the release's name and `SUCCESSOR`, its number and version, and all its
    files, as its own checksums have them. No other folder replaces anything, whatever its name.
    """
    return [
        one
        for name, one in _folders(folder).items()
        if name.endswith(SUCCESSOR)
        and re.fullmatch(NAME, name.removesuffix(SUCCESSOR))
        and _replaces(one)
    ]


def finished(folder: Path) -> list[Path]:
    """
    List the folders of a ledger's releases.

    They are named by day and version. A folder of `successors` is listed in the place of the
    one that it replaces; others, such as drafts and copies, are none.
    """
    found = {name: one for name, one in _folders(folder).items() if re.fullmatch(NAME, name)}
    return list(
        (found | {one.name.removesuffix(SUCCESSOR): one for one in successors(folder)}).values()
    )


def _order(release: Path) -> tuple[str, str]:
    """Return the day of a release and, for two of one day, its number."""
    try:
        number = str(description(release).get("number"))
    except (OSError, ValueError):
        # the listing of the releases reports it
        number = ""
    return release.name[:10], number.zfill(9)


def strays(folder: Path) -> list[str]:
    """List the names of the folders among a ledger's releases that are no release or draft."""
    releases = {one.name for one in (*finished(folder), *successors(folder))}
    return [
        name for name in _folders(folder) if name not in releases and not re.fullmatch(NAME, name)
    ]


def last_release(folder: Path) -> str:
    """Return the day of a ledger's latest release (``YYYY-MM-DD``); empty without one."""
    return max((release.name[:10] for release in finished(folder)), default="")


def released_tables(folder: Path) -> list[dict[str, Table]]:
    """
    Read the files of a ledger's releases, the oldest first.

    Nothing is raised for those that are broken.
    """
    return [read_tables(release)[0] for release in sorted(finished(folder), key=_order)]


def _is_entry(entry: object, name: str) -> bool:
    """Say whether an entry in a description is a row of corrections.csv of this release."""
    if not isinstance(entry, dict) or not all(isinstance(cell, str) for cell in entry.values()):
        return False
    (register,) = [resource for resource in resources() if resource.name == ENTRIES]
    number = str(entry.get("id")).removeprefix(f"{name}-")
    stood = entry.get("stood_days", "")
    return (
        entry.keys() == set(register.names)
        and number.isdecimal()
        and name.startswith(entry["date"])
        and (stood == "" or stood.isdecimal())
    )


def own_entries(said: dict[str, Any]) -> list[dict[str, str]]:
    """
    List the register's entries in the description of a release, as rows of corrections.csv.

    Raises
    ------
    ValueError
        When one of them is no such row.
    """
    listed = said.get(ENTRIES, [])
    name = f"{said.get('date')}-{said.get('version')}"
    if not isinstance(listed, list) or not all(_is_entry(entry, name) for entry in listed):
        raise ValueError(ENTRIES)
    return listed


def _entered(folder: Path) -> list[dict[str, str]]:
    """List the entries of all releases that can be read, the oldest release first."""
    descriptions = []
    for release in finished(folder):
        try:
            said = description(release)
            descriptions.append((str(said.get("number")).zfill(9), own_entries(said)))
        except (OSError, ValueError):
            # the listing of the releases reports it
            continue
    descriptions.sort(key=itemgetter(0))
    return [entry for _number, entries in descriptions for entry in entries]


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
