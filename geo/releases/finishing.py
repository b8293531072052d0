"""Completing a release whose writer was killed."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from pathlib import Path

from geo.files.reading import read_tables
from geo.files.register import NAME, RELEASES, completed, successors
from geo.files.replacing import SUCCESSOR, succeed
from geo.files.tables import Table
from geo.files.writing import sweep, sweep_drafts, write_atomically
from geo.model.dates import spoken
from geo.releases.folders import REGISTER
from geo.releases.listing import releases
from geo.releases.texts import register_text
from geo.wording import _


def _drafted(file: Path, register: Table) -> str:
    """
    Return the draft that a killed release left of the register, if it has the same entries.

    It was written before the release and for curators: unlike ``release.json``, it names rows
    that readers may not see.
    """
    entries = [row["id"] for row in register.rows]
    for draft in file.parent.glob(f".{file.name}.*.tmp"):
        with contextlib.suppress(OSError, ValueError, csv.Error):
            text = draft.read_bytes().decode()
            rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
            if [row.get("id") for row in rows] == entries:
                return text
    return ""


def _entered(file: Path, register: Table, whole: Table) -> bool:
    """Write the register if it is not the whole one, and say whether it was not."""
    # a file whose columns cannot be told is for the check to report
    if not register.columns or (file.exists() and whole == register):
        return False
    write_atomically(file, _drafted(file, whole) or register_text(whole))
    return True


def finish(folder: Path) -> str:
    """
    Complete an interrupted release, and enter in ``corrections.csv`` what it lacks.

    Drafts of the atlas's own are swept away; what others left there is left alone.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.

    Returns
    -------
    str
        What was entered, as a sentence; empty if nothing was missing.

    Raises
    ------
    AtlasError
        With a sentence, when a release cannot be read or the file cannot be written.
    """
    for successor in successors(folder):
        succeed(successor.with_name(successor.name.removesuffix(SUCCESSOR)))
    sweep(folder / RELEASES, f"{NAME}(?:{re.escape(SUCCESSOR)})?")
    existing = releases(folder)
    register = read_tables(folder)[0][REGISTER]
    whole = completed(folder, register)
    # its drafts are beside the file that a link leads to
    file = (folder / register.file).resolve()
    entered = _entered(file, register, whole) if existing else False
    # only now: the draft of the register may be all that is left of some entries
    sweep_drafts(file)
    if not entered:
        return ""
    form = _("The corrections of the release of {date} were not in {file} yet; they are now.")
    return form.format(date=spoken(existing[-1].date), file=register.file)
