"""What the log says of a reading: one line for each kind of problem."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable

from geo.files.tables import Problem
from geo.files.withheld_rows import Entry
from geo.ledger.reading import Reading
from geo.model.characters import printable

#: entries that a line names
NAMED = 3
log = logging.getLogger(__name__)


def _by_kind(problems: Iterable[Problem]) -> dict[tuple[str, str], list[Problem]]:
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if not problem.warning:
            kinds.setdefault((problem.file, problem.code), []).append(problem)
    return kinds


def _log_problems(problems: Iterable[Problem]) -> None:
    for (_file, code), found in _by_kind(problems).items():
        log.warning("ledger: %d × %s, first %s", len(found), code, printable(str(found[0])))


def log_reading(reading: Reading) -> None:
    """
    Log what the check finds in a reading that is served, and how many rows are set aside.

    Parameters
    ----------
    reading : Reading
        The reading.
    """
    _log_problems(reading.examination.problems)
    if aside := reading.dataset.rows_set_aside:
        counts = ", ".join(f"{count} of {name}.csv" for name, count in aside.items())
        log.warning("ledger %s: rows set aside: %s", reading.dataset.version, counts)


def log_refusal(reasons: Iterable[str], problems: Iterable[Problem] = ()) -> None:
    """
    Log why the files are not shown.

    Parameters
    ----------
    reasons : iterable of str
        A sentence for each kind of reason.
    problems : iterable of Problem
        What the check finds in them.
    """
    for reason in reasons:
        log.warning("ledger not taken: %s", printable(reason))
    _log_problems(problems)


def log_lifted(entries: Collection[Entry]) -> None:
    """
    Log in one line that entries of withheld.csv are gone.

    Parameters
    ----------
    entries : collection of Entry
        They are named only if each ground that they had may be told.
    """
    cells = {entry.cell for entry in entries}
    secret = {entry.key for entry in entries if not entry.why.told}
    names = [" ".join(filter(None, cell)) for cell in sorted(cells) if cell[1] not in secret]
    told = ", ".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])])
    log.warning(
        "withheld.csv: %d × gone, so what was withheld may be shown again: %s",
        len(cells),
        printable(told or "withheld for privacy or safety"),
    )
