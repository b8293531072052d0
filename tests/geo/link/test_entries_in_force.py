"""A running server obeys whatever can be read of ``withheld.csv``, and says what is lifted."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.link.last_good import STILL, LastGood
from geo.link.readings import require_still
from tests.asgi import call
from tests.geo.api.data_app import serve
from tests.geo.link.changing_files import Clock
from tests.ledger_files import TODAY, LedgerFiles
from tests.small_ledger import cut
from tests.withheld_forms import FORMS, HEADER

ID = "nl-amsterdam-1"
OTHER = "zm-1"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    files = LedgerFiles(tmp_path / "data", cut(tmp_path / "small"))
    files.bytes("withheld", HEADER)
    return files


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    require_still(STILL, clock)
    yield clock
    require_still(0)


def listed(*rows: str) -> bytes:
    return HEADER + "".join(f"{row}\n" for row in rows).encode()


def row(name: str = ID, ground: str = "legal", since: str = "2026-01-01") -> str:
    return f"record,{name},,{since},{ground},"


@pytest.mark.parametrize("content", FORMS)
def test_each_form_of_the_list_is_obeyed_while_the_server_runs(
    content: bytes, files: LedgerFiles
) -> None:
    good = LastGood(files.folder, seconds=0)
    assert ID in good.current(TODAY).reading.dataset.records_by_id
    files.bytes("withheld", content)
    shown = good.current(TODAY).reading.dataset.records_by_id
    assert ID not in shown
    assert "nl-rotterdam-1" in shown


def refusing(files: LedgerFiles, clock: Clock | None = None) -> LastGood:
    """A ledger whose newer files are refused."""
    good = LastGood(files.folder, clock=clock) if clock else LastGood(files.folder, seconds=0)
    good.current(TODAY)
    files.bytes("stations", b"<html>")
    assert good.current(TODAY).refused
    return good


def told(good: LastGood, name: str = ID) -> str | None:
    """Since when a record is withdrawn, as far as its link says so; None while it is shown."""
    dataset = good.current(TODAY).reading.dataset
    return None if name in dataset.records_by_id else dataset.withdrawn.get(name, "")


@pytest.mark.parametrize("own", [True, False], ids=["read before", "later"])
def test_each_form_of_an_entry_is_obeyed_while_files_are_refused(
    files: LedgerFiles, own: bool
) -> None:
    if own:
        files.bytes("withheld", listed(row()))
    good = refusing(files)
    for form, day in (
        (row(), "2026-01-01"),
        (row(ground="privacy"), ""),
        (row(since="2026-02-01"), "2026-02-01"),
        (row(ground="safety"), ""),
        (row(ground="because"), ""),
        (row(ground="error"), "2026-01-01"),
        (row(since="soon"), ""),
        (f"field,{ID},review,2026-03-01,privacy,", ""),
    ):
        files.bytes("withheld", listed(form))
        assert told(good) == day, form
        assert good.current(TODAY).refused


def test_while_the_list_may_be_half_written_both_forms_count(
    files: LedgerFiles, clock: Clock
) -> None:
    files.bytes("withheld", listed(row()))
    good = refusing(files, clock)
    with clock.writing():
        files.bytes("withheld", listed(row(ground="privacy")))
        assert told(good) == ""
    assert told(good) == ""
    with clock.writing():
        files.bytes("withheld", listed(row(ground="legal")))
        assert told(good) == ""
    assert told(good) == "2026-01-01"


def test_an_entry_of_the_reading_is_lifted_with_the_next_reading(files: LedgerFiles) -> None:
    files.bytes("withheld", listed(row()))
    stations = files.bytes("stations")
    good = refusing(files)
    files.bytes("withheld", listed(row(OTHER)))
    assert (told(good), told(good, OTHER)) == ("2026-01-01", "2026-01-01")
    files.bytes("withheld", HEADER)
    # it came later, so it may be undone at once
    assert (told(good), told(good, OTHER)) == ("2026-01-01", None)
    assert good.current(TODAY).lifted == 1
    files.bytes("stations", stations)
    assert (told(good), good.current(TODAY).refused) == (None, ())
    assert good.current(TODAY).lifted == 2


@pytest.mark.parametrize("refused", [False, True], ids=["taken", "refused"])
def test_what_is_lifted_is_logged_and_counted_and_never_named_where_it_is_secret(
    files: LedgerFiles, clock: Clock, caplog: pytest.LogCaptureFixture, refused: bool
) -> None:
    app = serve(files.folder)

    def lifted() -> int:
        return int(json.loads(call(app, "/healthz").body)["lifted"])

    def lines() -> list[str]:
        found = [r for r in caplog.records if "× gone" in r.getMessage()]
        assert all(r.levelno == logging.WARNING for r in found)
        return [r.getMessage() for r in found]

    assert lifted() == 0
    if refused:
        files.bytes("stations", b"<html>")
    files.bytes("withheld", listed(row(), row(OTHER, "privacy")))
    assert lifted() == 0
    with clock.writing():
        # cut at the border of a row
        files.bytes("withheld", listed(row()))
        assert lifted() == 0
    assert [lifted() for _ in range(3)] == [1, 1, 1]
    (line,) = lines()
    assert OTHER not in line
    files.bytes("withheld", HEADER)
    assert lifted() == 2
    assert f"record {ID}" in lines()[1]
    # an entry that is only written in another way is not lifted
    files.bytes("withheld", listed(row()))
    assert lifted() == 2
    files.bytes("withheld", listed("", row(ground="privacy")))
    assert (lifted(), len(lines())) == (2, 2)
