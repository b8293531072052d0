"""Taking what is withheld by now out of older releases and out of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.files.reading import read_tables
from geo.files.register import DESCRIPTION, ENTRIES, description, own_entries
from geo.files.tables import Table, Tables
from geo.files.visibility import visible
from geo.files.withholding import Withheld
from geo.files.writing import write_atomically
from geo.releases.folders import REGISTER, Release, published
from geo.releases.texts import description_text, register_text, table_text

#: the order in which the files of a release are cleared. Whoever reads one between two
#: writes finds nothing else than before: why a cell is empty is there before it is, and
#: what hides a row (its place, its record, its event) goes later than what it hides.
_ORDER = (
    "withheld", "places", "stations", "investigations", "counts", "origins", "sources", "excluded",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clearance:
    """
    What has to be written so that nothing withheld is left in older releases.

    Attributes
    ----------
    register : Table
        The register without it.
    files : tuple of (Path, str)
        Files and their new texts, in the order in which they have to be written.
    """

    register: Table
    files: tuple[tuple[Path, str], ...]

    def write(self) -> None:
        """
        Write the files, each whole or not at all.

        Raises
        ------
        FileUnusable
            With a sentence, when one of them cannot be written.
        """
        for path, text in self.files:
            write_atomically(path, text)


def _tables(release: Release, tables: Tables, withheld: Withheld) -> Iterator[tuple[Path, str]]:
    shown = published(tables, withheld)
    for name in _ORDER:
        if shown[name] != tables[name]:
            yield release.folder / shown[name].file, table_text(shown[name])


def _entries(release: Release, register: Table) -> Iterator[tuple[Path, str]]:
    said = description(release.folder)
    cleared = {row["id"]: dict(row.cells) for row in register.rows}
    own = own_entries(said)
    entered = [cleared.get(entry.get("id", ""), entry) for entry in own]
    if entered != own:
        rest = {name: value for name, value in said.items() if name != ENTRIES}
        yield release.folder / DESCRIPTION, description_text(rest, entered)


def clearance(
    folder: Path, tables: Tables, before: Sequence[Release], withheld: Withheld
) -> Clearance:
    """
    Work out how older releases and the register are cleared.

    An entry is silenced if what it speaks about is hidden in any version: it may quote one
    that only an older release has.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    tables : Mapping
        Its files, with the register as `completed` returns it.
    before : sequence of Release
        Its releases.
    withheld : Withheld
        What may not be shown.
    """
    older = [(release, read_tables(release.folder)[0]) for release in before]
    register = tables[REGISTER]
    for version in (tables, *(found for _release, found in older)):
        register = visible({**version, REGISTER: register}, withheld, held=False)[REGISTER]
    files: list[tuple[Path, str]] = []
    for release, found in older:
        files += _tables(release, found, withheld)
    for release, _found in older:
        files += _entries(release, register)
    if register != tables[REGISTER]:
        files.append((folder / register.file, register_text(register)))
    return Clearance(register, tuple(files))
