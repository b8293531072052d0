"""``python -m geo release``: publish the ledger, with a reason for each change."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo import paths
from geo.commands.arguments import add_data, text
from geo.commands.printing import complain, say
from geo.configuration import Configuration
from geo.errors import AtlasError, FileUnusable
from geo.files.lists import read_list
from geo.files.tables import quoted
from geo.ledger.dataset import today
from geo.ledger.entered import REGISTER
from geo.releases.entering import enter
from geo.releases.finishing import finish
from geo.releases.making import write
from geo.releases.planning import plan, refusals
from geo.wording import _, ngettext

NAME = "release"
HELP = "publish the current ledger, with a reason for each change and sign-off in two roles"

COLUMNS = ["record", "reason"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data``, ``--reason``, ``--reasons`` and ``--signed-off``."""
    add_data(parser)
    parser.add_argument(
        "--reason",
        type=text,
        action="append",
        default=[],
        metavar="ID=TEXT",
        help="why a row has changed since the latest release; once per changed row",
    )
    parser.add_argument(
        "--reasons",
        type=Path,
        metavar="FILE",
        help="the same, as a CSV file with the columns record and reason",
    )
    parser.add_argument(
        "--signed-off",
        type=text,
        action="append",
        default=[],
        metavar="ROLE",
        help="who signs off the release; give it twice, with two different roles from ATLAS_ROLES",
    )


def _listed(file: Path) -> dict[str, str]:
    reasons: dict[str, str] = {}
    form = _("{file}:{row}: a second reason for {id}; give one.")
    twice = []
    for number, (record, reason), _fault in read_list(file, COLUMNS):
        if reasons.setdefault(record.strip(), reason) != reason:
            twice.append(form.format(file=file.name, row=number, id=quoted(record.strip())))
    if twice:
        raise AtlasError(*twice)
    return reasons


def _reasons(arguments: argparse.Namespace) -> dict[str, str]:
    reasons = _listed(arguments.reasons) if arguments.reasons else {}
    for given in arguments.reason:
        record, sign, reason = given.partition("=")
        if not sign:
            raise AtlasError(
                _(
                    "“{given}” is not a valid reason: write the row’s id, =, then the reason."
                ).format(given=given)
            )
        reasons[record] = reason
    return {record.strip(): " ".join(reason.split()) for record, reason in reasons.items()}


def _release(arguments: argparse.Namespace) -> int:
    folder = arguments.data or paths.data_folder()
    reasons = _reasons(arguments)
    roles = [" ".join(role.split()) for role in arguments.signed_off]
    entered = finish(folder)
    planned = plan(folder, today())
    if entered:
        say(entered)
        if planned.unchanged:
            return 0
    refused = refusals(planned, reasons, roles, Configuration.from_environment().roles)
    if refused:
        complain(*refused)
        return 1
    target = write(planned, reasons, roles)
    if (folder / f"{REGISTER}.csv").exists():
        enter(folder, planned.day)
    corrections = ngettext("{n} correction", "{n} corrections", len(planned.changes))
    form = _("Released as {folder}, with {corrections} entered in corrections.csv.")
    say(form.format(folder=target, corrections=corrections))
    return 0


def run(arguments: argparse.Namespace) -> int:
    """
    Release a folder, or print why not, one sentence a reason.

    A release that was interrupted after its folder was written is finished first.

    Parameters
    ----------
    arguments : argparse.Namespace
        As `add_arguments` declares them.

    Returns
    -------
    int
        0 when the release was written or finished, 1 when it was refused.

    Raises
    ------
    AtlasError
        With a sentence, when a file cannot be read or written.
    """
    try:
        return _release(arguments)
    except AtlasError:
        raise
    except OSError as error:
        name, why = error.filename or arguments.data or "", error.strerror or str(error)
        form = _("{name} cannot be used, so nothing was released: {why}.")
        raise FileUnusable(form.format(name=name, why=why)) from error
