"""Cached bodies of responses: made once, never of another ledger, never without bound."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.errors import AtlasError
from geo.link.canonical import canonical
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.link.rendered import ENTRY
from geo.paths import PROJECT
from geo.web import bodies, identity, responses
from geo.web.bodies import Body, BodyCache
from geo.web.compress import Encoding, compress
from geo.web.identity import response_digest
from geo.web.refusals import explain_errors
from geo.web.responses import respond
from tests.asgi import Answer, call
from tests.entities import event, ledger
from tests.geo.api.data_app import opened
from tests.ledger_files import TODAY, LedgerFiles


class Maker:
    """Writes a content and counts how often it was asked to."""

    def __init__(self, text: str = "What readers see. ") -> None:
        self.content = text.encode() * 100
        self.calls = 0

    def __call__(self) -> bytes:
        self.calls += 1
        return self.content


def answer(
    shown: Opened, make: Callable[[], bytes], kind: Hashable = "kind", **headers: str
) -> Answer:
    """What one request gets for an address; names of headers with underscores."""

    def route(request: Request) -> Response:
        return respond(request, shown, kind, make, "text/plain")

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return call(Starlette(routes=[Route("/", route)]), headers=named)


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "response_cache", BodyCache())
    monkeypatch.delenv("ATLAS_SHARED_CACHE", raising=False)
    monkeypatch.setenv("ATLAS_PUBLISHER", "The Publisher")


def test_a_body_is_made_once_for_each_address_and_kind() -> None:
    make = Maker()
    for _again in range(2):
        for query in ("", "country=NL", "asof=2022-12-05"):
            for kind in ("one", "two"):
                assert answer(opened(query), make, kind).body == make.content
    assert make.calls == 6
    # what does not count in a link makes no other body
    assert answer(opened("country=NL&utm_source=x"), make, "one").status == 200
    assert make.calls == 6
    # what a foreign host gets has no absolute links, whichever host it is
    for host in ("elsewhere.example", "elsewhere.example", "nowhere.example", "a" * 5000):
        assert answer(opened(), make, "one", host=host).status == 200
    assert make.calls == 7


def test_what_a_stranger_invents_is_made_for_each_and_kept_for_nobody() -> None:
    make = Maker()
    for number in range(20):
        assert answer(opened(f"flag=x{number}"), make).body == make.content
    assert make.calls == 20
    assert len(responses.response_cache) == 0


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_a_client_that_has_the_content_costs_no_rendering(encoding: str) -> None:
    make = Maker()
    tag = answer(opened("country=NL"), make, accept_encoding=encoding).headers["etag"]
    assert not tag.startswith("W/")
    never = Maker()
    # as on a server that has just been started, or another replica
    responses.response_cache = BodyCache()
    again = answer(opened("country=NL"), never, accept_encoding=encoding, if_none_match=tag)
    assert (again.status, again.raw, again.headers["etag"]) == (304, b"", tag)
    # a client that has the other encoding has the content too, and is told which
    other = answer(opened("country=NL"), never, accept_encoding="zstd", if_none_match=tag)
    assert (other.status, other.headers["etag"]) == (304, tag)
    assert never.calls == 0
    assert answer(opened("country=DE"), never, if_none_match=tag).status == 200
    assert never.calls == 1


def test_each_encoding_has_a_tag_of_its_own_and_is_compressed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compressed: list[str] = []

    def counted(content: bytes, encoding: Encoding, quality: int) -> bytes:
        compressed.append(encoding)
        return compress(content, encoding, quality)

    monkeypatch.setattr(bodies, "compress", counted)
    make, tags = Maker(), set[str]()
    for _again in range(3):
        for encoding in ("identity", "gzip", "br"):
            got = answer(opened(), make, accept_encoding=encoding)
            assert got.headers.get("content-encoding", "identity") == encoding
            assert got.body == make.content
            tags.add(got.headers["etag"])
    assert (len(tags), make.calls, compressed) == (3, 1, ["gzip", "br"])


def test_the_tag_is_the_same_in_another_process_and_folder(tmp_path: Path) -> None:
    copy = LedgerFiles(tmp_path / "elsewhere").folder
    for number, file in enumerate(sorted(copy.rglob("*.csv"))):
        os.utime(file, (1_600_000_000 + number,) * 2)
    program = (
        "import sys; from pathlib import Path; from tests.geo.api.data_app import opened;"
        "from geo.web.identity import response_digest;"
        "print(response_digest(opened('country=NL&country=DE', Path(sys.argv[1])),"
        " ('kind', frozenset({'a', 'b', 'c'}))))"
    )
    found = {response_digest(opened("country=NL&country=DE"), ("kind", frozenset("abc")))}
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program, str(copy)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(run.stdout.strip())
    assert len(found) == 1


def test_the_tag_changes_with_all_that_readers_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = LedgerFiles(tmp_path / "data")

    def digest(query: str = "", day: date = TODAY, kind: Hashable = "kind") -> str:
        return response_digest(open_address(files.folder, parse_query(query), day), kind)

    seen = [
        digest(),
        digest("country=NL"),
        digest("asof=2022-12-05"),
        digest("flag=x"),
        digest(day=TODAY + timedelta(days=1)),
        digest(kind="other"),
        digest(kind=Configuration(publisher="The Publisher")),
        digest(kind=Configuration(publisher="Another Publisher")),
    ]
    assert len(set(seen)) == len(seen)
    # a release changes what pages say of the ledger, and not its version
    version = opened("", files.folder).dataset.version
    files.release()
    assert opened("", files.folder).dataset.version == version
    assert digest() not in seen
    with_files = digest()
    monkeypatch.setattr(identity, "software", lambda: "another version")
    assert digest() != with_files


def test_what_is_withheld_is_gone_at_once_from_what_clients_have(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    make = Maker()
    before = answer(opened("", files.folder), make)
    files.add(
        "withheld", kind="event", id="nl-2022-10-25-claim", field="", since="2026-03-03",
        ground="privacy",
    )  # fmt: skip
    gone = Maker("The rest. ")
    after = answer(opened("", files.folder), gone, if_none_match=before.headers["etag"])
    assert (after.status, after.body, gone.calls) == (200, gone.content, 1)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "no-cache"),
        ({"ATLAS_SHARED_CACHE": "0"}, "no-cache"),
        ({"ATLAS_SHARED_CACHE": "60"}, "public, max-age=0, s-maxage=60, must-revalidate"),
        ({"ATLAS_PUBLISHER": ""}, "private, no-cache"),
        ({"ATLAS_PUBLISHER": "", "ATLAS_SHARED_CACHE": "60"}, "private, no-cache"),
    ],
)
def test_how_long_it_may_be_kept(
    settings: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    got = answer(opened(), Maker())
    again = answer(opened(), Maker(), if_none_match=got.headers["etag"])
    assert got.headers["cache-control"] == again.headers["cache-control"] == expected


def test_another_ledger_has_other_bodies() -> None:
    address = opened()
    # the same version: what is withheld since leaves a ledger, and its version stays
    reading = replace(ledger([event("a")]), version=address.dataset.version)
    other = replace(address, edition=replace(address.edition, dataset=reading))
    assert answer(address, lambda: b"one").raw == b"one"
    assert answer(other, lambda: b"two").raw == b"two"
    assert answer(address, lambda: b"three").raw == b"one"


@pytest.mark.parametrize("value", [object(), ["a"], {"a": 1}, (1, [2]), Path("/a")])
def test_what_has_no_stable_text_is_refused(value: Hashable) -> None:
    with pytest.raises(TypeError, match="the same in every process"):
        canonical(value)


def test_values_that_differ_are_written_differently() -> None:
    values: list[Hashable] = [
        None, "", "None", 1, "1", 1.0, True, b"1", (), ("",), ("a", "b"), ("a, b",),
        ("a", ("b",)), frozenset(), frozenset({"a"}), frozenset({"b", "a"}),
        date(2026, 1, 1), "2026-01-01", Configuration(), Configuration(publisher="a"),
    ]  # fmt: skip
    assert len({canonical(value) for value in values}) == len(values)


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
    assert body("too much", 4 * ENTRY)
    assert body("too much", 4 * ENTRY)
    assert not body("b"), "what is too large pushes nothing out"


def test_the_compressed_forms_count_too() -> None:
    one, two = (Body(f"{n} alleged stations. ".encode() * 60, "text/plain") for n in (1, 2))
    cache = BodyCache(limit=one.size + two.size + 2 * ENTRY + 10)
    assert cache.get_or_make("one", lambda: one) is one
    assert cache.get_or_make("two", lambda: two) is two
    assert cache.get("one") is one
    gzipped = cache.form("two", two, "gzip")
    assert two.size == len(two.content) + len(gzipped) > len(two.content) + 10
    assert cache.get("two") is two
    assert cache.get("one") is None, "the three forms are more than the limit"


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
