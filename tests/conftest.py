"""
What holds for every test: it reads the frozen ledger, and never the one in ``data/``.

Only the tests in ``tests/data/`` are about that one; ``test_repository.py`` reads every file
of the repository.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from geo.link.readings import require_still
from tests.ledger_files import DATA
from tests.sizes import load_profile
from tests.watch import Watch

HERE = Path(__file__).parent
MAY_READ = (HERE / "data", HERE / "test_repository.py")

# the code, and every program that a test starts, finds the frozen ledger where none is named
os.environ["ATLAS_DATA"] = str(DATA)
# the origin that the requests of tests.asgi name
os.environ["ATLAS_ADDRESS"] = "https://atlas.example:8501"
#: cases of each test whose lines are counted: to count takes as long as to run, and further ones
#: run the same lines. The longest tests are marked ``no_cover`` for the same reason
COUNTED = 1
WATCH = Watch()
load_profile()
# what a test has written is whole; servers of their own wait as long as they should
require_still(0)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Leave all but the first case of each test out of the share of geo/ that tests run."""
    cases: Counter[str] = Counter()
    for item in items:
        test = item.nodeid.partition("[")[0]
        cases[test] += 1
        if cases[test] > COUNTED:
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Refuse to begin when the import of a test module has read the real ledger."""
    if opened := WATCH.unread():
        raise pytest.UsageError(f"read while tests were collected: {sorted(set(opened))}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail a test that has read the real ledger, in its fixtures or in a program of its own."""
    yield
    opened = WATCH.unread()
    if opened and not any(item.path.is_relative_to(path) for path in MAY_READ):
        pytest.fail(f"this test has read the real ledger: {sorted(set(opened))}", pytrace=False)


def pytest_unconfigure() -> None:
    """Remove the list of what was opened."""
    WATCH.end()


@pytest.fixture
def watch() -> Watch:
    """The watch over the real ledger."""
    return WATCH
