"""Bodies that are kept: made once, never of another ledger, never without bound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from geo.web.responses import Kept
from tests.entities import event, ledger
from tests.geo.api.data_app import opened
from tests.ledger_files import LedgerFiles


def test_a_body_is_made_once_for_each_address_and_key() -> None:
    kept = Kept()
    made: list[str] = []

    def body(query: str, key: str) -> bytes:
        def make() -> bytes:
            made.append(query + key)
            return f"{query}{key}".encode()

        return kept.body(opened(query), key, make).content

    for _again in range(2):
        for query in ("", "country=NL", "asof=2022-12-05", "flag=x"):
            for key in ("one", "two"):
                assert body(query, key) == f"{query}{key}".encode()
    assert len(made) == 8
    # what does not count in a link makes no other body
    assert body("country=NL&utm_source=x", "one") == b"country=NLone"
    assert len(made) == 8


def test_another_ledger_has_other_bodies() -> None:
    kept = Kept()
    address = opened()
    other = replace(address, edition=replace(address.edition, dataset=ledger([event("a")])))
    assert kept.body(address, "k", lambda: b"one").content == b"one"
    assert kept.body(other, "k", lambda: b"two").content == b"two"
    assert kept.body(address, "k", lambda: b"three").content == b"one"


def test_many_readers_after_a_change_read_the_files_once(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _n: opened("", files.folder).dataset, range(8)))
    assert len({id(dataset) for dataset in found}) == 1


def test_the_least_used_goes_first() -> None:
    kept = Kept(most=100)
    address = opened()

    def body(key: str, size: int = 40) -> bool:
        made: list[str] = []

        def make() -> bytes:
            made.append(key)
            return b"x" * size

        kept.body(address, key, make)
        return bool(made)

    assert body("a")
    assert body("b")
    assert not body("a")
    assert body("c"), "two fit, and b was used least"
    assert not body("a")
    assert body("b")
    assert body("too much", 101)
    assert body("too much", 101)
    assert not body("b"), "what is too large pushes nothing out"
