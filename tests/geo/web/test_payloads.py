"""Whatever is in the cells, every address answers, and the text stays a text in it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette

from geo.api.feeds import feed_routes
from geo.api.routes import api_routes
from geo.configuration import Configuration
from geo.exports.data_package import ZIP
from geo.exports.selection_files import harmless
from geo.exports.workbook import XLSX
from geo.ledger.dataset import Dataset
from geo.link.addresses import PAGES
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.link.readings import known_releases
from geo.model.characters import hidden
from geo.pictures.content import picture_of
from geo.pictures.figure import figure, figure_svg
from geo.pictures.preview import preview_picture
from geo.releases.listing import releases
from geo.web.page_documents import page_routes
from geo.web.plain_pages import share_routes
from geo.web.sitemap import sitemap_routes
from tests.asgi import Answer, call, unpacked
from tests.geo.web.hostile_ledger import (
    COUNTRY,
    EVENT,
    RECORD,
    Column,
    allowed,
    columns,
    released,
    spoil,
)
from tests.ledger_files import TODAY
from tests.payloads import PAYLOADS, UNCHECKED, Payload
from tests.sizes import size

PATHS = [f"/{path}" for path in PAGES.values()]
PUBLISHED = Configuration(publisher="The Publisher", contact="desk@atlas.example")
SCHEMES = {"", "http", "https", "mailto", "data"}
#: one of each kind everyday, all of them in a full run
CHOSEN = size(6, len(PAYLOADS))
TRIED = PAYLOADS if len(PAYLOADS) == CHOSEN else (*PAYLOADS[:: len(PAYLOADS) // 5], UNCHECKED[0])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("hostile") / "data")


def serve(folder: Path) -> Starlette:
    def open_(query: str) -> Opened:
        return open_address(folder, parse_query(query), TODAY)

    def settings() -> Configuration:
        return PUBLISHED

    return Starlette(
        routes=[
            *page_routes(open_, settings, PATHS),
            *share_routes(open_, settings, PATHS),
            *sitemap_routes(open_, settings, PATHS),
            *api_routes(open_, lambda: known_releases(folder).whole),
            *feed_routes(open_),
        ]
    )


#: what is in the place of a path's parameter
FILLED = {
    "/s/{code}": RECORD,
    "/e/{code}": EVENT,
    "/c/{code}": COUNTRY,
    "/feeds/records/{record}.atom": RECORD,
}
CARDS = (f"record={RECORD}", f"event={EVENT}", f"place={COUNTRY}")


def addresses(app: Starlette, version: str) -> Iterator[tuple[str, str]]:
    """Each route, the pages with a card, and what compares with a release."""
    for route in app.routes:
        path = getattr(route, "path", "")
        if ":path}" not in path:
            yield re.sub(r"\{\w+\}", FILLED.get(path, COUNTRY), path), ""
    yield from zip(PATHS, CARDS, strict=False)
    yield from (("/", f"v={version}&{CARDS[0]}"), ("/changes", f"v={version}"))


class Structure(HTMLParser):
    """The elements of a page with the names of their attributes, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.schemes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = tuple(name for name, _value in attrs)
        # the atlas itself marks Chinese words so: such elements come and go with a cell's script
        if (tag, names) != ("span", ("lang",)):
            self.elements.append((tag, *names))
        for name, value in attrs:
            if name in ("href", "src", "action", "xlink:href"):
                self.schemes.add(urlsplit(value or "").scheme)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", data))


def structure(answer: Answer) -> object:
    """What in an answer no cell may change; an answer that is none of its kind is an error."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind in (XLSX, ZIP):
        # a workbook has a comment for a cell that is too long, and so more parts
        return kind, all(unpacked(answer.body))
    text = answer.text
    if kind == "text/html":
        page = Structure(text)
        assert page.schemes <= SCHEMES
        return page.elements
    if kind.endswith("xml"):
        return [(e.tag, *e.attrib) for e in ElementTree.fromstring(text).iter()]
    if kind == "text/csv":
        lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
        rows = list(csv.reader(lines, strict=True))
        assert all(cell == harmless(cell) for row in rows for cell in row)
        return [len(row) for row in rows]
    if kind.endswith("json"):
        json.loads(text)
        return kind
    # other cells are another version of the ledger, which citations name
    return re.sub(r"(?<![0-9a-z])v?[0-9a-f]{8}\b", "", text)


def drawn(folder: Path) -> set[tuple[str, ...]]:
    """The kinds of elements of pictures; a longer text has more lines of them."""
    found: set[tuple[str, ...]] = set()
    for query in ("", f"record={RECORD}", f"event={EVENT}", f"place={COUNTRY}"):
        opened = open_address(folder, parse_query(query), TODAY)
        picture = picture_of(opened, PUBLISHED.imprint)
        preview = preview_picture(picture, opened.snapshot).svg()
        in_print = figure_svg(figure(picture, opened.snapshot, "https://atlas.example/"))
        for svg in (preview, in_print):
            found |= {(e.tag, *sorted(e.attrib)) for e in ElementTree.fromstring(svg).iter()}
    return found


def texts(value: object) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


@dataclass
class Seen:
    """Status and structure of each answer, the elements of pictures, the texts of the events."""

    answers: dict[tuple[str, str], tuple[int, object]]
    drawn: set[tuple[str, ...]]
    texts: set[str]


def asked(folder: Path) -> Seen:
    """Ask for everything."""
    app = serve(folder)
    found, events = {}, set()
    for path, query in addresses(app, releases(folder)[0].version):
        answer = call(app, path, query=query.encode())
        assert answer.status == 200, (path, query, answer.text)
        found[path, query] = (answer.status, structure(answer))
        if path == "/api/events.json":
            events |= set(texts(json.loads(answer.text)))
    return Seen(found, drawn(folder), events)


PLAIN: dict[frozenset[Column], Seen] = {}


def plain(ledger: Path, folder: Path, chosen: frozenset[Column]) -> Seen:
    """The same with a harmless text in the same cells."""
    if chosen not in PLAIN:
        spoil(ledger, folder, "Words", chosen)
        PLAIN[chosen] = asked(folder)
    return PLAIN[chosen]


@pytest.mark.parametrize("payload", TRIED, ids=[p.name for p in TRIED])
def test_a_text_stays_a_text_wherever_it_is(ledger: Path, tmp_path: Path, payload: Payload) -> None:
    chosen = allowed(ledger, tmp_path / "data", payload.text)
    if payload in UNCHECKED:
        assert chosen == frozenset()
        return
    # the longest ones fit into few columns
    assert {("stations", "summary"), ("investigations", "summary")} <= chosen
    assert len(chosen) >= (12 if len(payload.text) < 120 else 6)
    found = asked(tmp_path / "data")
    assert payload.text in found.texts
    expected = plain(ledger, tmp_path / "plain", chosen)
    for address, answer in found.answers.items():
        assert answer == expected.answers[address], address
    assert {kind[0] for kind in found.drawn} <= {kind[0] for kind in expected.drawn}
    assert not [name for _tag, *names in found.drawn for name in names if name.startswith("on")]


@pytest.mark.parametrize("payload", TRIED, ids=[p.name for p in TRIED])
def test_a_text_in_each_cell_of_a_table_is_an_answer_with_a_sentence(
    ledger: Path, tmp_path: Path, payload: Payload
) -> None:
    folder = tmp_path / "data"
    for table in sorted({table for table, _column in columns(ledger)}):
        own = frozenset(column for column in columns(ledger) if column[0] == table)
        spoil(ledger, folder, payload.text, own)
        app = serve(folder)
        for path in ("/", f"/s/{RECORD}", "/api/records.csv", "/feeds/events.atom"):
            answer = call(app, path)
            assert answer.status in (200, 404, 410, 503), (table, path)
            assert answer.text
            assert "Traceback" not in answer.text
            if payload in UNCHECKED:
                # files for spreadsheets begin with a byte-order mark
                text = answer.text.removeprefix("\ufeff")
                assert {text[place] for place in hidden(text)} <= set("\r\n\t"), (table, path)


def test_a_trap_is_seen(ledger: Path) -> None:
    app = serve(ledger)
    answer = call(app, f"/s/{RECORD}")
    assert Dataset.load(ledger, TODAY).records_by_id[RECORD].summary == "Other words."
    broken = answer.text.replace("Other words.", "<img src=data:,x onerror=1>")
    assert broken != answer.text
    assert Structure(broken).elements != Structure(answer.text).elements
