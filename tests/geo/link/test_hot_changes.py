"""Files change while they are read: every answer is of one state of them, and none is missing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import pytest

from geo.link.last_good import STILL
from geo.link.opening import open_address
from geo.link.readings import require_still
from tests.asgi import call
from tests.geo.api.data_app import serve
from tests.geo.link.changing_files import (
    WAYS,
    Clock,
    atomic,
    half_written,
    in_place,
    marked,
    write_in,
)
from tests.geo.ui.runs import Session
from tests.ledger_files import TODAY
from tests.sizes import size
from tests.small_ledger import cut

CLIENTS = 4
CHANGES = size(10, 400)
RECORD = "nl-rotterdam-1"
#: seconds of the bar, without the second for which files must be still: the clock skips it
SHOWN = 3 - STILL


@dataclass
class Seen:
    """What a client has seen."""

    mixed: list[set[str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    answers: int = 0
    newest: str = ""
    there: bool = True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = cut(tmp_path / "data")
    for file, content in marked(folder, "change 0").items():
        file.write_bytes(content)
    monkeypatch.setenv("ATLAS_DATA", str(folder))
    return folder


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    require_still(STILL, clock)
    yield clock
    require_still(0)


def client(folder: Path, ended: Event, seen: Seen) -> None:
    """Open the ledger, ask for its events, and for one record by its id."""
    app = serve(folder)
    while not ended.is_set():
        dataset = open_address(folder, {}, TODAY).dataset
        found = {record.summary for record in dataset.records}
        found |= {event.summary for event in dataset.events}
        found |= {source.title for source in dataset.sources.values()}
        if len(found) > 1:
            seen.mixed.append(found)
        answer = call(app, "/api/events.json")
        events = json.loads(answer.body)["events"] if answer.status == 200 else []
        if not events or not dataset.records:
            seen.missing.append(f"{answer.status}")
        seen.there = RECORD in dataset.records_by_id
        if not seen.there:
            seen.missing.append(RECORD)
        seen.newest = events[0]["summary"] if events else ""
        seen.answers += 1


def wait(holds: Callable[[], bool], seconds: float = 60) -> float:
    """Wait until something holds; return for how many seconds that took."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds
        time.sleep(0.002)
    return time.monotonic() - started


@pytest.fixture
def clients(folder: Path, clock: Clock) -> Iterator[list[Seen]]:
    found = [Seen() for _ in range(CLIENTS)]
    ended = Event()
    threads = [Thread(target=client, args=(folder, ended, seen)) for seen in found]
    for thread in threads:
        thread.start()
    yield found
    ended.set()
    for thread in threads:
        thread.join()


def read_again(clients: list[Seen], times: int = 2) -> None:
    """Wait until each client has read so often; the first time may have begun before."""
    before = [seen.answers for seen in clients]
    wait(lambda: all(s.answers >= n + times for s, n in zip(clients, before, strict=True)))


def shown(clients: list[Seen], marker: str) -> float:
    """Wait until each client sees a change; return for how many seconds that took."""
    return wait(lambda: all(seen.newest == marker for seen in clients))


def test_no_answer_is_mixed_or_missing_while_files_change(
    folder: Path, clock: Clock, clients: list[Seen]
) -> None:
    session = Session()
    took = []
    for number in range(1, CHANGES + 1):
        marker = f"change {number}"
        contents = marked(folder, marker)
        with clock.writing():
            for step, _written in enumerate(WAYS[number % len(WAYS)](contents)):
                # readers look at every state between two files in turn
                if step == number // len(WAYS) % 5:
                    read_again(clients, 1)
        took.append(shown(clients, marker))
        if number % 5 == 0:
            blocks = " ".join(session.open("data", f"record={RECORD}").values())
            assert marker in blocks
            assert f"change {number - 1}" not in blocks.replace(marker, "")
    assert [seen.mixed for seen in clients] == [[]] * CLIENTS
    assert [seen.missing for seen in clients] == [[]] * CLIENTS
    took.sort()
    assert took[len(took) * 9 // 10] <= SHOWN, took[-5:]


ENTRY = f"record,{RECORD},,2026-11-20,privacy,\n"


def hidden(clients: list[Seen]) -> bool:
    return all(not seen.there for seen in clients)


def test_withholding_is_obeyed_while_the_other_files_are_half_written(
    folder: Path, clock: Clock, clients: list[Seen]
) -> None:
    session, listed = Session(), folder / "withheld.csv"
    header = listed.read_bytes()
    whole = header + ENTRY.encode()
    for number in range(1, size(1, 10) + 1):
        contents = marked(folder, f"change {number}")
        with clock.writing():
            next(half_written(contents))
            listed.write_bytes(whole)
            # by each request that begins after it, however busy the machine is
            read_again(clients)
            assert hidden(clients)
            assert RECORD not in " ".join(session.open("data").values())
            # written once more, and cut while it is: what was hidden stays hidden
            for end in (len(whole) - 1, len(header) + 9, len(header), len(header) // 2, 0):
                listed.write_bytes(whole[:end])
                read_again(clients)
                assert hidden(clients)
            listed.unlink()
            read_again(clients)
            assert hidden(clients)
            listed.write_bytes(whole)
            write_in(in_place, contents)
        shown(clients, f"change {number}")
        assert hidden(clients)
        # a whole list without the entry is believed after the second
        with clock.writing():
            listed.write_bytes(header)
            read_again(clients)
            assert hidden(clients)
        wait(lambda: all(seen.there for seen in clients))
    assert [seen.mixed for seen in clients] == [[]] * CLIENTS


def test_by_the_real_clock_a_change_is_shown_within_three_seconds(folder: Path) -> None:
    require_still(STILL)
    try:
        app = serve(folder)

        def first() -> str:
            return str(json.loads(call(app, "/api/events.json").body)["events"][0]["summary"])

        assert first() == "change 0"
        write_in(atomic, marked(folder, "change 1"))
        # nobody waits for the second to pass
        started = time.monotonic()
        assert first() == "change 0"
        assert time.monotonic() - started < STILL
        assert STILL / 2 < wait(lambda: first() == "change 1") < SHOWN + STILL
    finally:
        require_still(0)
