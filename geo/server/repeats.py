"""
A log that a flood cannot fill: of lines that repeat, a few a minute, and then their number.

Whoever sends what cannot be read makes the server write a line each time, at worst with a
traceback. Lines are counted by the place in the code that writes them, and by their text.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from geo.web.logs import discreet

#: seconds for which lines are counted together
WINDOW = 60.0
#: lines with the same text that are written in this time
SAME_TEXT = 5
#: lines of the same place in the code that are written in this time, whatever their text
SAME_PLACE = 60
#: characters by which a text is told from another, and that the line with the number repeats
_LONGEST = 200
_SUMMARY = "%s (and %d more lines like this one)"


@dataclass
class _Dropped:
    """The lines of one place that were dropped: the first one's text, and how many."""

    text: str
    count: int = 0


class Repeats(logging.Filter):
    """
    Drops the lines above the limits; writes how many there were when the time is over.

    Parameters
    ----------
    window : float
        Seconds for which lines are counted together.
    """

    def __init__(self, window: float = WINDOW) -> None:
        super().__init__()
        self._window = window
        self._lock = threading.Lock()
        self._end = 0.0
        self._written: Counter[Hashable] = Counter()
        self._dropped: dict[tuple[str, int, str, int], _Dropped] = {}
        self._timer: threading.Timer | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is written."""
        if record.msg is _SUMMARY:
            return True
        place = (record.name, record.levelno, record.pathname, record.lineno)
        text = _text(record)
        with self._lock:
            if time.monotonic() >= self._end:
                self._written.clear()
                self._end = time.monotonic() + self._window
            if self._written[place] < SAME_PLACE and self._written[place, text] < SAME_TEXT:
                self._written[place] += 1
                self._written[place, text] += 1
                return True
            self._dropped.setdefault(place, _Dropped(text)).count += 1
            if self._timer is None:
                self._timer = threading.Timer(self._end - time.monotonic(), self.flush)
                self._timer.daemon = True
                self._timer.start()
        return False

    def flush(self) -> None:
        """Write how many lines were dropped since the last time."""
        with self._lock:
            dropped, self._dropped = self._dropped, {}
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for (name, level, path, line), of_place in dropped.items():
            logger = logging.getLogger(name)
            values = (of_place.text, of_place.count)
            logger.handle(logger.makeRecord(name, level, path, line, _SUMMARY, values, None))


def _text(record: logging.LogRecord) -> str:
    """Return the text of a line, without what a reader looked at, and its error's kind."""
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit; the handler will say so
        message = str(record.msg)
    error = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
    text = discreet(message.strip())[:_LONGEST]
    return f"{text} [{error.__name__}]" if error else text


@contextmanager
def limited_repeats(limit: Repeats | None = None) -> Iterator[None]:
    """
    Limit the lines of all loggers, those that come later included, while a server runs.

    Parameters
    ----------
    limit : Repeats, optional
        The filter, for another window.
    """
    repeats = limit or Repeats()
    before = logging.getLoggerClass()

    class Limited(before):  # type: ignore[valid-type, misc]
        def __init__(self, name: str, level: int = logging.NOTSET) -> None:
            super().__init__(name, level)
            self.addFilter(repeats)

    logging.setLoggerClass(Limited)
    for logger in _loggers():
        logger.addFilter(repeats)
    try:
        yield
    finally:
        logging.setLoggerClass(before)
        for logger in _loggers():
            logger.removeFilter(repeats)
        repeats.flush()


def _loggers() -> list[logging.Logger]:
    named = list(logging.Logger.manager.loggerDict.values())
    return [logging.getLogger(), *(one for one in named if isinstance(one, logging.Logger))]
