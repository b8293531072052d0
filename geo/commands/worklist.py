"""``python -m geo worklist``: list what wants a human, the newest risk first."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import io
from collections.abc import Sequence

from geo.commands.arguments import add_data
from geo.commands.printing import say, say_json
from geo.exports.selection_files import harmless
from geo.ledger.dataset import Dataset, today
from geo.ledger.open_questions import NOTES, open_questions
from geo.ledger.quotation_coverage import Share, coverage_of_quotations
from geo.ledger.snapshot import Snapshot
from geo.ledger.worklist import KINDS, Task, worklist
from geo.paths import data_folder
from geo.wording import ngettext
from geo.words.worklist import detail, heading, share_lines

NAME = "worklist"
HELP = "list what editors have to look at: thin sourcing, missing quotations, open questions"

COLUMNS = ("kind", "file", "ids", "day", "days", "detail")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data``, ``--kind``, ``--json`` and ``--csv``."""
    add_data(parser)
    parser.add_argument(
        "--kind",
        action="append",
        choices=KINDS,
        default=None,
        metavar="KIND",
        help=f"only tasks of this kind; may be repeated ({', '.join(KINDS)})",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print tasks and shares as a JSON object, nothing else"
    )
    form.add_argument("--csv", action="store_true", help="print the tasks as CSV and nothing else")


def _cells(task: Task) -> dict[str, str | int | None]:
    return {
        "kind": task.kind,
        "file": f"{task.table}.csv" if task.table else "",
        "ids": " ".join(task.ids),
        "day": task.day,
        "days": task.days,
        "detail": detail(task),
    }


def _share(share: Share) -> dict[str, float]:
    return {**dataclasses.asdict(share), "percent": round(share.percent, 1)}


def _csv_lines(tasks: Sequence[Task]) -> list[str]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    # the notes on the data are free text, which a spreadsheet might run
    writer.writerows(
        {**(cells := _cells(task)), "detail": harmless(str(cells["detail"]))} for task in tasks
    )
    return text.getvalue().splitlines()


def _line(task: Task) -> str:
    parts = (", ".join(task.ids), task.day, detail(task))
    return "  " + " · ".join(part for part in parts if part)


def run(arguments: argparse.Namespace) -> int:
    """
    Print the tasks; return 0 also where there are many, since none of them is a fault.

    Parameters
    ----------
    arguments : argparse.Namespace
        As `add_arguments` declares them.

    Returns
    -------
    int
        0.

    Raises
    ------
    AtlasError
        With a sentence, when the folder cannot be read.
    """
    folder = arguments.data or data_folder()
    snapshot = Snapshot(Dataset.load(folder), today())
    # the notes are beside the data that they are about, as in the project
    notes = folder.resolve().parent / "docs" / NOTES.name
    chosen = arguments.kind or KINDS
    listed = {
        kind: tasks
        for kind, tasks in worklist(snapshot, open_questions(notes), public=False).items()
        if kind in chosen
    }
    tasks = [task for own in listed.values() for task in own]
    words, answers = coverage_of_quotations(snapshot)
    if arguments.json:
        shares = {"latest_words": _share(words), "answers_by_china": _share(answers)}
        say_json({"tasks": [_cells(task) for task in tasks], "quotations": shares})
    elif arguments.csv:
        say(*_csv_lines(tasks))
    else:
        for kind, own in listed.items():
            say(f"{heading(kind)}: {len(own):,} ({kind})", *map(_line, own))
        say(*share_lines(words, answers))
        say(ngettext("{n} task in all.", "{n} tasks in all.", len(tasks)))
    return 0
