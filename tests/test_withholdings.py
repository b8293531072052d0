"""
A thousand random withholdings, and no answer, file or message that repeats a withheld text.

Every text of the ledger is a mark (`tests.marked_ledger`). Addresses are made from the
application's own routes, asked before anything is withheld, after it was, and after its rows
were deleted; each answer may repeat no mark of a withheld cell.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from starlette.routing import Route

import app
from geo.ledger.dataset import fingerprint, today
from geo.link import readings
from geo.link.addresses import PAGES
from geo.model.vocabulary import GROUNDS
from tests.asgi import Answer, call
from tests.geo.ui.runs import Session
from tests.marked_ledger import (
    Entry,
    Marked,
    choices,
    files,
    forbidden,
    load,
    marked,
    marks,
    mend,
    withhold,
)
from tests.sizes import FULL, size

#: withholdings at a time, and how many times: a thousand in all at full size
AT_ONCE, BATCHES = size(12, 100), size(2, 10)
#: requests for one address of each route, and for further ones of all, after each change
FURTHER = size(30, 60)
#: a picture of pixels takes a second and says nothing that can be searched
PIXELS = frozenset({"/preview.png", "/figure.png", "/favicon.ico", "/favicon.png"})
FAR = "Fri, 31 Dec 2100 23:59:59 GMT"
Address = tuple[str, str]


def paths(route: Route, ledger: dict[str, list[dict[str, str]]]) -> list[str]:
    """The paths of a route; a new route with another parameter needs a line here."""
    ids = {name: [row["id"] for row in ledger[name]] for name in ("stations", "investigations")}
    countries = sorted({row["host_country"] for row in ledger["stations"]})
    values = {
        "/s/{code}": ids["stations"],
        "/e/{code}": ids["investigations"],
        "/c/{code}": countries,
        "/feeds/{country}/events.atom": countries,
        "/feeds/{country}/corrections.atom": countries,
        "/api/{rest:path}": ["nothing"],
        "/assets/{name:path}": ["atlas-1/icon.png"],
    }
    if "{" not in route.path:
        return [route.path]
    head, rest = route.path.split("{", 1)
    return [head + value + rest.split("}", 1)[1] for value in values[route.path]]


def queries(made: Marked, ledger: dict[str, list[dict[str, str]]], random: Random) -> list[str]:
    record = random.choice(ledger["stations"])["id"]
    event = random.choice(ledger["investigations"])["id"]
    country = random.choice(ledger["stations"])["host_country"]
    version = random.choice(made.versions)
    plain = [
        f"record={record}", f"event={event}", f"country={country}", f"place={country}",
        "asof=2023-07-01", "layer=coverage", "listed=5000", "rest=1", "q=words",
    ]  # fmt: skip
    return ["", *plain, f"v={version}", *(f"v={version}&{one}" for one in plain)]


def ask(address: Address, tag: str = "") -> Answer:
    path, query = address
    headers = {"if-none-match": tag, "if-modified-since": FAR, "accept-encoding": "identity"}
    return call(app.app, path, query=query.encode(), headers=headers)


def repeated(answer: Answer) -> set[int]:
    """The marks in a response, its headers included."""
    text = answer.body.decode("utf-8", "replace")
    return marks(text + repr(answer.headers.raw))


def checked_each_time(answer: Answer) -> None:
    """What shows the ledger is used again only after its ETag was compared."""
    assert "no-cache" in answer.headers["cache-control"]
    assert answer.headers["etag"].startswith('"')


@dataclass
class Asked:
    """What was asked for before anything was withheld, and what came."""

    addresses: list[Address]
    tags: dict[Address, str] = field(default_factory=dict)
    cells: dict[Address, set[int]] = field(default_factory=dict)

    def run(self) -> None:
        for address in self.addresses:
            answer = ask(address)
            assert answer.status < 500, address
            self.tags[address] = answer.headers.get("etag", "")
            self.cells[address] = repeated(answer)
            if self.cells[address]:
                checked_each_time(answer)


def some(every: list[str], most: int, random: Random) -> list[str]:
    return random.sample(every, min(len(every), most))


def addresses(made: Marked, random: Random) -> list[Address]:
    """Each route at least three times, and the page of each record."""
    ledger = load(made.folder)
    found = [
        (path, query)
        for route in app.routes
        if route.path not in PIXELS
        for path in some(paths(route, ledger), size(3, 12), random)
        for query in random.sample(queries(made, ledger, random), size(2, 4))
    ]
    found += [
        (route.path, f"v={version}")
        for route in app.routes
        if "{" not in route.path and route.path not in PIXELS
        for version in ("", *made.versions)
    ]
    return list(dict.fromkeys(found))


def settle(folder: Path) -> None:
    """Wait until the ledger is served as its files are now."""
    wanted, patience = fingerprint(folder), time.monotonic() + 30
    while json.loads(ask(("/api/version", "")).text)["version"] != wanted:
        assert time.monotonic() < patience


@dataclass
class Batch:
    """Some withholdings, and what may no longer be repeated."""

    made: Marked
    asked: Asked
    entries: list[Entry]
    secret: set[int]
    random: Random

    def search(self) -> None:
        """Ask for each route, and for further addresses, as a client that has the old answer."""
        by_path: dict[str, list[Address]] = {}
        for address in self.asked.addresses:
            by_path.setdefault(address[0].split("/")[1], []).append(address)
        chosen = [self.random.choice(some) for some in by_path.values()]
        # those that repeated a withheld text before are the ones that have to change
        telling = [a for a in self.asked.addresses if self.asked.cells[a] & self.secret]
        chosen += self.random.sample(telling, min(len(telling), FURTHER))
        for address in dict.fromkeys(chosen):
            answer = ask(address, self.asked.tags[address])
            assert answer.status < 500, address
            assert not repeated(answer) & self.secret, address
            if answer.status == 304:
                assert not self.asked.cells[address] & self.secret, address

    def look(self) -> None:
        """Search what a socket sends for a page."""
        session = Session()
        ledger = load(self.made.folder)
        query = self.random.choice(queries(self.made, ledger, self.random))
        session.open(self.random.choice(list(PAGES)), query)
        sent = json.dumps([session.data, session.held, session.map])
        assert not marks(sent) & self.secret, query


def seen(made: Marked, asked: Asked) -> set[int]:
    found: set[int] = set().union(*asked.cells.values())
    on_disk = {i for path in files(made.folder) for i in marks(path.read_text(encoding="utf-8"))}
    # a release has all but what is on hold, or a search of the files would prove nothing
    assert len(on_disk) > 0.7 * len(set(made.cells.values()))
    return found


def picked(every: dict[str, list[Entry]], random: Random) -> list[Entry]:
    tables = [name for name in every if name not in ("record", "event")]
    kinds = random.choices(["record", "event", *tables], [2, 2, *[1] * len(tables)], k=AT_ONCE)
    return list(dict.fromkeys(random.choice(every[kind]) for kind in kinds))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    return marked(tmp_path_factory.mktemp("marked") / "data", whole=FULL)


@pytest.fixture
def restore(made: Marked, tmp_path: Path) -> Iterator[Callable[[], None]]:
    kept = tmp_path / "kept"
    shutil.copytree(made.folder, kept)

    def again() -> None:
        shutil.rmtree(made.folder)
        shutil.copytree(kept, made.folder)
        # an older register would be refused as a loss
        readings.require_still(0)

    yield again
    again()


def test_no_withheld_text_is_repeated_anywhere(
    made: Marked, restore: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(made.folder))
    random = Random(9)
    asked = Asked(addresses(made, random))
    asked.run()
    told, every = seen(made, asked), choices(made)
    tried = withheld_and_told = 0
    for number in range(BATCHES):
        entries = picked(every, random)
        secret = forbidden(made, entries)
        tried += len(entries)
        withheld_and_told += len(secret & told)
        batch = Batch(made, asked, entries, secret, random)
        withhold(made.folder, entries, random.choices(list(GROUNDS), k=AT_ONCE))
        settle(made.folder)
        batch.search()
        if number % 2:
            batch.look()
        mend(made, entries)
        settle(made.folder)
        batch.search()
        if number % 3 == 0:
            batch.look()
            made.release(today(), _changed(made))
            made.versions.pop()
            for path in files(made.folder):
                assert not marks(path.read_text(encoding="utf-8")) & secret, path
            settle(made.folder)
            batch.search()
        restore()
    assert tried >= size(15, 900)
    # the same texts were found before
    assert withheld_and_told > tried


def test_pictures_are_checked_each_time(made: Marked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(made.folder))
    for path in ("/preview.png", "/figure.png", "/figure.svg"):
        checked_each_time(ask((path, "")))


def _changed(made: Marked) -> set[str]:
    from geo.releases.planning import plan

    return {change.id for change in plan(made.folder, today()).changes if not change.added}
