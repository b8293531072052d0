"""An address and what it shows: the newest ledger, or the release that it names."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from geo.errors import LedgerUnreadable
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from tests.ledger_files import TODAY, LedgerFiles

RECORD, OTHER = "nl-rotterdam-1", "nl-amsterdam-1"
ANSWER = "nl-2023-02-no-place-found"  # about Amsterdam alone
SECOND = date(2026, 10, 1)


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "data")


def opened(files: LedgerFiles, query: str = "") -> Opened:
    return open_address(files.folder, parse_query(query), TODAY)


def release(files: LedgerFiles, day: date | None = None, **reasons: str) -> str:
    given = {name.replace("_", "-"): reason for name, reason in reasons.items()}
    return (files.release(day, given) if day else files.release()).name[-8:]


def changed(view: Opened) -> set[str]:
    assert view.edition.pinned is not None
    return set(view.edition.pinned.changed(view.shown))


def summary(view: Opened, record: str = RECORD) -> str:
    return view.dataset.records_by_id[record].summary


def test_without_a_version_the_newest_ledger_is_shown(files: LedgerFiles) -> None:
    release(files)
    files.edit("stations", RECORD, summary="Other words.")
    view = opened(files, "country=NL")
    assert view.edition.pinned is None
    assert summary(view) == "Other words."
    assert view.notices == ()


def test_an_old_link_shows_the_old_words_and_names_what_changed(files: LedgerFiles) -> None:
    old = opened(files)
    version = release(files)
    files.edit("stations", RECORD, summary="Other words.")
    view = opened(files, f"country=NL&v={version}")
    assert summary(view) == summary(old)
    assert view.dataset.version == version
    assert view.notices == ()
    assert changed(view) == {RECORD}
    assert view.edition.pinned is not None
    assert view.edition.pinned.notice(view.shown) == (
        f"Made from the ledger released on 1 September 2026 ({version}). "
        "1 of the records shown has changed since."
    )
    (change,) = view.edition.pinned.changes[RECORD]
    assert (change.field, change.before, change.after) == ("summary", summary(old), "Other words.")
    # a view that does not show the record says that nothing has changed
    elsewhere = opened(files, f"country=ES&v={version}")
    assert changed(elsewhere) == set()
    assert elsewhere.edition.pinned is not None
    assert "None of the records shown" in elsewhere.edition.pinned.notice(elsewhere.shown)
    # but an open card is shown, whatever the filters say
    assert changed(opened(files, f"country=ES&record={RECORD}&v={version}")) == {RECORD}


def test_an_entry_of_today_in_the_east_waits_for_its_day(files: LedgerFiles) -> None:
    tomorrow = TODAY + timedelta(days=1)
    new = "nl-2023-03-no-place-found"
    files.add("investigations", ANSWER, id=new, said_on=tomorrow.isoformat())
    files.edit("stations", RECORD, last_checked=tomorrow.isoformat())
    before, after = opened(files), open_address(files.folder, {}, tomorrow)
    assert before.dataset.set_aside == 0
    assert new in before.dataset.events_by_id
    days = [{event.id for event in view.snapshot.events} for view in (before, after)]
    assert [new in events for events in days] == [False, True]


def test_a_changed_answer_changes_the_records_that_it_is_about(files: LedgerFiles) -> None:
    version = release(files)
    files.edit("investigations", ANSWER, note="")
    files.edit("investigations", ANSWER, summary="Said something else.")
    assert changed(opened(files, f"v={version}")) == {OTHER}


def test_a_new_answer_changes_its_record_and_is_not_in_the_old_ledger(files: LedgerFiles) -> None:
    version = release(files)
    files.add("investigations", ANSWER, id="nl-2023-03-no-place-found", said_on="2023-03-01")
    view = opened(files, f"v={version}")
    assert changed(view) == {OTHER}
    assert "nl-2023-03-no-place-found" not in view.dataset.events_by_id


def test_a_changed_source_and_place_change_who_cites_and_who_stands_there(
    files: LedgerFiles,
) -> None:
    version = release(files)
    cited = opened(files).dataset.records_by_id[RECORD].sources[0]
    citing = {r.id for r in opened(files).dataset.records if cited in r.sources}
    files.edit("sources", cited, title="Another title")
    assert citing <= changed(opened(files, f"v={version}"))
    rows = files.rows("places")
    (point,) = [r for r in rows if r["city"] == "Rotterdam"]
    text = files.bytes("places").decode()
    files.bytes("places", text.replace(f",{point['latitude']},", ",51.99,", 1).encode())
    assert RECORD in changed(opened(files, f"v={version}"))


def test_each_of_two_releases_keeps_its_own_words(files: LedgerFiles) -> None:
    first = release(files)
    before = summary(opened(files))
    files.edit("stations", RECORD, summary="Second words.")
    second = release(files, SECOND, nl_rotterdam_1="Said too much")
    files.edit("stations", OTHER, summary="Third words.")
    assert summary(opened(files, f"v={first}")) == before
    assert changed(opened(files, f"v={first}")) == {RECORD, OTHER}
    assert summary(opened(files, f"v={second}")) == "Second words."
    assert changed(opened(files, f"v={second}")) == {OTHER}
    # what the register says of a record is told in the old view as well
    assert opened(files, f"v={first}").dataset.corrections[0].reason == "Said too much"


def test_the_newest_release_is_the_ledger_until_something_changes(files: LedgerFiles) -> None:
    version = release(files)
    view = opened(files, f"v={version}")
    assert view.edition.pinned is None
    assert view.dataset is view.edition.newest


@pytest.mark.parametrize("kind", ["record", "event"])
def test_what_is_withheld_by_now_is_in_no_old_view(files: LedgerFiles, kind: str) -> None:
    phrase = "an unsayable phrase"
    files.edit("stations", RECORD, summary=phrase)
    files.edit("investigations", ANSWER, summary=phrase)
    version = release(files)
    named = {"record": RECORD, "event": ANSWER}[kind]
    files.add(
        "withheld", kind=kind, id=named, field="", since="2026-10-02", ground="legal", note=""
    )
    view = opened(files, f"v={version}&{kind}={named}")
    assert view.edition.pinned is not None
    held = view.dataset.records_by_id if kind == "record" else view.dataset.events_by_id
    assert named not in held
    assert ["withdrawn on 2 October 2026" in notice for notice in view.notices] == [True]
    told = [c for found in view.edition.pinned.changes.values() for c in found]
    assert phrase not in repr([c for c in told if c.id == named])


def test_what_is_on_hold_by_now_is_in_no_old_view(files: LedgerFiles) -> None:
    version = release(files)
    files.edit("stations", RECORD, review="hold")
    view = opened(files, f"record={RECORD}&v={version}")
    assert view.edition.pinned is not None
    assert RECORD not in view.dataset.records_by_id
    assert OTHER in view.dataset.records_by_id
    assert not [e.id for e in view.dataset.events if RECORD in e.about]
    assert RECORD not in view.edition.pinned.changes
    assert ["has no such record" in notice for notice in view.notices] == [True]


def test_an_unknown_version_shows_the_newest_ledger_and_says_so(files: LedgerFiles) -> None:
    release(files)
    view = opened(files, "v=00000000")
    assert view.edition.pinned is None
    assert ["ledger has changed since" in notice for notice in view.notices] == [True]


def test_a_broken_release_is_said_and_takes_nothing_else_with_it(files: LedgerFiles) -> None:
    target = files.release()
    version = target.name[-8:]
    files.edit("stations", RECORD, summary="Other words.")
    (target / "release.json").write_text("{", encoding="utf-8")
    view = opened(files, f"v={version}")
    assert summary(view) == "Other words."
    assert any("cannot be read" in notice for notice in view.notices)
    assert opened(files).notices == ()


def test_a_release_whose_table_is_gone_is_said(files: LedgerFiles) -> None:
    target = files.release()
    files.edit("stations", RECORD, summary="Other words.")
    (target / "sources.csv").unlink()
    view = opened(files, f"v={target.name[-8:]}")
    assert summary(view) == "Other words."
    assert any("is damaged and not shown: sources.csv is missing" in n for n in view.notices)


def test_the_files_are_read_again_when_one_changes(files: LedgerFiles) -> None:
    first = opened(files)
    assert opened(files).dataset is first.dataset
    files.edit("stations", RECORD, summary="Other words.")
    assert summary(opened(files)) == "Other words."


def test_no_ledger_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnreadable, match="contains no ledger"):
        open_address(tmp_path, {}, TODAY)


def test_the_date_of_an_answer_is_not_before_its_day_began(files: LedgerFiles) -> None:
    target = files.release()
    assert json.loads((target / "release.json").read_text(encoding="utf-8"))["number"] == 1
    assert opened(files).edition.modified.date() >= TODAY
