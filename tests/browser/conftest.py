"""A real server and a real Chromium, both watched for whatever they try to reach."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from geo.ledger.dataset import Dataset, today
from geo.ledger.snapshot import Snapshot
from tests.browser.driver import Reader
from tests.browser.serving import Server, serving
from tests.ledger_files import DATA, LedgerFiles

HERE = Path(__file__).parent
USUAL = Path("/usr/bin/chromium")
#: no host but this machine has an address, so that nothing can be reached by accident
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
DESK = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and run them last: the quick ones speak first."""
    here = [item for item in items if item.path.is_relative_to(HERE)]
    for item in here:
        item.add_marker(pytest.mark.browser)
    items[:] = [item for item in items if not item.path.is_relative_to(HERE)] + here


def browser_path() -> Path | None:
    """The Chromium to drive; an empty ATLAS_BROWSER says that none was found."""
    chosen = os.environ.get("ATLAS_BROWSER", str(USUAL)).strip()
    return Path(chosen) if chosen and os.access(chosen, os.X_OK) else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("not run: no browser, and CI asks for one")
        pytest.skip("not run: no browser")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The atlas on the frozen ledger, shared by the tests."""
    with serving(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def fresh(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    """Start further servers, of this test alone; each has seen no request of a reader yet."""
    started: list[Server] = []
    with ExitStack() as stack:

        def start(data: Path = DATA) -> Server:
            made = stack.enter_context(serving(tmp_path_factory.mktemp("fresh"), data))
            started.append(made)
            return made

        yield start
        assert [line for made in started for line in made.reached] == []


Readers = Callable[..., Reader]


@pytest.fixture
def readers(browser: Browser) -> Iterator[Readers]:
    """
    Make readers, each with a browser of their own.

    At the end of the test none of them may have asked a third party for anything, nor met
    an error.
    """
    made: list[Reader] = []

    def make(server: Server, size: dict[str, int] = DESK, **options: Any) -> Reader:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        made.append(Reader(context, server.url))
        return made[-1]

    yield make
    for reader in made:
        reader.context.close()
    assert [address for reader in made for address in reader.third_parties] == []
    assert [error for reader in made for error in reader.errors] == []


@pytest.fixture
def reader(readers: Readers, server: Server) -> Iterator[Reader]:
    """A reader of the shared server at a desk, and a server without complaints."""
    before = len(server.log)
    yield readers(server)
    assert "Traceback" not in server.log[before:]
    assert server.reached == []


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The ledger that the shared server serves, read beside it."""
    return Dataset.load(DATA, today())


@pytest.fixture(scope="session")
def snapshot(dataset: Dataset) -> Snapshot:
    """The ledger as of today."""
    return Snapshot(dataset, today())


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A copy of the ledger that a test may spoil."""
    return LedgerFiles(tmp_path / "data").folder
