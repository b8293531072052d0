"""What a client does not take compressed is not compressed by Streamlit either."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from geo.server.accepted_codings import AcceptedCodings
from tests.asgi import call
from tests.geo.web.whole_app import whole_app

CONTENT = "a,b\n" * 1000


async def inner(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(CONTENT)(scope, receive, send)


APP = AcceptedCodings(GZipMiddleware(inner))


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("deflate, gzip;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("br;q=0, gzip; q=0.0", None),
        ("x, *;q=0", None),
        ("", None),
    ],
)
def test_content_is_compressed_for_who_takes_it(accepted: str, coding: str | None) -> None:
    answer = call(APP, headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == coding
    assert answer.text == CONTENT


def test_no_file_of_the_atlas_is_compressed_for_who_refuses_it() -> None:
    app = whole_app()
    assert isinstance(app, Starlette)
    # where Streamlit puts it
    app.user_middleware.append(Middleware(GZipMiddleware))
    for path in ("/api/records.csv", "/feeds/events.atom", "/", "/v"):
        answer = call(app, path, headers={"accept-encoding": "gzip;q=0"})
        assert answer.status == 200
        assert "content-encoding" not in answer.headers
