"""The rows that may be shown, as entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.checks.check import Examination
from geo.files import building
from geo.files.row_order import in_order
from geo.files.tables import Row, Tables
from geo.ledger.entered import Entered, brought_up_to_date, listed
from geo.model.entities import Correction, Count, Event, Excluded, Origin, Quotation, Record, Source
from geo.visibility.masking import EVENTS, STATIONS
from geo.visibility.setting_aside import retained, set_aside
from geo.visibility.visible import visible
from geo.visibility.withdrawal import Withdrawal, withdrawals, withdrawn
from geo.visibility.withholding import Withheld, withheld


@dataclass(frozen=True, kw_only=True)
class Joined:
    """What may be shown, joined; see `geo.ledger.dataset.Dataset`."""

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    sources: Mapping[str, Source]
    counts: tuple[Count, ...]
    excluded: tuple[Excluded, ...]
    set_aside: int
    rows_set_aside: Mapping[str, int]
    origins: tuple[Origin, ...]
    quotations: tuple[Quotation, ...]
    withdrawn: Mapping[str, str]
    withdrawals: tuple[Withdrawal, ...]
    corrections: tuple[Correction, ...]
    entered: Mapping[tuple[str, str], Entered]


def join(
    examination: Examination, obeyed: Withheld | None = None, older: Iterable[Tables] = ()
) -> Joined:
    """
    Join the rows that passed their checks and may be shown.

    Parameters
    ----------
    examination : Examination
        The files and what is wrong with them.
    obeyed : Withheld, optional
        The list in force; without it that of the files.
    older : iterable of Mapping
        The files of older releases, which the register may quote.

    Returns
    -------
    Joined
        Entities in file order; events in the order of the standard form.

    Raises
    ------
    WithholdingUnreadable
        When ``withheld.csv`` cannot be applied.
    """
    obeyed = obeyed or withheld(examination)
    passed = retained(examination)
    tables = visible(passed, obeyed, held=True, older=older)
    aside = set_aside(examination.tables, passed, obeyed)
    points = building.points(tables["places"].rows)
    # as in the standard form: the same version, in whatever order, has the same latest words
    events = in_order(EVENTS, tables[EVENTS].rows)
    known = listed(passed)
    return Joined(
        records=tuple(building.record(row, points) for row in tables["stations"].rows),
        events=tuple(building.event(Row(n, row.cells)) for n, row in enumerate(events)),
        sources={row["id"]: building.source(row) for row in tables["sources"].rows},
        counts=tuple(building.count(row) for row in tables["counts"].rows),
        excluded=tuple(building.excluded(row) for row in tables["excluded"].rows),
        set_aside=aside.get(STATIONS, 0),
        rows_set_aside=aside,
        origins=tuple(building.origin(row) for row in tables["origins"].rows),
        quotations=tuple(building.quotation(row) for row in tables["quotes"].rows),
        withdrawn=withdrawn(examination.tables, tables, obeyed),
        withdrawals=withdrawals(obeyed),
        corrections=tuple(building.correction(row) for row in tables["corrections"].rows),
        # a ledger without the register says nothing of when its rows were entered
        entered=brought_up_to_date(known, examination.tables, tables) if known else {},
    )
