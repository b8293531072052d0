"""
What a newer reading would take from readers without an entry that says so.

A file that is cut, and one that is newer than the files beside it, can be read without any
problem of its own. They are recognised by what readers saw until then: a row that is gone
while others cite it, a page that is cited no more, a record that has lost an answer, and a
file whose end is missing. A damaged file has lines that are no rows.

The sentences are for whoever asks: they name only what readers saw, and quote no cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from geo.checks.check import Examination
from geo.checks.contents import REGISTER
from geo.checks.rules_withholding import META
from geo.files.building import ROW, words
from geo.files.decoding import UNFINISHED
from geo.files.reading import BROKEN, NO_ROWS
from geo.files.tables import Row, Tables, key_of, quoted, rows_of
from geo.ledger.reading import Reading
from geo.model.vocabulary import CLAIM, OF_COUNTRY
from geo.visibility.citing import CITING
from geo.visibility.masking import EVENTS, REFERENCES, STATIONS
from geo.visibility.setting_aside import HOLD, retained
from geo.visibility.visible import visible
from geo.visibility.withholding import KEEPING
from geo.wording import _, ngettext

SOURCES = "sources"
#: codes of problems that a file has when it is cut or torn, and seldom when it is edited
DAMAGED = BROKEN - NO_ROWS - {"above-header"} | {UNFINISHED}
#: ids that a sentence names
NAMED = 3


def losses(before: Reading, after: Reading) -> Iterator[str]:
    """
    Say what readers would lose if a newer reading were served.

    Parameters
    ----------
    before, after : Reading
        The last good reading and the newer one, of which no file is lost. Rows that were on
        hold or withheld when the first was read are no loss.

    Yields
    ------
    str
        A sentence for each file and kind of loss; none if nothing is lost.
    """
    comparison = _Comparison(before, after)
    yield from comparison.damaged()
    yield from comparison.still_cited()
    yield from comparison.cited_no_more()
    yield from comparison.set_aside()
    yield from comparison.unanswered()
    yield from comparison.cut()


def lost_files(examination: Examination) -> Iterator[str]:
    """
    Say which files cannot be read at all.

    Parameters
    ----------
    examination : Examination
        The newer files.

    Yields
    ------
    str
        A sentence for each.
    """
    for name in sorted(examination.lost):
        form = _("{file}: the file is missing or cannot be read")
        yield form.format(file=examination.tables[name].file)


class _Comparison:
    """Two readings, and what readers saw in the first."""

    def __init__(self, before: Reading, after: Reading) -> None:
        self.before, self.after = before.examination, after.examination
        passed, now = (retained(reading.examination) for reading in (before, after))
        self.seen = visible(passed, before.obeyed, held=True)
        self.shown = visible(now, after.obeyed, held=True)
        #: what readers would see of the first under the list of the second: a record without a
        #: claim that may be shown is withheld with its claims
        self.seen_still = visible(passed, after.obeyed, held=True)
        self.tables: Tables = after.examination.tables
        #: by row and column (empty for the row), the latest value that was entered
        self.entered = {
            (row["record"], row["field"]): row["after"] for row in rows_of(self.tables, REGISTER)
        }
        held = (row["id"] for row in rows_of(self.tables, STATIONS) if row["review"] == HOLD)
        self.hidden = after.obeyed.rows.union(
            held, *(after.obeyed.kept_out(name) for name in KEEPING)
        )

    def damaged(self) -> Iterator[str]:
        known = {(p.file, p.code) for p in self.before.problems if p.code in DAMAGED}
        for file in dict.fromkeys(p.file for p in self.after.problems):
            found = [p for p in self.after.problems if p.file == file and p.code in DAMAGED]
            if rows := [str(p.row) for p in found if p.row and (file, p.code) not in known]:
                form = _("{file}: {rows} damaged: cells are missing, or too many (row {ids})")
                yield _sentence(form, file, rows)
            if any(p.code == UNFINISHED and (file, p.code) not in known for p in found):
                form = _("{file}: the last line has no line break, so the file may be cut off")
                yield form.format(file=file)

    def _gone(self, name: str) -> dict[str, Row]:
        """Return the rows that readers saw and that the file no longer has, without an entry."""
        there = {key_of(name, row) for row in rows_of(self.tables, name)}
        return {
            key: row
            for row in rows_of(self.seen, name)
            if (key := key_of(name, row)) not in there and not self._said(key)
        }

    def _said(self, key: str) -> bool:
        """Say whether an entry of the register or of withheld.csv says that a row is gone."""
        return self.entered.get((key, ""), ROW) != ROW or key in self.hidden

    def still_cited(self) -> Iterator[str]:
        for name in dict.fromkeys(REFERENCES.values()):
            gone = self._gone(name)
            cited = {
                i
                for column, table in REFERENCES.items()
                if table == name
                for citing in (*CITING, EVENTS)
                for row in rows_of(self.tables, citing)
                for i in words(row[column])
            }
            if lost := [i for i in gone if i in cited]:
                form = _("{file}: {rows} gone, and other rows cite them ({ids})")
                yield _sentence(form, f"{name}.csv", lost)

    def cited_no_more(self) -> Iterator[str]:
        cited = {
            i
            for name in CITING
            for row in rows_of(self.tables, name)
            for i in words(row["source_ids"])
        }
        left = {row["id"] for row in rows_of(self.tables, SOURCES)} - cited - self.hidden
        if lost := [row["id"] for row in rows_of(self.seen, SOURCES) if row["id"] in left]:
            form = _("{file}: {rows} left that nothing cites any more ({ids})")
            yield _sentence(form, f"{SOURCES}.csv", lost)

    def set_aside(self) -> Iterator[str]:
        shown = {row["id"] for row in rows_of(self.shown, STATIONS)}
        there = {row["id"] for row in rows_of(self.tables, STATIONS)}
        seen = (row["id"] for row in rows_of(self.seen_still, STATIONS))
        if lost := [i for i in seen if i in there - shown - self.hidden]:
            form = _("{file}: {rows} set aside, because rows about them fail their checks ({ids})")
            yield _sentence(form, f"{STATIONS}.csv", lost)

    def unanswered(self) -> Iterator[str]:
        records = {row["id"] for row in rows_of(self.shown, STATIONS)}
        now, deleted = _answers(self.shown), self._gone(EVENTS)
        lost = [
            event
            for event, before in _answers(self.seen).items()
            if (before & records) - now.get(event, set())
            and not self._said(event)
            # the register says so where an answer was about other records in a release
            and (event in deleted or (event, "about") not in self.entered)
        ]
        if lost:
            form = _("investigations.csv: {rows} gone from records that it answered ({ids})")
            yield _sentence(form, "", lost)

    def cut(self) -> Iterator[str]:
        register = [row["id"] for row in rows_of(self.before.tables, REGISTER)]
        if not {row["id"] for row in rows_of(self.tables, REGISTER)}.issuperset(register):
            yield _("{file}: entries are gone, and the register only grows").format(
                file=f"{REGISTER}.csv"
            )
        for name, table in self.seen.items():
            # rows of META take nothing from readers: the register is compared above, and a
            # line that goes from withheld.csv shows more, which `geo.ledger.lifting` counts
            if name in META or not table.rows:
                continue
            last = key_of(name, table.rows[-1])
            fewer = len(rows_of(self.tables, name)) < len(self.before.tables[name].rows)
            if fewer and last in self._gone(name):
                yield _("{file}: the end of the file is missing, from {id} on").format(
                    file=table.file, id=quoted(last)
                )


def _answers(tables: Tables) -> dict[str, set[str]]:
    """Return the records that each event answers, by its id; claims answer none."""
    by_country: dict[str, set[str]] = {}
    for row in rows_of(tables, STATIONS):
        by_country.setdefault(row["host_country"], set()).add(row["id"])
    found = {}
    for row in rows_of(tables, EVENTS):
        about = set(words(row["about"]))
        if row["event_type"] != CLAIM:
            country = by_country.get(row["country"], set()) if OF_COUNTRY & about else set()
            found[row["id"]] = about | country
    return found


def _sentence(form: str, file: str, ids: Iterable[str]) -> str:
    listed = list(ids)
    rows = ngettext("{n} row is", "{n} rows are", len(listed))
    some = ", ".join(islice(listed, NAMED)) + (", …" if len(listed) > NAMED else "")
    return form.format(file=file, rows=rows, ids=some)
