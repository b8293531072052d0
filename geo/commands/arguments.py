"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_data(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data``, the folder of the ledger; None means `geo.paths.data_folder`."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=None,
        help="folder laid out like data/ (default: $ATLAS_DATA, else the project's data)",
    )
