"""``python -m geo enter``: write the day of new and changed rows into the register."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.commands.arguments import add_data
from geo.commands.printing import say
from geo.errors import AtlasError
from geo.invocation import command_line
from geo.ledger.dataset import today
from geo.paths import data_folder
from geo.releases.entering import entering, write_entered
from geo.wording import _, ngettext

NAME = "enter"
HELP = "write today as the day of new and changed rows into entered.csv, which the feeds go by"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data``."""
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """
    Bring the register up to date, and print what it lacked.

    Parameters
    ----------
    arguments : argparse.Namespace
        As `add_arguments` declares them.

    Returns
    -------
    int
        0; also where it lacked nothing.

    Raises
    ------
    AtlasError
        With a sentence, when a file cannot be read or written.
    """
    folder: Path = arguments.data or data_folder()
    if not folder.is_dir():
        raise AtlasError(_("There is no folder “{folder}”.").format(folder=folder))
    day = today()
    found = entering(folder, day)
    new, changed = write_entered(folder, found, day)
    say(
        _("entered.csv: {new}, {changed}").format(
            new=ngettext("{n} row entered", "{n} rows entered", new),
            changed=ngettext("{n} row changed", "{n} rows changed", changed),
        )
    )
    if aside := found.set_aside:
        message = ngettext(
            "{n} row is set aside by a failed check, and a change of it is not entered: "
            "run `{command}`",
            "{n} rows are set aside by failed checks, and changes of them are not entered: "
            "run `{command}`",
            aside,
            command=command_line("check"),
        )
        say(message)
    return 0
