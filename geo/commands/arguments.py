"""Arguments that several commands take."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def text(argument: str) -> str:
    """
    Return an argument as text in UTF-8, also where the system's language is C.

    Parameters
    ----------
    argument : str
        As Python has decoded it.

    Returns
    -------
    str
        The same text where it was decoded as UTF-8.
    """
    return os.fsencode(argument).decode("utf-8", "surrogateescape")


def add_data(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data``, the folder of the ledger; None means `geo.paths.data_folder`."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=None,
        help="folder laid out like data/ (default: $ATLAS_DATA, else the project's data)",
    )
