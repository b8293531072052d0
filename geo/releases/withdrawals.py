"""What was withdrawn, in words: how many records, entries and details, and on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from geo.model.dates import spoken
from geo.visibility.withdrawal import Withdrawal
from geo.wording import _, ngettext


def counted(withdrawals: Iterable[Withdrawal]) -> str:
    """
    Count what was withdrawn by its kind.

    Parameters
    ----------
    withdrawals : iterable of Withdrawal
        In any order.

    Returns
    -------
    str
        “1 record, 2 entries”; empty if nothing was.
    """
    number = Counter(one.kind for one in withdrawals)
    parts = (
        ngettext("{n} record", "{n} records", number["record"]) if number["record"] else "",
        ngettext("{n} entry", "{n} entries", number["event"]) if number["event"] else "",
        ngettext("{n} detail", "{n} details", number["field"]) if number["field"] else "",
    )
    return ", ".join(filter(None, parts))


def withdrawal_lines(withdrawals: Iterable[Withdrawal]) -> tuple[str, ...]:
    """
    Say what was withdrawn on each day.

    Parameters
    ----------
    withdrawals : iterable of Withdrawal
        Those of one day side by side.

    Returns
    -------
    tuple of str
        A line for each day, in the order given.
    """
    form = _("{date}: {things} withdrawn")
    return tuple(
        form.format(date=spoken(since), things=counted(group))
        for since, group in groupby(withdrawals, key=lambda one: one.since)
    )
