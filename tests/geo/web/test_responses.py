"""Cached bodies of responses: made once, never of another ledger, never without bound."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.errors import AtlasError
from geo.link.opening import Opened
from geo.link.rendered import ENTRY
from geo.web.bodies import Body, BodyCache
from geo.web.responses import cached_body, explain_errors
from tests.asgi import call
from tests.entities import event, ledger
from tests.geo.api.data_app import opened
from tests.ledger_files import LedgerFiles


def test_a_body_is_made_once_for_each_address_and_key() -> None:
    cache = BodyCache()
    made: list[str] = []

    def body(query: str, key: str) -> bytes:
        def make() -> bytes:
            made.append(query + key)
            return f"{query}{key}".encode()

        return cached_body(opened(query), key, make, "text/plain", cache).content

    for _again in range(2):
        for query in ("", "country=NL", "asof=2022-12-05", "flag=x"):
            for key in ("one", "two"):
                assert body(query, key) == f"{query}{key}".encode()
    assert len(made) == 8
    # what does not count in a link makes no other body
    assert body("country=NL&utm_source=x", "one") == b"country=NLone"
    assert len(made) == 8


def test_another_ledger_has_other_bodies() -> None:
    cache = BodyCache()
    address = opened()
    # the same version: what is withheld since leaves a ledger, and its version stays
    reading = replace(ledger([event("a")]), version=address.dataset.version)
    other = replace(address, edition=replace(address.edition, dataset=reading))

    def content(shown: Opened, text: bytes) -> bytes:
        return cached_body(shown, "k", lambda: text, "text/plain", cache).content

    assert content(address, b"one") == b"one"
    assert content(other, b"two") == b"two"
    assert content(address, b"three") == b"one"


def test_many_readers_after_a_change_read_the_files_once(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _n: opened("", files.folder).dataset, range(8)))
    assert len({id(dataset) for dataset in found}) == 1


def test_the_least_used_goes_first() -> None:
    cache = BodyCache(limit=2 * (ENTRY + 50))

    def body(key: str, size: int = 40) -> bool:
        made: list[str] = []

        def make() -> Body:
            made.append(key)
            return Body(b"x" * size, "text/plain")

        cache.get_or_make(key, make)
        return bool(made)

    assert body("a")
    assert body("b")
    assert not body("a")
    assert body("c"), "two fit, and b was used least"
    assert not body("a")
    assert body("b")
    assert body("too much", 700)
    assert body("too much", 700)
    assert not body("b"), "what is too large pushes nothing out"


@pytest.mark.parametrize("is_async", [False, True])
def test_an_error_with_a_sentence_is_explained_in_the_form_of_the_route(is_async: bool) -> None:
    def form(request: Request, status: int, sentence: str, headers: Mapping[str, str]) -> Response:
        return Response(f"<p>{sentence}</p>", status, headers)

    def fails(request: Request) -> Response:
        raise AtlasError("The ledger cannot be read.")

    async def fails_later(request: Request) -> Response:
        return fails(request)

    handler = fails_later if is_async else fails
    routes = [
        Route("/plain", explain_errors(handler)),
        Route("/form", explain_errors(handler, form, retry_after=5)),
    ]
    plain, formed = (call(Starlette(routes=routes), path) for path in ("/plain", "/form"))
    assert (plain.status, plain.text) == (503, "The ledger cannot be read.")
    assert (plain.headers["retry-after"], plain.headers["cache-control"]) == ("60", "no-store")
    assert (formed.status, formed.text) == (503, "<p>The ledger cannot be read.</p>")
    assert formed.headers["retry-after"] == "5"


def test_an_error_of_ours_is_not_explained_away() -> None:
    def crashes(request: Request) -> Response:
        raise ValueError("a secret")

    with pytest.raises(ValueError, match="a secret"):
        call(Starlette(routes=[Route("/", explain_errors(crashes))]), "/")
