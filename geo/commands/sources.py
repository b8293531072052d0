"""``python -m geo sources``: enter archived copies of pages that a person has opened."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.commands.archiving import Pair, refused_pairs, with_copies
from geo.commands.arguments import add_data
from geo.commands.printing import complain, say
from geo.errors import AtlasError
from geo.files.lists import list_records
from geo.files.reading import read_table
from geo.files.regular import read_regular
from geo.files.tables import Table
from geo.files.writing import write_atomically
from geo.invocation import command_line
from geo.ledger.dataset import today
from geo.paths import data_folder
from geo.releases.texts import table_text
from geo.wording import _, ngettext

NAME = "sources"
HELP = "show which archived copies of pages would be entered, and enter them with --write"

#: the two columns; what the first one is called where a list has a header
COLUMNS = ("id", "archive_url")
HEADINGS = frozenset({"id", "source", "source_id"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data``, ``--archive`` and ``--write``."""
    add_data(parser)
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="FILE",
        required=True,
        help="CSV with two columns, the id of a source and the address of its copy, each opened "
        "by a person",
    )
    parser.add_argument(
        "--write", action="store_true", help="write sources.csv (default: only show the rows)"
    )


def _pairs(file: Path) -> list[Pair]:
    """Read the pairs of a list, with the numbers of their rows; a header may be missing."""
    numbered = [(one.number, one.cells) for one in list_records(file, COLUMNS)]
    if numbered and numbered[0][1][0].strip() in HEADINGS:
        del numbered[0]
    form = _("{file}:{row}: has {n} cells; a row has two, the id of a source and the address.")
    wrong = [form.format(file=file.name, row=n, n=len(row)) for n, row in numbered if len(row) != 2]
    if wrong:
        raise AtlasError(*wrong)
    return [Pair(n, *(cell.strip() for cell in row)) for n, row in numbered]


def _sources(folder: Path) -> tuple[Path, Table]:
    """Read sources.csv; refuse a file that would be changed by being written."""
    table, problems = read_table(folder, "sources")
    path = folder / table.file
    if problems:
        raise AtlasError(*(f"{problem}." for problem in problems))
    if table_text(table).encode() != read_regular(path):
        form = _(
            "{file} is not in the form in which the atlas writes it, so other rows would change "
            "too: run `{command}` first."
        )
        raise AtlasError(form.format(file=table.file, command=command_line("tidy")))
    return path, table


def run(arguments: argparse.Namespace) -> int:
    """
    Show or write the archived copies of a list, or say why not, one sentence a row.

    Parameters
    ----------
    arguments : argparse.Namespace
        As `add_arguments` declares them.

    Returns
    -------
    int
        0 when all are entered, or were already; 1 when one is refused, or when some would be
        entered and ``--write`` was not given. Refused lists change nothing.

    Raises
    ------
    AtlasError
        With a sentence, when a file cannot be read or written.
    """
    folder = arguments.data or data_folder()
    path, table = _sources(folder)
    pairs = _pairs(arguments.archive)
    refused = list(refused_pairs(pairs, table, today()))
    if refused:
        name = arguments.archive.name
        complain(*(f"{name}:{number}: {sentence}" for number, sentence in refused))
        complain(_("Nothing was written."))
        return 1
    known = {row["id"]: row["archive_url"] for row in table.rows}
    copies = {pair.source: pair.address for pair in pairs if not known[pair.source]}
    say(*(f"{source}: {address}" for source, address in copies.items()))
    if copies and arguments.write:
        write_atomically(path, table_text(with_copies(table, copies)))
    entered = ngettext("{n} archived copy", "{n} archived copies", len(copies))
    if arguments.write or not copies:
        say(_("{copies} entered in {file}.").format(copies=entered, file=path.name))
        return 0
    form = _("{copies} to enter; nothing was written: `{command}` enters them.")
    command = command_line(NAME, "--archive", str(arguments.archive), "--write")
    say(form.format(copies=entered, command=command))
    return 1
