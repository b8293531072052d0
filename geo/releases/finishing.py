"""Completing a release whose writer was killed."""

from __future__ import annotations

import re
from pathlib import Path

from geo.files.reading import read_tables
from geo.files.register import NAME, RELEASES, completed, successors
from geo.files.writing import SUCCESSOR, succeed, sweep, write_atomically
from geo.model.dates import spoken
from geo.releases.folders import REGISTER, releases
from geo.releases.texts import register_text
from geo.wording import _


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
    sweep(folder, re.escape(f"{REGISTER}.csv"))
    sweep(folder / RELEASES, f"{NAME}(?:{re.escape(SUCCESSOR)})?")
    existing = releases(folder)
    register = read_tables(folder)[0][REGISTER]
    whole = completed(folder, register)
    file = folder / register.file
    # the check reports a file whose columns are not known
    if not existing or not register.columns or (file.exists() and whole == register):
        return ""
    write_atomically(file, register_text(whole))
    form = _("The corrections of the release of {date} were not in {file} yet; they are now.")
    return form.format(date=spoken(existing[-1].date), file=file.name)
