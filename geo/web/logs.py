"""
Request logs without what a reader looked at: neither filters nor records.

``streamlit run`` starts uvicorn with its access log off. Started by uvicorn itself
(``uvicorn app:app``), every request would be logged with its query, and with the option
``--no-access-log`` too: Streamlit adds a handler to uvicorn's logger. Websockets are logged
either way: without their query, and without the reader's address.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

LOGGERS = ("uvicorn.access", "uvicorn.error")
# up to the next blank: a raw query may contain quotes, never a blank
_QUERY = re.compile(r"(/[^\s?]*)\?\S*")
# the plain pages and the feeds of one record, event or country name it in their path
_NAMED = re.compile(r"(?<![^\s/])/([sec]|feeds)/[^\s?]+")

#: how the line about a websocket begins; its first argument is the client's address
_SOCKET = '%s - "WebSocket '


def discreet(text: str) -> str:
    """Return the text with the query and the named record of every address in it cut off."""
    return _NAMED.sub(r"/\1/…", _QUERY.sub(r"\1", text))


class Discreet(logging.Filter):
    """Cuts the addresses in a log line; drops no line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it pass."""
        if isinstance(record.msg, str):
            record.msg = discreet(record.msg)
        # a single dict as argument stays: uvicorn logs none with an address in it
        if isinstance(record.args, tuple):
            record.args = tuple(
                discreet(part) if isinstance(part, str) else part for part in record.args
            )
            if isinstance(record.msg, str) and record.msg.startswith(_SOCKET):
                record.args = ("…", *record.args[1:])
        return True


def install() -> None:
    """Put the filter on uvicorn's loggers, once; it outlives uvicorn's own log set-up."""
    _keep_off(logging.getLogger("uvicorn.access"))
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(present, Discreet) for present in logger.filters):
            logger.addFilter(Discreet())


def _keep_off(access: logging.Logger) -> None:
    # where it is to log no requests, uvicorn takes the logger's handlers away before it imports
    # the application, and then logs them after all wherever another handler was added
    added = getattr(access, "streamlit_console_handler", None)
    if not access.propagate and not [one for one in access.handlers if one is not added]:
        access.disabled = True


@contextmanager
def without_warnings(name: str) -> Iterator[None]:
    """
    Keep the warnings of one logger back while something is done that it warns of in vain.

    Parameters
    ----------
    name : str
        Of the logger.
    """
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
