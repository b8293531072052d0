"""Websockets are bounded in all and by address, and so are the runs of an address."""

from __future__ import annotations

import resource
import time

import pytest

from geo.configuration import SocketSettings
from geo.server.socket_limits import Bucket, SocketQuota, places_by_descriptors


def places(sockets: int, per_address: int) -> SocketQuota:
    return SocketQuota(lambda: SocketSettings(sockets, per_address))


def test_one_address_leaves_room_for_others() -> None:
    some = places(4, 2)
    assert some.take("a")
    assert some.take("a")
    assert some.take("a") is None
    assert some.take("b")
    some.leave("a")
    assert some.take("a")


def test_all_together_are_bounded() -> None:
    some = places(3, 3)
    assert all(some.take(key) for key in "abc")
    assert some.take("d") is None
    some.leave("b")
    assert some.take("d")


def test_all_sockets_of_an_address_share_its_runs() -> None:
    some = places(9, 9)
    assert some.take("a") is some.take("a")
    assert some.take("a") is not some.take("b")


def test_nothing_is_kept_of_an_address_without_sockets() -> None:
    some = places(9, 9)
    first = some.take("a")
    some.leave("a")
    assert some.take("a") is not first


def test_descriptors_bound_the_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (1024, 4096))
    assert places_by_descriptors() == (1024 - 256) // 4
    some = places(1000, 1000)
    assert sum(1 for _number in range(1000) if some.take("a")) == 192


def test_readers_behind_an_unnamed_proxy_share_its_places() -> None:
    # `client_of` returns nothing for them
    some = places(9, 2)
    assert some.take("")
    assert some.take("")
    assert some.take("") is None


def test_a_bucket_refills(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    bucket = Bucket(rate=2.0, burst=3.0)
    for _number in range(3):
        assert bucket.wait() == 0
        bucket.take()
    assert bucket.wait() == 0.5
    now += 0.5
    assert bucket.wait() == 0
    now += 60
    for _number in range(3):
        assert bucket.wait() == 0
        bucket.take()
    assert bucket.wait() > 0
