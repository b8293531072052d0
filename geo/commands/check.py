"""``python -m geo check``: every problem of the ledger, one a line."""

from __future__ import annotations

import argparse
from dataclasses import replace

from geo import paths
from geo.checks.check import Examination, examine
from geo.commands.arguments import add_data
from geo.commands.printing import complain, say, say_json
from geo.files.tables import Problem
from geo.model.dates import latest_day
from geo.places.review import small_towns
from geo.releases.entering import not_entered
from geo.releases.folders import unreleased
from geo.wording import _, ngettext

NAME = "check"
HELP = "check every file of the ledger and list every problem at once"

#: checks of a folder after those of `examine`, which reads neither places nor releases
_FURTHER = (small_towns, unreleased, not_entered)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data`` and ``--json``."""
    add_data(parser)
    parser.add_argument(
        "--json", action="store_true", help="print the problems as a JSON array and nothing else"
    )


def _line(problem: Problem) -> str:
    return _("warning: {problem}").format(problem=problem) if problem.warning else str(problem)


def _summary(examination: Examination) -> str:
    sizes = {name: len(table.rows) for name, table in examination.tables.items()}
    warnings = sum(problem.warning for problem in examination.problems)
    wrong = len(examination.problems) - warnings
    return _("{records}, {events}, {sources}: {problems}, {warnings}").format(
        records=ngettext("{n} record", "{n} records", sizes["stations"]),
        events=ngettext("{n} entry", "{n} entries", sizes["investigations"]),
        sources=ngettext("{n} source", "{n} sources", sizes["sources"]),
        problems=ngettext("{n} problem", "{n} problems", wrong),
        warnings=ngettext("{n} warning", "{n} warnings", warnings),
    )


def _object(problem: Problem) -> dict[str, str | int | bool | None]:
    return {
        "file": problem.file,
        "row": problem.row,
        "field": problem.field,
        "code": problem.code,
        "message": problem.message,
        "warning": problem.warning,
    }


def run(arguments: argparse.Namespace) -> int:
    """
    Check a folder and print its problems.

    Parameters
    ----------
    arguments : argparse.Namespace
        As `add_arguments` declares them.

    Returns
    -------
    int
        0 without errors, whether or not there are warnings; 1 otherwise.
    """
    folder = arguments.data or paths.data_folder()
    if not folder.is_dir():
        complain(_("There is no folder “{folder}”.").format(folder=folder))
        return 1
    examination = examine(folder, latest_day())
    further = [problem for check in _FURTHER for problem in check(folder)]
    examination = replace(examination, problems=(*examination.problems, *further))
    if arguments.json:
        say_json([_object(problem) for problem in examination.problems])
    else:
        # last on a terminal, what has to be corrected is next to the line that counts it
        listed = sorted(examination.problems, key=lambda problem: not problem.warning)
        say(*map(_line, listed), _summary(examination))
    return int(any(not problem.warning for problem in examination.problems))
