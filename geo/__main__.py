"""The curators' command: ``python -m geo check``, ``changes``, ``geocode`` and more."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from geo.errors import AtlasError


def _parser() -> argparse.ArgumentParser:
    # imported here: each command pays for its own libraries only
    from geo.commands import changes as changes_command
    from geo.commands import check as check_command
    from geo.commands import geocode as geocode
    from geo.commands import release as release_command
    from geo.commands import words as words
    from geo.places.review import small_towns
    from geo.releases.folders import unreleased

    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    # the gazetteer is for curators: records may not import it, so the check is handed in
    check = partial(check_command.run, further=[small_towns, unreleased])
    for name, text, module, run in (
        (
            "check",
            "check every file of the ledger and list every problem at once",
            check_command,
            check,
        ),
        (
            "words",
            "write docs/LATEST_WORDS.md, the signed sentence of each record",
            words,
            words.run,
        ),
        (
            "changes",
            "list what differs between two data folders, field by field",
            changes_command,
            changes_command.run,
        ),
        (
            "release",
            "publish the ledger as it is, with a reason for each change and two signatures",
            release_command,
            release_command.run,
        ),
        ("geocode", "fill places.csv for the places that lack a row", geocode, geocode.run),
    ):
        command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        module.add_arguments(command)
        command.set_defaults(run=run)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """
    Run one command.

    Returns
    -------
    int
        0 when all is well, 1 when the data need a hand, 2 when the call was wrong.
    """
    chosen = _parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except AtlasError as error:
        print(error, file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
