"""Answers that no cache keeps share a budget of seconds."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from geo.web.live_runs import LiveRuns
from geo.web.uncached_work import (
    CLIENT_BURST,
    CLIENT_RATE,
    LIVE,
    REMEMBERED,
    Clock,
    TooMuchWork,
    WorkBudget,
)


class Watch:
    """A clock that goes on while somebody sleeps or works."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept = 0.0

    def read(self) -> float:
        """Return the seconds."""
        return self.now

    @property
    def clock(self) -> Clock:
        """What a budget reads: whoever works takes the whole processor."""
        return Clock(self.read, self.sleep, self.read)

    def sleep(self, seconds: float) -> None:
        """Sleep."""
        self.now += seconds
        self.slept += seconds


def budget(clock: Watch) -> WorkBudget:
    return WorkBudget(0.4, 1.0, 2, clock=clock.clock)


def test_a_few_answers_do_not_wait() -> None:
    clock = Watch()
    work = budget(clock)
    for _ in range(10):
        with work.spend():
            clock.now += 0.1
    assert clock.slept == 0


def test_a_flood_gets_its_share_of_the_time() -> None:
    clock = Watch()
    work = budget(clock)
    worked = 0.0
    while clock.now < 100:
        with work.spend():
            clock.now += 0.025
            worked += 0.025
    assert worked / clock.now == pytest.approx(0.4, abs=0.02)


def test_the_budget_is_there_again_after_a_pause() -> None:
    clock = Watch()
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
    clock = Watch()
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


def test_a_client_has_its_own_budget_and_is_told_when_there_is_some_again() -> None:
    clock = Watch()
    work = budget(clock)

    def ask(client: str, seconds: float = 0.5) -> None:
        with work.spend(client, cached=True):
            clock.now += seconds

    def refusal(client: str) -> TooMuchWork | None:
        try:
            ask(client)
        except TooMuchWork as refused:
            return refused
        return None

    begun, answered = clock.now, 0
    while not (refused := refusal("192.0.2.1")):
        answered += 1
    assert answered == pytest.approx(CLIENT_BURST / (0.5 * (1 - CLIENT_RATE)), abs=1)
    assert refused.status == 429
    assert "different pages" in str(refused)
    # others are not refused, known or not
    ask("192.0.2.2")
    ask("")
    clock.now += refused.seconds
    ask("192.0.2.1")
    # over any time it gets its rate, and at once before that its burst
    worked, end = 0.0, clock.now + 600
    while clock.now < end:
        try:
            ask("192.0.2.1", 0.05)
            worked += 0.05
        except TooMuchWork as busy:
            clock.now += busy.seconds
    assert worked == pytest.approx(CLIENT_RATE * 600, rel=0.1)
    assert clock.now - begun > worked


def test_what_a_client_has_used_up_is_refused_before_anything_is_done() -> None:
    clock = Watch()
    work = budget(clock)
    with work.spend("192.0.2.1", cached=True):
        clock.now += 2 * CLIENT_BURST
    for _ in range(100):
        with pytest.raises(TooMuchWork), work.spend("192.0.2.1", cached=True):
            pytest.fail("it was done all the same")
    assert work.taken == 0


def test_strangers_leave_no_more_than_a_bounded_list_of_clients() -> None:
    clock = Watch()
    work = budget(clock)

    def ask(client: str) -> None:
        with work.spend(client, cached=True):
            clock.now += 0.001

    for number in range(REMEMBERED + 50):
        ask(f"client {number}")
    assert len(work._clients) <= REMEMBERED
    # nothing is kept of whoever has its whole budget again
    clock.now += CLIENT_BURST / CLIENT_RATE
    ask("another")
    assert list(work._clients) == ["another"]
    clock.now += 1
    with work.spend("another", cached=True):
        pass  # it took no time that the clock can tell
    assert not work._clients


def test_what_a_cache_keeps_waits_only_while_pages_are_live() -> None:
    clock = Watch()
    runs = LiveRuns(clock.read)
    work = WorkBudget(0.4, 1.0, 2, runs=runs, clock=clock.clock)

    def ask(times: int) -> float:
        before = clock.slept
        for _ in range(times):
            with work.spend(cached=True):
                clock.now += 0.1
        return clock.slept - before

    assert ask(100) == 0
    runs.begin("page", clock.now)
    runs.end("page")
    assert ask(20) > 1
    clock.now += LIVE
    assert ask(20) == 0


def test_runs_of_live_pages_go_first() -> None:
    runs = LiveRuns()
    work = WorkBudget(runs=runs)
    runs.begin("page", float("inf"))
    done: list[str] = []

    def answer() -> None:
        with work.spend(cached=True):
            done.append("answer")

    thread = Thread(target=answer)
    thread.start()
    while not work.taken:
        thread.join(0.01)
    done.append("run")
    runs.end("page")
    thread.join(10)
    assert done == ["run", "answer"]


def test_a_run_that_does_not_end_holds_up_nothing_for_ever() -> None:
    clock = Watch()
    runs = LiveRuns(clock.read)
    runs.begin("page", clock.now + 5)
    assert runs.were_within(1)
    clock.now += 6
    assert not runs.were_within(1)
