"""
Request logs without query strings: what a reader filters by is nobody's business.

``streamlit run`` starts uvicorn with its access log off. Started by uvicorn itself
(``uvicorn app:app``), every request would be logged with its query; so are, under any
start, the addresses of websockets.
"""

from __future__ import annotations

import logging
import re

LOGGERS = ("uvicorn.access", "uvicorn.error")
# up to the next blank: a raw query may hold quotes, never a blank
_QUERY = re.compile(r"(/[^\s?]*)\?\S*")


def without_query(text: str) -> str:
    """Return the text with the query of every address in it cut off."""
    return _QUERY.sub(r"\1", text)


class WithoutQueries(logging.Filter):
    """Cuts query strings out of a log record's message and arguments; drops no record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it pass."""
        if isinstance(record.msg, str):
            record.msg = without_query(record.msg)
        # a single dict as argument stays: uvicorn logs none with an address in it
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_query(part) if isinstance(part, str) else part for part in record.args
            )
        return True


def install() -> None:
    """Put the filter on uvicorn's loggers, once; it outlives uvicorn's own log set-up."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(present, WithoutQueries) for present in logger.filters):
            logger.addFilter(WithoutQueries())
