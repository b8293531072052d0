"""Removal of what is withheld by now from older releases and from the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from geo.errors import ReleaseUnreadable
from geo.files.descriptions import DESCRIPTION, description
from geo.files.reading import BROKEN, LOST, read_tables
from geo.files.register import ENTRIES, own_entries
from geo.files.replacing import replace_folder
from geo.files.tables import Row, Table, Tables
from geo.files.writing import write_atomically
from geo.releases.folders import REGISTER, published
from geo.releases.listing import Release
from geo.releases.texts import description_text, register_text, table_text
from geo.visibility.visible import visible
from geo.visibility.withholding import WITHHELD, Withheld
from geo.wording import _


@dataclass(frozen=True, slots=True)
class Clearance:
    """
    What has to be written so that nothing withheld is left in older releases.

    Attributes
    ----------
    register : Table
        The register without it.
    versions : sequence of Mapping
        The files of the older releases as they are.
    folders : mapping of Path to mapping
        The releases that change; for each the new content of the files that do, by name.
    file : Path or None
        ``corrections.csv``; None if it does not change.
    """

    register: Table
    versions: Sequence[Tables]
    folders: Mapping[Path, Mapping[str, bytes]]
    file: Path | None

    def write(self) -> None:
        """
        Put each changed release and the register in place, whole or not at all.

        Raises
        ------
        FileUnusable
            With a sentence, when one of them cannot be written.
        """
        # what the register may not quote is known from the older releases, so it goes first
        if self.file:
            write_atomically(self.file, register_text(self.register))
        for folder, changed in self.folders.items():
            replace_folder(folder, _content(folder) | dict(changed))


def _content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _entered(register: Table, entries: Iterable[Mapping[str, str]]) -> Table:
    rows = (Row(number, entry) for number, entry in enumerate(entries, len(register.rows) + 2))
    return register.with_rows((*register.rows, *rows))


def told(
    entries: Iterable[Mapping[str, str]],
    tables: Tables,
    versions: Iterable[Tables],
    withheld: Withheld,
) -> list[dict[str, str]]:
    """
    Return entries of the register as a release may have them.

    Parameters
    ----------
    entries : iterable of Mapping
        Rows of corrections.csv.
    tables : Mapping
        The working files.
    versions : iterable of Mapping
        The files of older releases.
    withheld : Withheld
        What may not be shown.

    Returns
    -------
    list of dict
        The same rows in the same order. What readers may not see is replaced by the word
        ``withheld``, the name of the row too.
    """
    register = tables[REGISTER]
    # the register so far says which rows were removed
    quoted = {**tables, REGISTER: _entered(register, entries)}
    shown = visible(quoted, withheld, held=True, older=versions)[REGISTER]
    own = shown.rows[len(register.rows) :]
    return [{**row.cells, "record": row["record"] or WITHHELD} for row in own]


def _changed(
    release: Release, tables: Tables, entries: Sequence[Mapping[str, str]], withheld: Withheld
) -> dict[str, bytes]:
    """Return the files of a release that differ without what is withheld, with new checksums."""
    files = {
        table.file: table_text(table).encode()
        for name, table in published(tables, withheld).items()
        if table != tables[name]
    }
    content = description(release.folder)
    if files or list(entries) != own_entries(content):
        rest = {name: value for name, value in content.items() if name != ENTRIES}
        whole = _content(release.folder) | files
        files[DESCRIPTION] = description_text(rest, entries, whole).encode()
    return files


def _read(release: Release) -> dict[str, Table]:
    """Read the files of a release; what cannot be read cannot be cleared either."""
    tables, problems = read_tables(release.folder)
    for problem in problems:
        if problem.code in LOST | BROKEN:
            form = _("The release “{name}” cannot be read, so nothing was released: {problem}.")
            raise ReleaseUnreadable(form.format(name=release.folder.name, problem=problem))
    return tables


def _refuse_links(folder: Path) -> None:
    """Refuse to replace a folder that is a link or has one: its target would not be cleared."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            form = _(
                "The release “{name}” contains withheld text and cannot be cleared, so nothing "
                "was released: {path} is a link or no file. Put what it leads to in its place."
            )
            raise ReleaseUnreadable(form.format(name=folder.name, path=path))


def clearance(
    folder: Path,
    tables: Tables,
    before: Sequence[Release],
    withheld: Withheld,
    entries: Sequence[Mapping[str, str]],
) -> Clearance:
    """
    Return what has to be written to clear older releases and the register.

    An entry is silenced if readers could not see the row that it is about, were no row on hold:
    it may quote one that only an older release has.

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
    entries : sequence of Mapping
        What the next release enters in the register: it makes the removal of rows public.

    Returns
    -------
    Clearance
        What has to be written; nothing has been yet.

    Raises
    ------
    ReleaseUnreadable
        With a sentence, when a release cannot be read whole, or cannot be cleared since it
        is a link or contains one.
    """
    older = [(release, _read(release)) for release in before]
    versions = [files for _release, files in older]
    so_far = tables[REGISTER]
    tables = {**tables, REGISTER: _entered(so_far, entries)}
    whole = visible(tables, withheld, held=False, older=versions)[REGISTER]
    register = so_far.with_rows(whole.rows[: len(so_far.rows)])
    own = [own_entries(description(release.folder)) for release in before]
    left = iter(told(chain.from_iterable(own), tables, versions, withheld))
    changed = {
        release.folder: _changed(release, files, list(islice(left, len(entries))), withheld)
        for (release, files), entries in zip(older, own, strict=True)
    }
    changed = {path: files for path, files in changed.items() if files}
    for path in changed:
        _refuse_links(path)
    return Clearance(
        register,
        versions,
        changed,
        folder / register.file if register != so_far else None,
    )
