"""The paths of the project's folders and files, independent of the working directory."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ASSETS = PROJECT / "geo" / "assets"
PAGES = PROJECT / "pages"
FRAME = PROJECT / "geo" / "ui" / "frame.py"
STREAMLIT_SETTINGS = PROJECT / ".streamlit" / "config.toml"
SCHEMA = PROJECT / "data" / "datapackage.json"
DATA_LICENCE = PROJECT / "LICENSE-DATA"


def data_folder() -> Path:
    """
    Return the folder of the ledger: ``$ATLAS_DATA``, else the project's ``data``.

    Returns
    -------
    Path
        An absolute path, which need not exist.
    """
    chosen = os.environ.get("ATLAS_DATA", "").strip()
    return Path(chosen).expanduser().resolve() if chosen else PROJECT / "data"
