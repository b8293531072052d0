"""What is prepared of each reading of the ledger: once, in the background, the latest alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from geo.errors import AtlasError
from geo.ledger.dataset import today
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.server.preparation import Preparation
from tests.ledger_files import DATA


def _open(query: str = "") -> Opened:
    return open_address(DATA, parse_query(query), today())


def test_each_ledger_and_day_is_prepared_once() -> None:
    done: list[str] = []
    preparation = Preparation(lambda: done.append("done"))
    for query in ("", "country=NL", "record=nl-rotterdam-1", "asof=2022-12-05"):
        opened = _open(query)
        assert preparation.see(opened) is opened
        preparation.wait()
    assert done == ["done"]
    preparation.see(replace(_open(), today=today() + timedelta(days=1)))
    preparation.wait()
    assert done == ["done", "done"]


def test_no_reader_waits_for_it() -> None:
    may_end, ended = Event(), Event()

    def slow() -> None:
        assert may_end.wait(60)
        ended.set()

    preparation = Preparation(slow)
    preparation.see(_open())
    assert not ended.is_set()
    may_end.set()
    preparation.wait()
    assert ended.is_set()


def test_a_ledger_that_cannot_be_read_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise AtlasError("The ledger cannot be read.")

    preparation = Preparation(fail)
    with caplog.at_level(logging.WARNING):
        preparation.see(_open())
        preparation.wait()
    assert "The ledger cannot be read." in caplog.text
