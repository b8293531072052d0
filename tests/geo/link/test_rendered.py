"""What is rendered is made once for all, within its bytes, and goes with its reading."""

from __future__ import annotations

import gc
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from geo.link.rendered import ENTRY, MOST_ENTRIES, RenderedCache


class Reading:
    """Something that values are made from."""


def made(cache: RenderedCache[str], key: str, value: str, reading: object = None) -> str:
    return cache.get_or_make(key, lambda: value, reading)


def test_a_value_is_made_once() -> None:
    cache: RenderedCache[str] = RenderedCache(10_000, len)
    assert made(cache, "a", "first") == "first"
    assert made(cache, "a", "second") == "first"
    assert (len(cache), cache.bytes) == (1, len("first") + ENTRY)


def test_fifty_who_ask_at_once_get_one_value_made_once() -> None:
    cache: RenderedCache[object] = RenderedCache(10_000, lambda _value: 1)
    together, all_wait = Barrier(50), Event()
    calls: list[int] = []
    asking, lock = [0], Lock()

    def make() -> object:
        calls.append(1)
        assert all_wait.wait(30), "somebody does not wait for this"
        return object()

    def ask() -> object:
        together.wait(30)
        with lock:
            asking[0] += 1
            if asking[0] == 50:
                all_wait.set()
        return cache.get_or_make("key", make)

    with ThreadPoolExecutor(50) as threads:
        found = [future.result(60) for future in [threads.submit(ask) for _ in range(50)]]
    assert len(calls) == 1
    assert len({id(value) for value in found}) == 1


def test_who_asks_for_another_key_does_not_wait() -> None:
    cache: RenderedCache[str] = RenderedCache(10_000, len)
    begun, finish = Event(), Event()

    def slow() -> str:
        begun.set()
        assert finish.wait(30)
        return "slow"

    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(cache.get_or_make, "slow", slow)
        assert begun.wait(30)
        assert made(cache, "quick", "quick") == "quick"
        finish.set()
        assert first.result(30) == "slow"


def test_a_value_may_be_made_of_others() -> None:
    cache: RenderedCache[str] = RenderedCache(10_000, len)
    assert cache.get_or_make("page", lambda: made(cache, "block", "b") + "!") == "b!"
    assert len(cache) == 2


def test_what_fails_is_tried_again() -> None:
    cache: RenderedCache[str] = RenderedCache(10_000, len)

    def fail() -> str:
        raise ValueError("not today")

    for _attempt in range(2):
        with pytest.raises(ValueError, match="not today"):
            cache.get_or_make("a", fail)
    assert made(cache, "a", "better") == "better"


def test_the_least_used_goes_first_and_the_bytes_stay_within_the_limit() -> None:
    cache: RenderedCache[str] = RenderedCache(3 * (ENTRY + 100), len)
    for key in "abc":
        made(cache, key, "x" * 100)
    made(cache, "a", "unused")
    made(cache, "d", "y" * 100)
    assert made(cache, "a", "again") == "x" * 100
    assert made(cache, "b", "again") == "again"
    assert cache.bytes <= 3 * (ENTRY + 100)
    # empty values take room too: there is no end of keys
    for number in range(100):
        made(cache, str(number), "")
    assert len(cache) <= 3 * (ENTRY + 100) // ENTRY


def test_what_is_larger_than_the_cache_is_returned_and_not_kept() -> None:
    cache: RenderedCache[str] = RenderedCache(1000, len)
    assert made(cache, "a", "x" * 2000) == "x" * 2000
    assert len(cache) == 0


def test_nothing_outlasts_its_reading() -> None:
    cache: RenderedCache[str] = RenderedCache(100_000, len)
    old, new = Reading(), Reading()
    assert made(cache, "a", "old", old) == "old"
    assert made(cache, "a", "new", new) == "new"
    assert made(cache, "a", "of none") == "of none"
    del old
    gc.collect()
    assert len(cache) == 2
    assert made(cache, "a", "another", new) == "new"
    # the next reading may be at the address of the last
    for number in range(50):
        reading = Reading()
        assert made(cache, "a", str(number), reading) == str(number)
        del reading
    assert len(cache) == 2


def test_of_a_key_of_any_length_a_few_bytes_are_kept() -> None:
    cache: RenderedCache[str] = RenderedCache(1_000_000, len)
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(100):
            assert made(cache, f"{number}" + "a" * 60_000, "value") == "value"
        gc.collect()
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(cache) == 100
    assert kept < cache.bytes, "what the cache counts is what it takes"


def test_small_values_are_bounded_in_number() -> None:
    least = 2 * ENTRY
    cache: RenderedCache[str] = RenderedCache(MOST_ENTRIES * least, len)
    for number in range(MOST_ENTRIES + 10):
        made(cache, f"{number}", "")
    assert len(cache) == MOST_ENTRIES
