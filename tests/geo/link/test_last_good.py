"""A newer reading takes nothing from readers that no entry says to be gone."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.ledger.dataset import Dataset
from geo.link.last_good import LastGood
from geo.model.vocabulary import CLAIM, COUNTRY
from tests.asgi import call
from tests.geo.api.data_app import opened, serve
from tests.geo.link.changing_files import Clock
from tests.ledger_files import DATA, TODAY, LedgerFiles
from tests.sizes import FULL, size
from tests.small_ledger import cut

RECORD, ANSWER = "nl-rotterdam-1", "nl-2022-12-20-closure-stated"
#: tables whose cut at a row border takes rows that readers saw
SEEN = ("stations", "investigations", "sources", "counts", "origins", "excluded", "quotes")


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "data", cut(tmp_path / "small"))


def kept(folder: Path) -> LastGood:
    """The ledger of a folder after a good reading."""
    good = LastGood(folder, seconds=0)
    assert good.current(TODAY).refused == ()
    return good


def answers(dataset: Dataset) -> dict[str, set[str]]:
    """The answers of each record, and those of its country."""
    return {
        record.id: {
            event.id
            for event in dataset.events
            if event.event_type != CLAIM
            and (
                record.id in event.about
                or (event.about == (COUNTRY,) and event.country == record.host_country)
            )
        }
        for record in dataset.records
    }


def borders(content: bytes) -> list[int]:
    """The length of a file after each of its rows but the last; the first is the header alone."""
    ends = [i + 1 for i, byte in enumerate(content) if byte == ord("\n")]
    # a line end inside quotation marks is none of a row
    return [end for end in ends[:-1] if content[:end].count(b'"') % 2 == 0]


@pytest.mark.no_cover
def test_every_cut_of_the_entries_at_a_row_border_keeps_the_last_good_one(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data", DATA)
    good = kept(files.folder)
    before = good.current(TODAY).reading
    had = answers(before.dataset)
    whole = files.bytes("investigations")
    ends = borders(whole)
    assert len(ends) > 250
    for end in ends if FULL else ends[:: len(ends) // size(8, 1)]:
        files.bytes("investigations", whole[:end])
        current = good.current(TODAY)
        assert current.reading is before, end
        assert current.refused, end
        now = answers(current.reading.dataset)
        assert not [i for i in now if had[i] - now[i]], end
    files.bytes("investigations", whole)
    assert good.current(TODAY).refused == ()


@pytest.mark.parametrize("name", SEEN)
def test_every_cut_of_any_table_keeps_the_last_good_one(files: LedgerFiles, name: str) -> None:
    good = kept(files.folder)
    before, whole = good.current(TODAY).reading, files.bytes(name)
    within = range(3, len(whole), max(1, len(whole) // size(6, 40)))
    ends = borders(whole)
    for end in {*ends[:: max(1, len(ends) // size(6, 1000))], *within, ends[-1], len(whole) - 1}:
        files.bytes(name, whole[:end])
        current = good.current(TODAY)
        assert current.reading is before, (end, whole[:end][-60:])
        assert any(name in reason for reason in current.refused)


def test_a_refused_reading_is_read_once_and_said_once(
    files: LedgerFiles, caplog: pytest.LogCaptureFixture
) -> None:
    good = kept(files.folder)
    files.drop("investigations", ANSWER)
    caplog.clear()
    with caplog.at_level(logging.WARNING, "geo.link"):
        (said,) = {good.current(TODAY).refused for _ in range(9)}
    lines = [r.getMessage() for r in caplog.records if "not taken" in r.getMessage()]
    assert len(lines) == len(said)
    assert [reason for reason in said if ANSWER in reason]


# what a curator does, and how it is said


def lose_an_answer(files: LedgerFiles) -> None:
    """Remove an answer and the pages that only it cites."""
    cited = set(
        next(r for r in files.rows("investigations") if r["id"] == ANSWER)["source_ids"].split()
    )
    files.drop("investigations", ANSWER)
    others = {
        i
        for name in ("stations", "investigations", "counts", "origins")
        for row in files.rows(name)
        for i in row["source_ids"].split()
    }
    for page in cited - others:
        files.drop("sources", page)
    rows = [
        {
            **r,
            "differs_from": " ".join(i for i in r["differs_from"].split() if i != ANSWER),
            "repeat_of": r["repeat_of"].replace(ANSWER, ""),
        }
        for r in files.rows("investigations")
    ]
    files.write("investigations", rows)


def register(files: LedgerFiles) -> None:
    columns = "id,date,record,field,before,after,reason,stood_days"
    entry = f"2026-09-01-00000000-1,2026-09-01,{ANSWER},,(row),,Not said,"
    files.bytes("corrections", f"{columns}\n{entry}\n".encode())


def withhold(files: LedgerFiles) -> None:
    files.add(
        "withheld", kind="event", id=ANSWER, field="", since="2026-09-01", ground="error", note=""
    )


def hold(files: LedgerFiles) -> None:
    for row in files.rows("stations"):
        if row["host_country"] == "NL":
            files.edit("stations", row["id"], review="hold")


@pytest.mark.parametrize("say", [register, withhold, hold])
def test_an_answer_may_go_where_an_entry_says_so(
    files: LedgerFiles, say: Callable[[LedgerFiles], None]
) -> None:
    good = kept(files.folder)
    lose_an_answer(files)
    assert good.current(TODAY).refused
    assert ANSWER in good.current(TODAY).reading.dataset.events_by_id
    say(files)
    current = good.current(TODAY)
    assert current.refused == ()
    assert ANSWER not in current.reading.dataset.events_by_id


def test_an_answer_that_is_about_another_record_now_is_lost_too(files: LedgerFiles) -> None:
    good = kept(files.folder)
    files.edit("investigations", ANSWER, about="nl-amsterdam-1")
    (reason,) = good.current(TODAY).refused
    assert reason == (f"investigations.csv: 1 row is gone from records that it answered ({ANSWER})")


def test_after_a_restart_the_files_are_taken_as_they_are(files: LedgerFiles) -> None:
    kept(files.folder)
    lose_an_answer(files)
    assert ANSWER not in kept(files.folder).current(TODAY).reading.dataset.events_by_id


def test_edits_that_lose_nothing_are_taken(files: LedgerFiles) -> None:
    good = kept(files.folder)
    files.edit("stations", RECORD, summary="Other words.")
    files.edit("investigations", ANSWER, note="More is known.")
    files.add("counts", like=files.rows("counts")[0]["id"], id="nl-2022-new")
    files.write("excluded", files.rows("excluded")[1:])
    current = good.current(TODAY)
    assert current.reading.dataset.records_by_id[RECORD].summary == "Other words."


def test_the_last_good_one_is_served_on_the_next_day_too(files: LedgerFiles) -> None:
    good = kept(files.folder)
    files.bytes("stations", b"")
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    current = good.current(tomorrow)
    assert current.reading.day == tomorrow
    assert current.reading.dataset.digest == good.current(TODAY).reading.dataset.digest
    assert RECORD in current.reading.dataset.records_by_id
    assert current.refused == ("stations.csv: the file is missing or cannot be read",)


def test_a_start_waits_until_the_files_are_whole(files: LedgerFiles) -> None:
    clock = Clock()
    good = LastGood(files.folder, clock=clock)
    whole = files.bytes("investigations")
    with ThreadPoolExecutor(1) as pool:
        with clock.writing():
            files.bytes("investigations", whole[: len(whole) // 2])
            first = pool.submit(good.current, TODAY)
            files.bytes("investigations", whole)
        assert ANSWER in first.result().reading.dataset.events_by_id


def test_why_newer_files_are_refused_is_told(files: LedgerFiles) -> None:
    app = serve(files.folder)
    assert call(app, "/healthz").status == 200
    before = call(app, "/api/events.json")
    files.bytes("sources", b"")
    answer = call(app, "/healthz")
    assert answer.status == 200
    assert json.loads(answer.body)["refused"] == [
        "sources.csv: the file is missing or cannot be read"
    ]
    after = call(app, "/api/events.json")
    assert (after.body, after.headers["etag"]) == (before.body, before.headers["etag"])
    files.bytes("sources", (DATA / "sources.csv").read_bytes())
    assert json.loads(call(app, "/healthz").body)["refused"] == []


@pytest.mark.parametrize(
    "cells",
    [{"said_on": "2022-9-12"}, {"event_type": "clam"}, {"country": "XQ"}, {"summary": ""}],
    ids=lambda cells: next(iter(cells)),
)
def test_one_typo_in_a_claim_of_many_records_takes_none_of_them(
    tmp_path: Path, cells: dict[str, str]
) -> None:
    files = LedgerFiles(tmp_path / "data", DATA)
    good = kept(files.folder)
    before = good.current(TODAY).reading
    files.edit("investigations", "zz-2022-09-12-claim", **cells)
    current = good.current(TODAY)
    assert current.reading is before
    (reason,) = current.refused
    assert reason.startswith("stations.csv: 50 rows are set aside")


@pytest.mark.parametrize(
    ("column", "text"), [("last_checked", "11/21/2026"), ("review", "PUBLISH")]
)
def test_a_column_that_a_spreadsheet_has_rewritten_takes_no_record(
    files: LedgerFiles, column: str, text: str
) -> None:
    good = kept(files.folder)
    before = good.current(TODAY).reading
    files.write("stations", [{**row, column: text} for row in files.rows("stations")])
    current = good.current(TODAY)
    assert current.reading is before
    assert current.refused


def test_a_record_whose_claims_are_withheld_is_no_loss(files: LedgerFiles) -> None:
    good = kept(files.folder)
    shown = good.current(TODAY).reading.dataset
    (claim,) = {e.id for e in shown.events if e.event_type == CLAIM and "zm-1" in e.about} or {""}
    row = f"event,{claim},,2026-01-01,legal,\n"
    files.bytes("withheld", files.bytes("withheld") + row.encode())
    current = good.current(TODAY)
    assert current.refused == ()
    assert "zm-1" not in current.reading.dataset.records_by_id


def test_withholding_is_no_loss_and_names_nothing(files: LedgerFiles) -> None:
    good = kept(files.folder)
    withhold(files)
    lose_an_answer(files)
    files.edit("stations", RECORD, summary="Other words.")
    current = good.current(TODAY)
    assert current.refused == ()
    assert current.reading.dataset.records_by_id[RECORD].summary == "Other words."


def test_withholding_is_obeyed_while_the_rest_is_refused(files: LedgerFiles) -> None:
    version = files.release().name[-8:]

    def there(query: str) -> bool:
        return RECORD in opened(query, files.folder).dataset.records_by_id

    assert there("")
    assert there(f"v={version}")
    files.bytes("stations", b"<html>")
    assert there("")
    digest = opened("", files.folder).dataset.digest
    files.bytes("withheld", files.bytes("withheld") + f"record,{RECORD},,2026-".encode())
    # cut within the day, and in an older release too
    assert not there("")
    assert not there(f"v={version}")
    assert opened("", files.folder).dataset.digest != digest
    assert opened("", files.folder).edition.refused


def test_copies_of_other_times_and_owners_are_the_same_ledger(files: LedgerFiles) -> None:
    good = kept(files.folder)
    digest = good.current(TODAY).reading.dataset.digest
    os.utime(files.folder / "stations.csv", (1, 1))
    assert good.current(TODAY).reading.dataset.digest == digest
