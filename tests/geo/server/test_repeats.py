"""A flood of lines leaves a few in the log, and their number."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest

from geo.server.repeats import SAME_PLACE, SAME_TEXT, Repeats, limited_repeats

LONG = 600.0


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    found = logging.getLogger("tests.repeats")
    found.setLevel(logging.INFO)
    yield found
    found.setLevel(logging.NOTSET)


def test_identical_lines_are_written_a_few_times_and_then_counted(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    with limited_repeats(Repeats(LONG)):
        for _number in range(100):
            logger.warning("Invalid %s.", "request")
        assert len(caplog.messages) == SAME_TEXT
    assert caplog.messages[SAME_TEXT:] == [
        f"Invalid request. (and {100 - SAME_TEXT} more lines like this one)"
    ]


def test_lines_that_differ_are_bounded_too(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    with limited_repeats(Repeats(LONG)):
        for number in range(1000):
            logger.warning(f"no answer for {number}")
        assert len(caplog.messages) == SAME_PLACE
    assert caplog.messages[-1].endswith(f"(and {1000 - SAME_PLACE} more lines like this one)")


def test_other_lines_are_written_during_a_flood(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    with limited_repeats(Repeats(LONG)):
        for _number in range(100):
            logger.warning("flood")
        logger.warning("another place")
        logging.getLogger("tests.repeats.other").warning("flood")
    assert caplog.messages.count("another place") == 1
    assert caplog.messages.count("flood") == SAME_TEXT + 1


def test_kinds_of_errors_are_told_apart(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    with limited_repeats(Repeats(LONG)):
        for error in (ValueError("a"), KeyError("b")) * 50:
            logger.error("failed", exc_info=error)
    assert len(caplog.records) == 2 * SAME_TEXT + 1


def test_the_number_is_written_when_the_time_is_over(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    with limited_repeats(Repeats(0.2)):
        for _number in range(SAME_TEXT + 3):
            logger.warning("flood")
        end = time.monotonic() + 20
        while not any("and 3 more" in one for one in caplog.messages):
            assert time.monotonic() < end
            time.sleep(0.01)  # between two looks
        time.sleep(0.25)  # until the next time has begun
        logger.warning("flood")
    assert caplog.messages.count("flood") == SAME_TEXT + 1


def test_loggers_that_come_later_are_limited_and_none_afterwards(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with limited_repeats(Repeats(LONG)):
        later = logging.getLogger("tests.repeats.later")
        for _number in range(20):
            later.warning("flood")
    assert caplog.messages.count("flood") == SAME_TEXT
    for _number in range(20):
        later.warning("flood")
    assert caplog.messages.count("flood") == SAME_TEXT + 20
    logging.getLogger("tests.repeats.after").warning("flood")
    assert not logging.getLogger("tests.repeats.after").filters


def test_what_a_reader_looked_at_is_not_repeated(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    with limited_repeats(Repeats(LONG)):
        for _number in range(SAME_TEXT):
            logger.warning("bad request")
        caplog.clear()
        for number in range(SAME_PLACE + 5):
            logger.warning("no answer for %s", f"/v?q=hidden-{number}")
    assert "hidden" not in caplog.messages[-1]
    assert "no answer for /v" in caplog.messages[-1]


def test_arguments_that_do_not_fit_are_left_to_the_handler(logger: logging.Logger) -> None:
    record = logging.LogRecord("tests.repeats", 30, "x.py", 1, "%d of %d", ("a",), None)
    assert Repeats(LONG).filter(record)


def test_threads_count_together(logger: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    with limited_repeats(Repeats(LONG)):

        def flood() -> None:
            for _number in range(200):
                logger.warning("flood")

        threads = [threading.Thread(target=flood) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert caplog.messages.count("flood") == SAME_TEXT
    assert f"and {8 * 200 - SAME_TEXT} more" in caplog.messages[-1]
