"""What is withheld goes over the wire nowhere: no page, no address, no message, no cache."""

from __future__ import annotations

import csv
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import WebSocket, expect

from geo.configuration import ROLES
from geo.ledger.dataset import today
from geo.releases.making import write
from geo.releases.planning import plan
from tests.asgi import unpacked
from tests.browser.conftest import Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.markup import straight
from tests.sizes import size

RECORD, EVENT, FIELD = "nl-rotterdam-1", "gb-2023-06-inquiry-closed", "ie-dublin-1"
PAGES = ("/", "/timeline", "/countries", "/data", "/about")
QUERIES = (
    "",
    "?country=NL",
    f"?record={RECORD}",
    f"?event={EVENT}",
    f"?record={FIELD}",
    "?record=gb-london-1",
    "?q=rotterdam",
    "?asof=2023-07-01&layer=coverage",
)
#: what is served beside the pages, each asked for the newest ledger and for a release
BESIDE = (
    *(f"/s/{record}" for record in (RECORD, FIELD)),
    f"/e/{EVENT}",
    *(f"/c/{code}" for code in ("NL", "GB", "IE")),
    *(f"/v{query}" for query in ("", "?country=NL", "?q=rotterdam", "?asof=2023-07-01")),
    "/changes",
    *(f"/embed?{query}" for query in (f"record={RECORD}", f"event={EVENT}", "country=NL")),
    f"/embed?record={FIELD}",
    "/embed/timeline?country=NL",
    f"/oembed?url=http%3A%2F%2Flocalhost%2Fs%2F{RECORD}",
    *(f"/api/records.{ending}" for ending in ("csv", "geojson")),
    *(f"/api/events.{ending}" for ending in ("csv", "json")),
    "/api/sources.json",
    "/api/workbook.xlsx",
    "/api/package.zip",
    "/api/version",
    "/api",
    *(
        f"/api/citation.bib?{query}"
        for query in (f"record={RECORD}", f"event={EVENT}", "country=NL")
    ),
    f"/api/citation.json?record={FIELD}",
    "/feeds/events.atom?country=NL&country=GB&country=IE",
    "/feeds/NL/events.atom",
    "/feeds/corrections.atom",
    *(f"/figure.svg?{query}" for query in (f"record={RECORD}", f"event={EVENT}", "country=NL")),
    "/sitemap.xml",
    "/robots.txt",
    "/no-such-page",
)


def _row(file: Path, code: str) -> dict[str, str]:
    with file.open(encoding="utf-8", newline="") as read:
        return next(row for row in csv.DictReader(read) if row["id"] == code)


def _phrases(ledger: Path) -> list[str]:
    """The ends of three texts: of a record, of an event, and of one field of another record."""
    record = _row(ledger / "stations.csv", RECORD)
    event = _row(ledger / "investigations.csv", EVENT)
    field = _row(ledger / "stations.csv", FIELD)
    return [straight(row["summary"][-45:]) for row in (record, event, field)]


def _withhold(ledger: Path) -> None:
    with (ledger / "withheld.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["record", RECORD, "", "2026-11-20", "legal", ""])
        writer.writerow(["event", EVENT, "", "2026-11-20", "privacy", ""])
        writer.writerow(["field", FIELD, "summary", "2026-11-20", "error", ""])


def _released(ledger: Path) -> str:
    """Release the ledger; return the version that a link names it by."""
    return write(plan(ledger, today()), {}, ROLES).name[-8:]


def _answer(address: str) -> str:
    try:
        with urlopen(address) as answer:
            found: bytes = answer.read()
    except HTTPError as refused:
        found = refused.read()
    # as HTML and JSON write what may be in a text, and as readers are shown its marks
    text = b"\n".join(unpacked(found)).decode("utf-8")
    return straight(unescape(text).replace('\\"', '"'))


def _heard(server: Server, reader: Reader, version: str) -> list[str]:
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
            heard.append(_answer(server.url + path + query))
    for address in BESIDE:
        pinned = f"{address}{'&' if '?' in address else '?'}v={version}"
        heard += [_answer(server.url + address), _answer(server.url + pinned)]
    for path in PAGES:
        opened = (f"?record={FIELD}&v={version}", f"?record={RECORD}", "?record=gb-london-1")
        # the last one is opened in a browser where CI is true, and asked for as an answer above
        for query in opened[: size(2, 3)]:
            reader.open(path + query)
            expect(reader.page.locator('[data-panel="foot"] p').first).to_be_visible()
            heard.append(reader.page.content())
    return [straight(text) for text in heard]


def test_a_withheld_text_is_in_no_answer(
    fresh: Callable[[Path], Server], ledger: Path, readers: Readers
) -> None:
    phrases = _phrases(ledger)
    version = _released(ledger)
    # one server for all: what it keeps in its memory is among what is searched
    server = fresh(ledger)
    told = _heard(server, readers(server), version)
    # without the list each of the phrases is told: the search would find it
    assert all(any(phrase in text for text in told) for phrase in phrases)
    telling = ("/api/events.json", "/api/records.csv", "/api/workbook.xlsx", "/api/package.zip")
    for address in (f"/s/{RECORD}", *telling):
        assert any(phrase in _answer(server.url + address) for phrase in phrases), address

    _withhold(ledger)
    reader: Reader = readers(server)
    heard = _heard(server, reader, version)
    assert len(heard) > len(PAGES) * len(QUERIES) + 2 * len(BESIDE)
    for phrase in phrases:
        assert [text[:80] for text in heard if phrase in text] == []
    reader.open(f"/?record={RECORD}")
    notice = reader.page.locator(".notice").first
    expect(notice).to_contain_text("withdrawn on 20 November 2026")
    expect(notice).not_to_contain_text("otterdam")


def test_a_drawn_map_leaves_no_picture_of_before(
    fresh: Callable[[Path], Server], ledger: Path, readers: Readers
) -> None:
    reader = readers(fresh(ledger))
    reader.open("/?country=NL&view=52.10_5.30_6")
    links = reader.page.locator(f'#live [data-panel=map] a[href*="{RECORD}"]')
    expect(reader.page.locator("#live.drawn")).to_be_attached()
    expect(links).to_have_count(0)
    _withhold(ledger)
    # without its socket the page gets the picture of the next address
    reader.page.evaluate(
        "Object.defineProperty(window.atlas, 'live', {get: () => false, set: () => {}})"
    )
    reader.page.evaluate("window.atlas.go('/?country=NL&country=BE&view=52.10_5.30_6')")
    expect(reader.page.locator("#live [data-panel=map] a").first).to_be_attached()
    expect(links).to_have_count(0)
    assert RECORD not in reader.page.content()
