"""What has changed since the release that a link names, for the records that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.files.tables import joined_key
from geo.ledger.dataset import Dataset
from geo.link.opening import Opened
from geo.model.entities import Correction, Record
from geo.releases.changes import Change
from geo.releases.pinned import Pinned
from geo.visibility.masking import QUOTES
from geo.visibility.withholding import WITHHELD
from geo.wording import N_, _
from geo.words.lines import row_line
from geo.words.place_card import records_of_place
from geo.words.sentences import place
from geo.words.source_rows import source_line

_TABLES: Mapping[str, str] = {
    "stations": N_("Record"),
    "investigations": N_("Entry"),
    "sources": N_("Source"),
    "quotes": N_("Quotation"),
    "places": N_("Place"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """
    One changed field, or a row that was added or removed.

    Attributes
    ----------
    row : str
        What kind of row it is, and its id.
    field : str
        The column; for a whole row, whether it was added or removed.
    before, after : str
        The values as in the files; both empty for a whole row.
    words : str
        What a whole row says.
    reason : str
        As in the register of corrections; empty where nothing is entered yet.
    """

    row: str
    field: str
    before: str
    after: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChangedRecords:
    """Records that the same changes concern, and the changes."""

    title: str
    ids: tuple[str, ...]
    lines: tuple[ChangeLine, ...]


def shown_records(opened: Opened) -> tuple[Record, ...]:
    """List the records that a page is about and that exist on the day shown."""
    state, snapshot = opened.state, opened.snapshot
    if state.record:
        wanted: tuple[str, ...] = (state.record,)
    elif state.event:
        wanted = snapshot.dataset.events_by_id[state.event].about_records
    elif state.place:
        return records_of_place(state.place, snapshot)
    else:
        return opened.selection.records
    return tuple(r for r in snapshot.records if r.id in wanted)


def _words(change: Change, dataset: Dataset) -> str:
    """Put a whole row into words, from the ledger that has it and as far as it may be shown."""
    if change.table == "investigations" and change.id in dataset.events_by_id:
        return row_line(dataset.events_by_id[change.id])
    if change.table == "sources" and change.id in dataset.sources:
        return source_line(dataset.sources[change.id])
    if change.table == QUOTES:
        named = (q for q in dataset.quotations if joined_key((q.event, q.source)) == change.id)
        return next((q.text for q in named), "")
    return ""


def _reasons(entries: Iterable[Correction], since: str) -> dict[tuple[str, str, str], str]:
    # by the new value too: a later edit that is in no release yet has no reason so far
    return {(e.record, e.field, e.after): e.reason for e in entries if e.date >= since}


def _line(change: Change, old: Dataset, new: Dataset, reason: str) -> ChangeLine:
    table = _(_TABLES.get(change.table, change.table))
    if change.id == WITHHELD:
        row = _("{table} withheld").format(table=table)
        return ChangeLine(row=row, field="–", before="", after="", words="", reason="")
    row = f"{table} {change.id}"
    if change.field:
        return ChangeLine(
            row=row,
            field=change.field,
            before=change.before or "–",
            after=change.after or "–",
            words="",
            reason=reason,
        )
    if change.added:
        return ChangeLine(
            row=row,
            field=_("row added"),
            before="",
            after="",
            words=_words(change, new),
            reason=reason,
        )
    return ChangeLine(
        row=row,
        field=_("row removed"),
        before="",
        after="",
        words=_words(change, old),
        reason=reason,
    )


def changed_records(
    pinned: Pinned, records: Iterable[Record], newest: Dataset
) -> tuple[ChangedRecords, ...]:
    """
    List what has changed since a release for the records shown, old → new.

    Records with exactly the same changes, such as those of one report, are one group.

    Parameters
    ----------
    pinned : Pinned
        The release.
    records : iterable of Record
        Those that the link shows.
    newest : Dataset
        The ledger as its files are now.

    Returns
    -------
    tuple of ChangedRecords
        Empty where nothing has changed.
    """
    shown = {r.id: r for r in records}
    reasons = _reasons(newest.corrections, pinned.release.date)
    groups: dict[tuple[Change, ...], list[Record]] = {}
    for record_id, changes in pinned.changed(shown.values()).items():
        groups.setdefault(changes, []).append(shown[record_id])
    return tuple(
        ChangedRecords(
            "; ".join(dict.fromkeys(place(r) for r in group)),
            tuple(r.id for r in group),
            tuple(
                _line(c, pinned.dataset, newest, reasons.get((c.id, c.field, c.after), ""))
                for c in changes
            ),
        )
        for changes, group in groups.items()
    )
