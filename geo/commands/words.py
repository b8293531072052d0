"""``python -m geo words``: the signed sentences of today, one line a record, for review."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.ledger.dataset import Dataset, today
from geo.ledger.snapshot import Snapshot
from geo.paths import PROJECT, data_folder
from geo.words.sentences import latest_word

NAME = "words"
HELP = "write docs/LATEST_WORDS.md, the signed sentence of each record"

TARGET = PROJECT / "docs" / "LATEST_WORDS.md"

_HEAD = """# Latest words

What the replay says of each record today, as the atlas prints it. Written by
`python -m geo words`; a test fails when a sentence changes and this file does not. Read each
line and ask: did this speaker say this, about this place, on this day?

"""


def render(dataset: Dataset) -> str:
    """Write the whole page: one line a record, in the order of the file."""
    snapshot = Snapshot(dataset, today())
    lines = [f"- `{r.id}`: {latest_word(r, snapshot)}" for r in snapshot.records]
    return _HEAD + "\n".join(lines) + "\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data`` and ``--to``."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=None, help="a folder laid out like data/"
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        default=TARGET,
        help="the page to write (default: docs/LATEST_WORDS.md)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the page; return 0 also for wrong data, which ``check`` reports."""
    page = render(Dataset.load(arguments.data or data_folder()))
    arguments.to.write_text(page, encoding="utf-8")
    return 0
