"""The command worklist: what wants a human, and nothing that may not be seen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.__main__ import main
from geo.ledger import dataset
from geo.ledger.worklist import KINDS
from tests.ledger_files import TODAY, LedgerFiles


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LedgerFiles:
    monkeypatch.setattr("geo.commands.worklist.today", lambda: TODAY)
    monkeypatch.setattr(dataset, "today", lambda: TODAY)
    return LedgerFiles(tmp_path / "ledger")


@pytest.fixture
def tasks(files: LedgerFiles, capsys: pytest.CaptureFixture[str]) -> Callable[[str], list[Any]]:
    """Return a function that lists the tasks of a kind."""

    def listed(kind: str) -> list[Any]:
        arguments = ["worklist", "--json", "--kind", kind, "--data", str(files.folder)]
        assert main(arguments) == 0
        found: list[Any] = json.loads(capsys.readouterr().out)["tasks"]
        return found

    return listed


def _ids(found: list[Any]) -> set[str]:
    return {task["ids"] for task in found}


STOP = "ie-2022-10-25-told-to-stop"


def test_a_latest_word_with_one_source_or_weak_sources(
    files: LedgerFiles, tasks: Callable[[str], list[Any]]
) -> None:
    sources = {row["id"]: row["class"] for row in files.rows("sources")}
    weak = next(i for i, kind in sources.items() if kind == "copy")
    assert STOP not in _ids(tasks("one_source")) | _ids(tasks("weak_sources"))
    files.edit("investigations", STOP, source_ids=weak)
    (task,) = [task for task in tasks("one_source") if task["ids"] == STOP]
    assert weak in task["detail"]
    assert STOP in _ids(tasks("weak_sources"))


def test_a_latest_word_without_an_archived_copy(
    files: LedgerFiles, tasks: Callable[[str], list[Any]]
) -> None:
    assert STOP in _ids(tasks("no_archive"))
    event = next(row for row in files.rows("investigations") if row["id"] == STOP)
    files.edit("sources", event["source_ids"].split()[0], archive_url="https://archive.ph/AbC12")
    assert STOP not in _ids(tasks("no_archive"))


def test_a_record_that_was_last_checked_long_ago(
    files: LedgerFiles, tasks: Callable[[str], list[Any]]
) -> None:
    assert tasks("not_checked") == []
    files.edit("stations", "ie-dublin-1", last_checked="2026-05-26")
    assert tasks("not_checked") == []
    files.edit("stations", "ie-dublin-1", last_checked="2026-05-25")
    (task,) = tasks("not_checked")
    assert (task["ids"], task["days"]) == ("ie-dublin-1", 181)


def test_an_inquiry_has_no_outcome_until_an_authority_gives_one(
    files: LedgerFiles, tasks: Callable[[str], list[Any]]
) -> None:
    inquiry = "ie-2022-10-08-inquiry-opened"
    assert inquiry not in _ids(tasks("no_outcome"))
    ended = {"told_to_stop", "closure_stated", "no_place_found", "inquiry_closed"}
    for row in files.rows("investigations"):
        if row["country"] == "IE" and row["event_type"] in ended:
            files.edit("investigations", row["id"], event_type="statement", sets="")
    (task,) = [task for task in tasks("no_outcome") if task["ids"] == inquiry]
    assert task["days"] == 1506


def test_a_claim_names_the_sides_that_have_not_answered(
    tasks: Callable[[str], list[Any]],
) -> None:
    found = {task["ids"]: task["detail"] for task in tasks("no_answer")}
    assert "host authorities" in found["ao-1"]
    assert "nl-amsterdam-1" not in found or "host authorities" not in found["nl-amsterdam-1"]


def test_open_questions_are_read_from_the_notes_beside_the_data(
    files: LedgerFiles, tasks: Callable[[str], list[Any]]
) -> None:
    assert tasks("open_question") == []
    notes = files.folder.parent / "docs" / "DATA_NOTES.md"
    notes.parent.mkdir()
    notes.write_text(
        "# Notes\n\n## Decided\n\n- `ao-1`: decided.\n\n## Open for an editor\n\nText.\n\n"
        "- `ie-dublin-1`, `ao-1`: who said it,\n  and when?\n"
        "- Speaker: `nl-rotterdam-1` (`said_on`).\n\n### Pages\n\n"
        "- `gone-2022`: where is it?\n- no id\n\n## Later\n\n- `ao-1`: no.\n",
        encoding="utf-8",
    )
    found = {task["ids"]: task["detail"] for task in tasks("open_question")}
    assert found == {
        "ie-dublin-1 ao-1": "who said it, and when?",
        "nl-rotterdam-1": "Speaker: `nl-rotterdam-1` (`said_on`).",
        "gone-2022": "where is it?",
    }


def test_what_is_withheld_or_on_hold_is_no_task(
    files: LedgerFiles, tasks: Callable[[str], list[Any]]
) -> None:
    assert "ao-1" in _ids(tasks("no_answer"))
    files.edit("stations", "ao-1", review="hold")
    files.add("withheld", kind="event", id=STOP, since="2026-11-21", ground="privacy")
    assert "ao-1" not in _ids(tasks("no_answer"))
    assert STOP not in _ids(tasks("no_archive")) | _ids(tasks("no_quotation"))


def test_every_form_lists_the_same(files: LedgerFiles, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(files.folder)]
    assert main(["worklist", "--json", *data]) == 0
    document = json.loads(capsys.readouterr().out)
    assert main(["worklist", "--csv", *data]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["ids"] for row in rows] == [task["ids"] for task in document["tasks"]]
    assert [KINDS.index(row["kind"]) for row in rows] == sorted(
        KINDS.index(row["kind"]) for row in rows
    )
    assert main(["worklist", *data]) == 0
    text = capsys.readouterr().out
    assert f"{len(rows)} tasks in all." in text
    assert "latest answers by China" in text
    assert document["quotations"]["latest_words"]["total"] > 40


def test_the_newest_come_first(tasks: Callable[[str], list[Any]]) -> None:
    days = [task["day"] for task in tasks("no_archive") if len(task["day"]) == 10]
    assert days == sorted(days, reverse=True)


def test_a_folder_that_is_not_there_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worklist", "--data", str(tmp_path / "missing")]) == 1
    assert "missing" in capsys.readouterr().err
