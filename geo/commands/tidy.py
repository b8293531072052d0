"""``python -m geo tidy``: put the files of the ledger in their standard form."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from geo.checks.tidying import Rewriting, rewrite, rewritings
from geo.commands.arguments import add_data
from geo.commands.printing import say
from geo.errors import AtlasError
from geo.invocation import command_line
from geo.paths import data_folder
from geo.wording import _, ngettext

NAME = "tidy"
HELP = "show where files are not in their standard form, and rewrite them with --write"

#: lines of a difference that are printed for each file
SHOWN = 12
#: lines that are compared for them: to compare all takes minutes where all differ
COMPARED = 200
#: lines that are printed as they are and as they would be, where all differ
ALIKE = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data`` and ``--write``."""
    add_data(parser)
    parser.add_argument(
        "--write", action="store_true", help="rewrite the files (default: only show the difference)"
    )


def _difference(one: Rewriting) -> Iterator[str]:
    before, after = one.lines
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    compared = slice(max(0, same - 1), same + COMPARED)
    if set(before[compared]).isdisjoint(after[compared]):
        # where all lines differ, as by their ends, some old ones and the same ones as new
        compared = slice(same, same + ALIKE)
    lines = difflib.unified_diff(
        before[compared], after[compared], one.path.name, f"{one.path.name} (tidy)", n=1
    )
    # behind the line break of the standard form, which every line of it has
    yield from (line.removesuffix("\n") for line in lines if not line.startswith("@@"))


def _report(one: Rewriting, *, is_written: bool) -> Iterator[str]:
    if is_written:
        rewritten = ngettext("{n} line rewritten", "{n} lines rewritten", one.changed)
        moved = ngettext("{n} row moved", "{n} rows moved", one.moved)
    else:
        rewritten = ngettext("{n} line to rewrite", "{n} lines to rewrite", one.changed)
        moved = ngettext("{n} row to move", "{n} rows to move", one.moved)
    yield f"{one.path.name}: {rewritten}, {moved}"
    if not is_written:
        difference = list(islice(_difference(one), SHOWN + 1))
        yield from difference[:SHOWN]
        if len(difference) > SHOWN:
            yield "…"


def run(arguments: argparse.Namespace) -> int:
    """
    Show what would change, or rewrite the files.

    Parameters
    ----------
    arguments : argparse.Namespace
        As `add_arguments` declares them.

    Returns
    -------
    int
        0 when every file is in its standard form, afterwards or already; 1 when one is not.

    Raises
    ------
    AtlasError
        With a sentence for each file, row or cell that prevents it, or when a file cannot be
        read or written.
    """
    folder: Path = arguments.data or data_folder()
    if not folder.is_dir():
        raise AtlasError(_("There is no folder “{folder}”.").format(folder=folder))
    found = rewritings(folder)
    if arguments.write:
        rewrite(folder, found)
    for one in found:
        say(*_report(one, is_written=arguments.write))
    if not found:
        say(_("Every file is in its standard form."))
    elif not arguments.write:
        form = _("Nothing was written: `{command}` rewrites these files.")
        say(form.format(command=command_line(NAME, "--write")))
    return int(bool(found) and not arguments.write)
