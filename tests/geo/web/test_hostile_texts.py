"""Hostile texts in cells and links stay text: on every page, in every file, in pictures."""

from __future__ import annotations

import json
import random
from pathlib import Path
from urllib.parse import quote_from_bytes
from xml.etree import ElementTree

import pytest

from geo.link.parameters import parameters
from tests.asgi import Answer, call
from tests.geo.web.whole_app import whole_app
from tests.hostile_ledger import TEXTS, hostile_ledger, written
from tests.markup import dangers
from tests.payloads import PAYLOADS
from tests.sizes import size

RECORD, EVENT = "nl-rotterdam-1", "nl-2022-11-01-told-to-stop"
PLAIN = (f"/s/{RECORD}", f"/e/{EVENT}", "/c/NL", "/v", "/changes")
VIEWS = (
    "/", f"/?record={RECORD}", f"/?event={EVENT}", "/?place=ES&layer=coverage", "/timeline",
    "/countries?place=NL", "/data?listed=100", "/about", *PLAIN, "/api",
)  # fmt: skip
FILES = ("/api/records.geojson", "/api/events.json", "/api/sources.json", "/feeds/events.atom",
         "/feeds/corrections.atom", "/sitemap.xml", f"/figure.svg?record={RECORD}")  # fmt: skip
#: values that are nearly right
ODD = (RECORD, EVENT, "es-madrid", "2022-13-45", "9999", "0000-00", "2022/2021", "00000000",
       "52.10_5.30_6", "-90.00_-180.00_9", "nan_inf_9")  # fmt: skip
SHIFTS = range(0, len(TEXTS), size(28, 7))
LINKS = size(300, 10_000)


def asked(app: object, address: str, **options: object) -> Answer:
    path, _mark, query = address.partition("?")
    return call(app, path, query=query.encode(), **options)  # type: ignore[arg-type]


def parsed(answer: Answer) -> None:
    """Read a file as programs do: what cannot be parsed is a fault."""
    kind = answer.headers["content-type"]
    if "json" in kind:
        json.loads(answer.body)
    elif "xml" in kind:
        ElementTree.fromstring(answer.body)


@pytest.mark.parametrize("shift", SHIFTS)
def test_no_cell_becomes_markup(shift: int, tmp_path: Path) -> None:
    usual = whole_app()
    files = hostile_ledger(tmp_path / "data", shift)
    assert written(files) > 2000
    app = whole_app(files.folder)
    for view in VIEWS:
        answer = asked(app, view)
        assert answer.status == 200, view
        scripts, faults = dangers(answer.text)
        assert faults == [], view
        assert scripts == dangers(asked(usual, view).text)[0], view
    for file in FILES:
        answer = asked(app, file)
        assert answer.status == 200, file
        parsed(answer)
        assert "<script" not in answer.text or "json" in answer.headers["content-type"], file


def test_a_cell_that_became_markup_would_be_seen() -> None:
    page = asked(whole_app(), "/about").text
    seen = [
        dangers(page.replace("</h2>", f"</h2>{payload.text}", 1)) != dangers(page)
        for payload in PAYLOADS
        if payload.text.startswith(("<img", "<script", "<svg onload", "<iframe", "<base", "<form"))
    ]
    assert len(seen) >= 7
    assert all(seen)


def _value(rng: random.Random, codes: tuple[str, ...]) -> bytes:
    kind = rng.randrange(6)
    if kind == 0 and codes:
        return rng.choice(codes).encode()
    if kind == 1:
        return quote_from_bytes(rng.choice(PAYLOADS).text.encode()).encode()
    if kind == 2:
        return rng.choice(PAYLOADS).text.encode("utf-8", "surrogatepass")
    if kind == 3:
        return bytes(rng.randrange(256) for _byte in range(rng.randrange(1, 40)))
    if kind == 4:
        return rng.choice((b"", b"%", b"%00", b"%ff%fe", b"%ed%a0%80", b"9" * 400, b"-1", b"1e999"))
    return rng.choice(ODD).encode()


def fuzzed(seed: int) -> tuple[str, bytes]:
    """Return path and query of a link that no page has written."""
    rng = random.Random(seed)
    rows = parameters()
    pairs = []
    for _pair in range(rng.randrange(6)):
        row = rng.choice(rows)
        name = row.name.encode() if rng.random() < 0.95 else _value(rng, ())
        pairs.append(name + rng.choice((b"=", b"=", b"=", b"", b"==")) + _value(rng, row.codes))
    text = rng.choice(PAYLOADS).text
    cheap = (*PLAIN, f"/s/{text}", f"/e/{text}", f"/c/{text}", f"/{text}", f"/feeds/{text}/x",
             "/api/records.csv", "/api/events.json", "/api/version", "/feeds/NL/events.atom",
             "/feeds/events.atom", "/robots.txt", "/api/" + text)  # fmt: skip
    dear = ("/", "/timeline", "/countries", "/data", "/about", "/figure.svg")
    path = rng.choice(dear if rng.random() < 0.1 else cheap)
    return path, rng.choice((b"&", b"&", b"&", b";", b"&&")).join(pairs)


@pytest.mark.no_cover
def test_no_fuzzed_link_breaks_a_route() -> None:
    app = whole_app()
    usual = {view: dangers(asked(app, view).text)[0] for view in ("/", f"/s/{RECORD}", "/v")}
    most = max(usual.values())
    statuses: dict[int, int] = {}
    for seed in range(LINKS):
        path, query = fuzzed(seed)
        answer = call(app, path, query=query, headers={"accept-encoding": "gzip"})
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        assert answer.status < 500, (path, query)
        if "html" in answer.headers.get("content-type", ""):
            scripts, faults = dangers(answer.text)
            assert faults == [], (path, query)
            assert scripts <= most, (path, query)
            assert "Traceback" not in answer.text
        elif answer.status == 200:
            parsed(answer)
    assert statuses[200] > LINKS / 3
    assert statuses[404] > LINKS / 10
