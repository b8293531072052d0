"""The register of corrections in words: what changed, when and why, and the old value's age."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from geo.files.building import ROW
from geo.ledger.past_day import public_corrections
from geo.model.dates import spoken
from geo.model.entities import Correction
from geo.visibility.withholding import WITHHELD
from geo.wording import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """One entry as printed: every cell in words, ``–`` where it is empty."""

    when: str
    record: str
    field: str
    before: str
    after: str
    reason: str
    stood: str


def _value(text: str) -> str:
    return _("withheld") if text == WITHHELD else text if text and text != ROW else "–"


def _field(entry: Correction) -> str:
    if entry.field or WITHHELD in (entry.before, entry.after):
        return entry.field or "–"
    return _("row added") if entry.after == ROW else _("row removed")


def correction_line(entry: Correction) -> CorrectionLine:
    """Put one entry of the register into words."""
    return CorrectionLine(
        when=spoken(entry.date),
        record=entry.record or _("withheld"),
        field=_field(entry),
        before=_value(entry.before),
        after=_value(entry.after),
        reason=_value(entry.reason),
        stood="–"
        if entry.stood_days is None
        else ngettext("{n} day", "{n} days", entry.stood_days),
    )


def correction_lines(
    entries: Iterable[Correction], day: date, ids: Collection[str] | None = None
) -> tuple[CorrectionLine, ...]:
    """
    Put the entries that `public_corrections` picks from the register into words.

    Parameters
    ----------
    entries : iterable of Correction
        The register.
    day : date
        The day shown; later corrections are left out.
    ids : collection of str, optional
        Ids of rows to which the entries are limited.

    Returns
    -------
    tuple of CorrectionLine
        In the order of `public_corrections`.
    """
    return tuple(correction_line(entry) for entry in public_corrections(entries, day, ids))
