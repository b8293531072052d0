"""
What must be true of any ledger, whatever its rows say.

Each rule takes the data folder of a project and says what breaks it, one line each. The page
of latest words is expected where the project has it: ``docs/`` beside the data folder.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from geo.__main__ import main
from geo.commands.words import render
from geo.exports.rows import NOWHERE, event_properties, properties
from geo.files.tables import quoted
from geo.ledger.dataset import Dataset, today
from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken
from geo.model.named_days import named_days
from geo.words.sentences import latest_word

Rule = Callable[[Path], list[str]]
#: rows that break the rule below on 25 November 2026, also named in docs/DATA_NOTES.md. They
#: are to be corrected, not to be joined by others: correct the row, then take it out here.
TELL_A_LATER_DAY = {
    ("es-2022-10-29-inquiry-opened", "summary", "2022-11-07"),
    ("it-2015-10-statement", "summary", "2022"),
}
SIGNED = re.compile(r"^(On|In|Between) .+ (said|told|made) .+\.$")


def no_problem(data: Path) -> list[str]:
    """`make check` finds no problem, and no record is set aside."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["check", "--json", "--data", str(data)])
    problems = [p for p in json.loads(printed.getvalue()) if not p["warning"]]
    aside = Dataset.load(data).set_aside
    return [
        *(
            f"{p['file']}:{p['row']} {p['field']}: {p['message']}"
            for p in problems
            if not p["warning"]
        ),
        *([f"{aside} records are set aside"] if aside else []),
    ]


def unsigned(snapshot: Snapshot) -> list[str]:
    """Return the latest words of a day that lack their speaker or their date."""
    found = []
    for record in snapshot.records:
        sentence = latest_word(record, snapshot)
        word = snapshot.word(record) or snapshot.claims(record)[0]
        parts = (word.authority, *spoken(word.said.text).split(" to "))
        whole = SIGNED.match(sentence) and all(part in sentence for part in parts)
        if not whole or not word.public_by(snapshot.day) or "  " in sentence or ".." in sentence:
            found.append(f"{record.id} on {snapshot.day}: {sentence}")
    return found


def signed(data: Path) -> list[str]:
    """Each latest word has a speaker and a date, today and on each day with an entry."""
    ledger = Dataset.load(data)
    return [line for day in {*ledger.days, today()} for line in unsigned(Snapshot(ledger, day))]


def latest_words_up_to_date(data: Path) -> list[str]:
    """docs/LATEST_WORDS.md says what the replay says today."""
    page = data.parent / "docs" / "LATEST_WORDS.md"
    if page.read_text(encoding="utf-8") == render(Dataset.load(data)):
        return []
    return [f"{page.name} is not of today: run make words, and read what has changed"]


def no_later_day(data: Path) -> list[str]:
    """No text names a day that comes after the day on which a reader is shown it."""
    found = [one for one in later_days(data) if one not in TELL_A_LATER_DAY]
    return [f"{row} {column} names {named}" for row, column, named in found]


def later_days(data: Path) -> Iterator[tuple[str, str, str]]:
    """
    Yield row, column and the day named, where a text tells a later day.

    Each event is exported as of the day from which it is public, each record as of its first
    claim, and both as of the ledger's date: the export leaves the texts out that were written
    later than the day shown.
    """
    ledger = Dataset.load(data)
    written = date.fromisoformat(ledger.last_checked)
    for event in ledger.events:
        public = event.said.last
        for day in {public, max(public, written)}:
            shown = event_properties(event, Snapshot(ledger, day), NOWHERE)
            for column in ("authority", "summary", "note"):
                for named in _later(shown[column], public, day):
                    yield event.id, column, named
    for record in ledger.records:
        public = Snapshot(ledger, written).claims(record)[0].said.last
        for day in {public, max(public, written)}:
            shown = properties(record, Snapshot(ledger, day), NOWHERE)
            for named in _later(shown["summary"], public, day):
                yield record.id, "summary", named


def _later(text: str, public: date, day: date) -> list[str]:
    return [named.text for named in named_days(text, public) if named.first > day]


def every_city_placed(data: Path) -> list[str]:
    """Each city that is named has a point in places.csv."""
    return [
        f"{record.id}: {quoted(record.host_city)} has no point: run make geocode"
        for record in Dataset.load(data).records
        if bool(record.host_city) != (record.point is not None)
    ]


RULES: tuple[Rule, ...] = (
    no_problem,
    signed,
    latest_words_up_to_date,
    no_later_day,
    every_city_placed,
)
