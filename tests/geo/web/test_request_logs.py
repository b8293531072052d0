"""No log line tells what somebody inquiry or checks for."""

from __future__ import annotations

import logging
import logging.config
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.config import LOGGING_CONFIG
from uvicorn.logging import AccessFormatter

from geo.web import logs


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    before = {name: list(logging.getLogger(name).filters) for name in logs.LOGGERS}
    access_logger = logging.getLogger("uvicorn.access")
    handlers, disabled = list(access_logger.handlers), access_logger.disabled
    level = access_logger.level
    access_logger.disabled = False
    yield
    for name, filters in before.items():
        logging.getLogger(name).filters[:] = filters
    access_logger.handlers[:], access_logger.disabled = handlers, disabled
    access_logger.setLevel(level)


@pytest.fixture
def written() -> Iterator[StringIO]:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(AccessFormatter("%(client_addr)s %(request_line)s %(status_code)s"))
    logger = logging.getLogger("uvicorn.access")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


def access(path: str) -> None:
    # as uvicorn's protocols write it
    line = '%s - "%s %s HTTP/%s" %d'
    logging.getLogger("uvicorn.access").info(line, "127.0.0.1:1", "GET", path, "1.1", 200)


def test_the_access_log_loses_queries_and_names_only(written: StringIO) -> None:
    logs.install()
    access("/timeline?country=NL&q=O'Brien")
    access("/about")
    access("/s/nl-rotterdam-1?asof=2023-01-01")
    access("/c/NL")
    access("/feeds/NL/events.atom")
    access("/assets/s/x.css")
    assert written.getvalue().splitlines() == [
        "127.0.0.1:1 GET /timeline HTTP/1.1 200 OK",
        "127.0.0.1:1 GET /about HTTP/1.1 200 OK",
        "127.0.0.1:1 GET /s/… HTTP/1.1 200 OK",
        "127.0.0.1:1 GET /c/… HTTP/1.1 200 OK",
        "127.0.0.1:1 GET /feeds/… HTTP/1.1 200 OK",
        "127.0.0.1:1 GET /assets/s/x.css HTTP/1.1 200 OK",
    ]


def test_websocket_lines_too(caplog: pytest.LogCaptureFixture) -> None:
    logs.install()
    with caplog.at_level(logging.INFO, logger="uvicorn.error"):
        logging.getLogger("uvicorn.error").info(
            '%s - "WebSocket %s" [accepted]', ("127.0.0.1", 1), "/_stcore/stream?token=private"
        )
        logging.getLogger("uvicorn.error").info("Uvicorn running on http://localhost:8501?x=1")
    messages = [record.getMessage() for record in caplog.records]
    assert messages == [
        '… - "WebSocket /_stcore/stream" [accepted]',
        "Uvicorn running on http://localhost:8501",
    ]


def test_installing_twice_is_installing_once_and_outlives_uvicorns_set_up() -> None:
    logs.install()
    logs.install()
    quiet = {**LOGGING_CONFIG, "handlers": {}, "loggers": {n: {} for n in logs.LOGGERS}}
    logging.config.dictConfig(quiet)
    for name in logs.LOGGERS:
        filters = logging.getLogger(name).filters
        assert sum(isinstance(present, logs.Discreet) for present in filters) == 1


def test_other_arguments_are_left_alone() -> None:
    record = logging.LogRecord("uvicorn.error", 20, "", 0, "done: %(a)s?", ({"a": "/x?y"},), None)
    assert logs.Discreet().filter(record)
    assert record.getMessage() == "done: /x?y?"
    record = logging.LogRecord("uvicorn.error", 20, "", 0, ValueError("odd"), None, None)
    assert logs.Discreet().filter(record)
    assert record.getMessage() == "odd"


@given(
    st.text(st.characters(codec="ascii", exclude_characters="?", categories=["L", "N", "P"])),
    st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"])),
)
def test_no_query_survives(path: str, query: str) -> None:
    assert logs.discreet(f"/{path}?{query}") == f"/{path}"


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("wanted", [True, False])
def test_an_access_log_that_is_switched_off_stays_off(
    monkeypatch: pytest.MonkeyPatch, wanted: bool, early: bool
) -> None:
    logger, stream = logging.getLogger("uvicorn.access"), StringIO()
    own, streamlits = logging.StreamHandler(StringIO()), logging.StreamHandler(stream)
    monkeypatch.setattr(logger, "propagate", False)
    monkeypatch.setattr(logger, "streamlit_console_handler", streamlits, raising=False)
    logger.handlers[:] = [own] * wanted + [streamlits] * early
    logger.setLevel(logging.INFO)
    logs.install()
    if not early:  # streamlit reads its settings when it needs them, which may be later
        logger.addHandler(streamlits)
    access("/about")
    assert bool(stream.getvalue()) == wanted
