"""``python -m geo words``: the signed sentences of today, one line a record, for review."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.commands.arguments import add_data
from geo.errors import AtlasError
from geo.files.writing import write_atomically
from geo.invocation import command_line
from geo.ledger.dataset import Dataset, today
from geo.ledger.snapshot import Snapshot
from geo.paths import PROJECT, data_folder
from geo.wording import _
from geo.words.sentences import latest_word

NAME = "words"
HELP = "write docs/LATEST_WORDS.md, the signed sentence of each record"

TARGET = PROJECT / "docs" / "LATEST_WORDS.md"

_HEAD = """# The latest word on each record

Today’s signed sentence on each record, as the atlas prints it. Written by
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
    add_data(parser)
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        default=None,
        help="the page to write (default: docs/LATEST_WORDS.md, for the project's own data)",
    )


def run(arguments: argparse.Namespace) -> int:
    """
    Write the page; return 0 also for wrong data, which ``check`` reports.

    Raises
    ------
    AtlasError
        With a sentence, when another ledger would replace the project's own page, or the page
        cannot be written.
    """
    folder = arguments.data or data_folder()
    if arguments.to is None and folder.resolve() != PROJECT / "data":
        message = _("{file} is about the project’s own data: name another file, as in `{command}`.")
        command = command_line(NAME, "--to", "words.md")
        raise AtlasError(
            message.format(file=TARGET.relative_to(PROJECT).as_posix(), command=command)
        )
    page = render(Dataset.load(folder))
    write_atomically(arguments.to or TARGET, page)
    return 0
