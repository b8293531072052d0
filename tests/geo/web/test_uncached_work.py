"""Answers that no cache keeps share a budget of seconds."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from geo.web.uncached_work import TooMuchWork, WorkBudget


class Clock:
    """A clock that goes on while somebody sleeps or works."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept = 0.0

    def read(self) -> float:
        """Return the seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Sleep."""
        self.now += seconds
        self.slept += seconds


def budget(clock: Clock) -> WorkBudget:
    return WorkBudget(0.4, 1.0, 2, clock=clock.read, sleep=clock.sleep)


def test_a_few_answers_do_not_wait() -> None:
    clock = Clock()
    work = budget(clock)
    for _ in range(10):
        with work.spend():
            clock.now += 0.1
    assert clock.slept == 0


def test_a_flood_gets_its_share_of_the_time() -> None:
    clock = Clock()
    work = budget(clock)
    worked = 0.0
    while clock.now < 100:
        with work.spend():
            clock.now += 0.025
            worked += 0.025
    assert worked / clock.now == pytest.approx(0.4, abs=0.02)


def test_the_budget_is_there_again_after_a_pause() -> None:
    clock = Clock()
    work = budget(clock)
    with work.spend():
        clock.now += 3
    clock.now += 60
    with work.spend():
        clock.now += 0.9
    with work.spend():
        pass
    assert clock.slept == 0


def test_an_answer_that_fails_is_counted_and_leaves_its_place() -> None:
    clock = Clock()
    work = budget(clock)

    def fail() -> None:
        clock.now += 1.0
        raise ValueError("broken")

    for _ in range(5):
        with pytest.raises(ValueError, match="broken"), work.spend():
            fail()
    assert clock.slept > 0


def test_one_address_leaves_places_to_others() -> None:
    work = WorkBudget(1.0, 1.0, 3, 1)
    started, release = Event(), Event()

    def hold() -> None:
        with work.spend("192.0.2.1"):
            started.set()
            release.wait(10)

    def wait(client: str) -> None:
        with work.spend(client):
            pass

    first = Thread(target=hold)
    first.start()
    assert started.wait(10)
    try:
        with pytest.raises(TooMuchWork):
            wait("192.0.2.1")
        others = [Thread(target=wait, args=(client,)) for client in ("192.0.2.2", "")]
        for other in others:
            other.start()
        while work.taken < 3:
            others[0].join(0.01)
    finally:
        release.set()
        for thread in (first, *others):
            thread.join(10)
    wait("192.0.2.1")


def test_more_than_may_wait_are_refused() -> None:
    work = WorkBudget(1.0, 1.0, 2)
    started, release = Event(), Event()

    def hold() -> None:
        with work.spend():
            started.set()
            release.wait(10)

    first = Thread(target=hold)
    first.start()
    assert started.wait(10)

    def wait() -> None:
        with work.spend():
            pass

    second = Thread(target=wait)
    second.start()
    while work.taken < 2:  # it waits for the first
        second.join(0.01)
    try:
        with pytest.raises(TooMuchWork, match="try again"), work.spend():
            pytest.fail("the work began beside other work")
    finally:
        release.set()
        first.join(10)
        second.join(10)
    with work.spend():
        pass
