"""What is withheld goes over the wire nowhere: no page, no address, no message."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import WebSocket, expect

from tests.browser.conftest import Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server

RECORD, EVENT, FIELD = "nl-rotterdam-1", "gb-2023-06-inquiry-closed", "ie-dublin-1"
PAGES = ("/", "/timeline", "/countries", "/data", "/about")
QUERIES = (
    "",
    "?country=NL",
    f"?record={RECORD}",
    f"?event={EVENT}",
    f"?record={FIELD}",
    "?q=rotterdam",
    "?asof=2023-07-01&layer=coverage",
)


def _row(file: Path, code: str) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as read:
        return next(row for row in csv.DictReader(read) if row["id"] == code)


def _phrases(ledger: Path) -> list[str]:
    """The ends of three texts: of a record, of an event, and of one field of another record."""
    record = _row(ledger / "stations.csv", RECORD)
    event = _row(ledger / "investigations.csv", EVENT)
    field = _row(ledger / "stations.csv", FIELD)
    return [row["summary"][-45:] for row in (record, event, field)]


def _withhold(ledger: Path) -> None:
    with (ledger / "withheld.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["record", RECORD, "", "2026-11-20", "privacy", ""])
        writer.writerow(["event", EVENT, "", "2026-11-20", "legal", ""])
        writer.writerow(["field", FIELD, "summary", "2026-11-20", "error", ""])


def _heard(server: Server, reader: Reader) -> list[str]:
    """Every answer to an address, every message of the socket, every page as it stands."""
    heard: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda frame: heard.append(
                frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
            ),
        )

    reader.page.on("websocket", listen)
    for path in PAGES:
        for query in QUERIES:
            with urlopen(f"{server.url}{path}{query}") as answer:
                heard.append(answer.read().decode("utf-8"))
    for path in PAGES:
        for query in (f"?record={RECORD}", f"?record={FIELD}", "?record=gb-london-1&country=GB"):
            reader.open(path + query)
            expect(reader.page.locator('[data-panel="foot"] p').first).to_be_visible()
            heard.append(reader.page.content())
    return heard


def test_a_withheld_text_is_in_no_answer(
    fresh: Callable[[Path], Server], ledger: Path, readers: Readers
) -> None:
    phrases = _phrases(ledger)
    open_server = fresh(ledger)
    told = _heard(open_server, readers(open_server))
    # without the list each of the phrases is told: the search would find it
    assert all(any(phrase in text for text in told) for phrase in phrases)

    _withhold(ledger)
    server = fresh(ledger)
    reader: Reader = readers(server)
    heard = _heard(server, reader)
    assert len(heard) > len(PAGES) * len(QUERIES)
    for phrase in phrases:
        assert [text[:80] for text in heard if phrase in text] == []
    reader.open(f"/?record={RECORD}")
    notice = reader.page.locator(".notice").first
    expect(notice).to_contain_text("withdrawn on 20 November 2026")
    expect(notice).not_to_contain_text("otterdam")
