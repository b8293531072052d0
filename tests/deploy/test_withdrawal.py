"""What is withheld is gone through nginx: at once, or after as long as the publisher allows."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.http import Answer, get
from tests.deploy.serving import Process, nginx, replicas
from tests.ledger_files import LedgerFiles

RECORD = "nl-rotterdam-1"
#: which show the record, or a number or picture with it in it
ADDRESSES = [
    f"/?record={RECORD}",
    "/data?country=NL",
    f"/s/{RECORD}",
    "/v?country=NL",
    "/api/records.csv?country=NL",
    "/api/version",
    "/preview.png?country=NL",
]
PUBLISHED = {"ATLAS_PUBLISHER": "The desk"}
pytestmark = pytest.mark.usefixtures("needs_nginx")


@contextmanager
def installation(
    folder: Path, ledger: LedgerFiles, settings: Mapping[str, str]
) -> Iterator[Process]:
    (folder / "replicas").mkdir()
    (folder / "nginx").mkdir()
    with (
        replicas(2, folder / "replicas", ledger.folder, settings) as started,
        nginx(folder / "nginx", started) as proxy,
    ):
        yield proxy


def asked(proxy: Process) -> dict[str, list[Answer]]:
    """The answers at each address, often enough that both replicas have been asked."""
    return {path: [get(proxy.url, path) for _ in range(4)] for path in ADDRESSES}


@pytest.fixture
def ledger(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "data")


def withhold(ledger: LedgerFiles) -> None:
    ledger.add(
        "withheld",
        kind="record",
        id=RECORD,
        field="",
        since="2026-11-20",
        ground="legal",
        note="Withheld on request",
    )


def test_by_default_it_is_gone_at_the_next_request(tmp_path: Path, ledger: LedgerFiles) -> None:
    with installation(tmp_path, ledger, PUBLISHED) as proxy:
        before = asked(proxy)
        assert before[f"/s/{RECORD}"][0].status == 200
        withhold(ledger)
        after = asked(proxy)
    for path in ADDRESSES:
        assert not {a.body for a in after[path]} & {b.body for b in before[path]}, path
    assert {answer.status for answer in after[f"/s/{RECORD}"]} == {410}
    assert not any(RECORD.encode() in a.body for a in after["/api/records.csv?country=NL"])


def test_while_nobody_publishes_no_shared_cache_may_store_anything(
    tmp_path: Path, ledger: LedgerFiles
) -> None:
    with installation(tmp_path, ledger, {"ATLAS_SHARED_CACHE": "60"}) as proxy:
        for path, answers in asked(proxy).items():
            assert "private" in answers[0].headers["cache-control"], path
        assert "cache=HIT" not in proxy.log


def test_where_caches_are_shared_it_takes_as_long_as_is_allowed_and_no_longer(
    tmp_path: Path, ledger: LedgerFiles
) -> None:
    seconds = 5
    settings = PUBLISHED | {"ATLAS_SHARED_CACHE": str(seconds)}
    with installation(tmp_path, ledger, settings) as proxy:
        before = asked(proxy)
        assert proxy.log.count("cache=HIT") >= len(ADDRESSES)
        withhold(ledger)
        withdrawn, last_old = time.monotonic(), 0.0
        left = set(ADDRESSES)
        while left:
            assert time.monotonic() < withdrawn + 60, left
            for path in sorted(left):
                sent = time.monotonic()
                if get(proxy.url, path).body in {one.body for one in before[path]}:
                    last_old = sent - withdrawn
                else:
                    left.remove(path)
            time.sleep(0.02)  # between two looks
        # nginx counts whole seconds
        assert last_old <= seconds + 2
        # once gone, it does not come back from another copy
        assert get(proxy.url, f"/s/{RECORD}").status == 410
