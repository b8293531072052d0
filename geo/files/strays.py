"""Files of a data folder that look like tables of the ledger and are none."""

from __future__ import annotations

import os
from pathlib import Path

from geo.files.package import resources
from geo.files.tables import Problem
from geo.wording import _


def stray_tables(folder: Path) -> list[Problem]:
    """
    Warn of the CSV files of a folder that the data package does not name.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.

    Returns
    -------
    list of Problem
        A warning for each: it is not read, and no part of the ledger's version.
    """
    known = {resource.file for resource in resources()}
    found = sorted(name for name in os.listdir(folder) if name.lower().endswith(".csv"))
    message = _("is no file of the ledger and is not read: move it elsewhere")
    return [
        Problem(file=name, row=None, field=None, code="stray", message=message, warning=True)
        for name in found
        if name not in known
    ]
