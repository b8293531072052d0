"""The curators' command: ``python -m geo check``, ``changes``, ``geocode`` and more."""

from __future__ import annotations

import argparse
import sys
from typing import Protocol

from geo import __version__
from geo.commands import changes, check, enter, geocode, release, sources, tidy, words, worklist
from geo.commands.ending import status_of
from geo.commands.printing import Parser
from geo.invocation import interpreter


class Command(Protocol):
    """The interface of a module of `geo.commands`."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's options."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Run the command; return the status for the shell."""


COMMANDS: tuple[Command, ...] = (
    check,
    tidy,
    enter,
    worklist,
    words,
    sources,
    changes,
    release,
    geocode,
)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog=f"{interpreter()} -m geo", description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        about = f"{module.HELP[:1].upper()}{module.HELP[1:]}."
        command = commands.add_parser(module.NAME, help=module.HELP, description=about)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """
    Run one command.

    Parameters
    ----------
    arguments : list of str or None
        What follows ``python -m geo``; None for those of the shell.

    Returns
    -------
    int
        0 for success, 1 when the data need a correction, 2 when the call was wrong, 130 when
        it was interrupted.
    """
    chosen = _parser().parse_args(arguments)
    return status_of(chosen.command, lambda: chosen.run(chosen))


if __name__ == "__main__":
    sys.exit(main())
