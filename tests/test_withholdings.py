"""
A thousand random withholdings, and no answer, file or message that repeats a withheld text.

Every text of the ledger is a mark (`tests.marked_ledger`). Addresses are made from the
application's own routes, asked before anything is withheld, after it was, and after its rows
were deleted; each answer may repeat no mark of a withheld cell.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

import app
from geo.commands.words import render
from geo.ledger.dataset import Dataset, fingerprint, today
from geo.link import readings
from geo.link.addresses import PAGES
from geo.model.vocabulary import GROUNDS
from geo.pictures.content import picture_of
from geo.pictures.preview import preview_picture
from tests.asgi import Answer, call
from tests.geo.ui.runs import Session
from tests.marked_ledger import (
    Entry,
    Ledger,
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
from tests.served_addresses import (
    Address,
    addresses,
    concerned_by,
    everything,
    queries,
    searched,
)
from tests.sizes import FULL, size

#: withholdings at a time, and how many times: a thousand in all at full size
AT_ONCE, BATCHES = size(12, 100), size(2, 10)
#: requests for one address of each route, and for further ones of all, after each change
FURTHER = size(30, 60)
FAR = "Fri, 31 Dec 2100 23:59:59 GMT"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def drawn(query: str) -> set[int]:
    """The marks in the SVG from which the preview of an address is drawn, in pixels."""
    opened = app.open_(query)
    return marks(preview_picture(picture_of(opened, ""), opened.snapshot).svg())


def ask(address: Address, tag: str = "") -> Answer:
    path, query = address
    headers = {"if-none-match": tag, "if-modified-since": FAR, "accept-encoding": "identity"}
    return call(app.app, path, query=query.encode(), headers=headers)


def repeated(answer: Answer) -> set[int]:
    """The marks in a response, its headers included."""
    return marks(answer.readable + repr(answer.headers.raw))


def checked_each_time(answer: Answer) -> None:
    """What shows the ledger is used again only after its ETag was compared."""
    assert "no-cache" in answer.headers["cache-control"]
    assert answer.headers["etag"].startswith('"')


@dataclass
class Asked:
    """What was asked for before anything was withheld, and what came."""

    addresses: list[Address] = field(default_factory=list)
    tags: dict[Address, str] = field(default_factory=dict)
    cells: dict[Address, set[int]] = field(default_factory=dict)

    def run(self, addresses: list[Address]) -> None:
        """Ask for those that have not been asked for; nothing may be withheld."""
        for address in addresses:
            if address in self.tags:
                continue
            self.addresses.append(address)
            answer = ask(address)
            assert answer.status < 500, address
            self.tags[address] = answer.headers.get("etag", "")
            self.cells[address] = repeated(answer)
            if self.cells[address]:
                checked_each_time(answer)


@pytest.fixture(autouse=True)
def _with_embeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have embeds answered with what they show, and not with a refusal."""
    monkeypatch.setenv("ATLAS_EMBED", "https://paper.example")


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
    #: of each route, what opens one of the withheld rows and its neighbours
    opening: list[Address]

    def search(self) -> None:
        """Ask for each route, and for further addresses, as a client that has the old answer."""
        chosen = list(self.opening)
        # those that repeated a withheld text before are the ones that have to change
        telling = [a for a in self.asked.addresses if self.asked.cells[a] & self.secret]
        chosen += self.random.sample(telling, min(len(telling), FURTHER))
        for address in dict.fromkeys(chosen):
            answer = ask(address, self.asked.tags[address])
            assert answer.status < 500, address
            assert not repeated(answer) & self.secret, address
            assert not self.named(answer, address), address
            if answer.status == 304:
                assert not self.asked.cells[address] & self.secret, address

    def named(self, answer: Answer, address: Address) -> set[str]:
        """The ids of withheld records and events that an answer names and its address does not."""
        whole = {entry[1] for entry in self.entries if not entry[2]}
        asked = set(_NAME.findall(repr(address)))
        return (whole & set(_NAME.findall(answer.readable))) - asked

    def look(self) -> None:
        """Search what a socket sends for a page."""
        session = Session()
        ledger = load(self.made.folder)
        every = queries(everything(ledger), self.made.versions, self.random)
        query = self.random.choice(every)
        session.open(self.random.choice(list(PAGES)), query)
        sent = json.dumps([session.data, session.held, session.map])
        assert not marks(sent) & self.secret, query
        for query in (*self.random.sample(every, size(2, 4)), *self.previews):
            assert not drawn(query) & self.secret, query

    @property
    def previews(self) -> list[str]:
        """The queries that open a withheld row and its neighbours."""
        return [query for path, query in self.opening if path == "/figure.svg"]


def seen(made: Marked, asked: Asked) -> set[int]:
    found: set[int] = set().union(*asked.cells.values())
    on_disk = {i for path in files(made.folder) for i in marks(path.read_text(encoding="utf-8"))}
    # a release has all but what is on hold, or a search of the files would prove nothing
    assert len(on_disk) > 0.7 * len(set(made.cells.values()))
    return found


def size_of_all() -> tuple[int, int]:
    """How many paths of a route are asked for before anything is withheld, and queries of each."""
    return size(3, 8), size(2, 3)


def opened_by(made: Marked, entries: list[Entry], ledger: Ledger, random: Random) -> list[Address]:
    """Addresses of each route that open one of the withheld rows, or its neighbours."""
    found = []
    for _kind, key, _column, name in random.sample(entries, 1):
        concerned = concerned_by(name, key, ledger)
        found += addresses(concerned, made.versions, (2, size(1, 2)), random)
        # a row may concern no record: then a route of records has no address
        every = {route.path for route in searched() if "{" not in route.path}
        assert every <= {path for path, _query in found}
    return list(dict.fromkeys(found))


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


@pytest.mark.no_cover
def test_no_withheld_text_is_repeated_anywhere(
    made: Marked, restore: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(made.folder))
    random = Random(9)
    asked, ledger = Asked(), load(made.folder)
    asked.run(addresses(everything(ledger), made.versions, size_of_all(), random))
    told, every = seen(made, asked), choices(made)
    tried = withheld_and_told = 0
    for number in range(BATCHES):
        entries = picked(every, random)
        opening = opened_by(made, entries, ledger, random)
        asked.run(opening)
        secret = forbidden(made, entries)
        tried += len(entries)
        withheld_and_told += len(secret & told)
        batch = Batch(made, asked, entries, secret, random, opening)
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
            assert not marks(render(Dataset.load(made.folder))) & secret
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
