"""``python -m geo changes``: list the differences of two data folders, one line a field."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from geo.commands.printing import say, say_json
from geo.releases.changes import differences
from geo.wording import _

NAME = "changes"
HELP = "list the differences between two data folders, field by field"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``OLD``, ``NEW`` and ``--json``."""
    parser.add_argument("old", type=Path, metavar="OLD", help="the older folder, or a release")
    parser.add_argument(
        "new", type=Path, metavar="NEW", help="the newer folder; its withheld.csv applies to both"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the changes as a JSON array and nothing else"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the changes; return 0 also where there are none."""
    changes = differences(arguments.old, arguments.new)
    if arguments.json:
        say_json([dataclasses.asdict(change) for change in changes])
        return 0
    say(*changes)
    if not changes:
        say(_("No differences found."))
    return 0
