"""Websockets are bounded in all and by address, and so are the runs of an address."""

from __future__ import annotations

import resource
import time

import pytest

from geo.configuration import SocketSettings
from geo.server.socket_limits import (
    LONGEST_WAIT,
    OPENING_BURST,
    OPENING_RATE,
    RECOVERY,
    REMEMBERED,
    Bucket,
    SocketQuota,
    places_by_descriptors,
)


class Clock:
    """A clock that a test sets."""

    now = 100.0


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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    return clock


def test_what_was_used_up_is_remembered_until_it_has_recovered(clock: Clock) -> None:
    some = places(9, 9)
    first = some.take("a")
    assert first
    first.take()
    some.leave("a")
    assert some.take("a") is first, "a new socket does not begin with everything"
    some.leave("a")
    clock.now += RECOVERY
    assert some.take("b")
    assert some.take("a") is not first, "nothing is kept of an address that has recovered"


def test_no_more_addresses_are_remembered_than_are_allowed(clock: Clock) -> None:
    some = places(9, 9)
    staying = some.take("staying")
    for number in range(REMEMBERED + 100):
        some.wait(str(number))
    assert len(some._usage) == REMEMBERED + 1
    assert some.take("staying") is staying


def test_openings_of_one_address_are_spread_out(clock: Clock) -> None:
    some = places(9999, 9999)
    waits = [some.wait("a") for _number in range(1000)]
    at_once = int(OPENING_BURST)
    assert waits[:at_once] == [0] * at_once, "a newsroom opens its pages at once"
    admitted = [wait for wait in waits if wait <= LONGEST_WAIT]
    assert len(admitted) == at_once + OPENING_RATE * LONGEST_WAIT
    assert waits == sorted(waits)
    assert some.wait("b") == 0, "others are let in"
    clock.now += 1
    again = [some.wait("a") for _number in range(100)]
    assert sum(wait <= LONGEST_WAIT for wait in again) == OPENING_RATE


def test_who_opens_and_drops_in_a_loop_has_no_more_openings(clock: Clock) -> None:
    some = places(9999, 9999)
    admitted = 0
    for _number in range(2000):  # within a second
        if some.wait("a") == 0 and some.take("a"):
            some.leave("a")
            admitted += 1
        clock.now += 0.0005
    assert admitted <= OPENING_BURST + OPENING_RATE


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
