"""Addresses of which a part cannot be read: refused with the reason, or told in the file."""

from __future__ import annotations

import csv
import io
import json
import random
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from geo.link.parameters import parameters
from geo.link.permalink import encode
from tests.asgi import Answer, call
from tests.geo.api.data_app import APP, FEEDS, FILES, opened
from tests.geo.api.test_routes import random_state
from tests.sizes import size

ANSWERS = (*FILES, *FEEDS, "/api/version")
#: a query, and the name and the value that cannot be read
UNREAD = {
    "country=Atlantis": ("country", "Atlantis"),
    "contry=Atlantis": ("contry", "Atlantis"),
    "nonsense=1": ("nonsense", "1"),
    "country=NL&status=arrested%0d%0aSet-Cookie:x": ("status", "arrested\r\nSet-Cookie:x"),
    "from=2023&to=2022": ("from", "2023"),
    "certain=perhaps&from=2022": ("certain", "perhaps"),
    "asof=1999-13": ("asof", "1999-13"),
    "asof=2999-01-01": ("asof", "2999-01-01"),
    "v=00000000": ("v", "00000000"),
    "v=newest": ("v", "newest"),
    "q=" + "x" * 300: ("q", "x" * 300),
    "record=nl-nowhere-9": ("record", "nl-nowhere-9"),
    "lenient=perhaps": ("lenient", "perhaps"),
    "country=": ("country", ""),
    "country=NL&Status=%20": ("status", ""),
}


def asked(path: str, query: str = "") -> Answer:
    return call(APP, path, query=query.encode())


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def said(answer: Answer) -> list[str]:
    """The sentences of the header."""
    return [unquote(part) for part in answer.headers["x-atlas-notices"].split(", ")]


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("query", UNREAD)
def test_an_address_that_cannot_be_read_is_refused_with_the_reason(path: str, query: str) -> None:
    answer = asked(path, query)
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "content-disposition" not in answer.headers
    assert "set-cookie" not in answer.headers
    problem = json.loads(answer.body)
    assert (problem["status"], problem["type"]) == (400, "https://atlas.example:8501/api#unread")
    assert problem["title"]
    (part,) = problem["ignored"]
    name, value = UNREAD[query]
    assert (part["name"], "".join(part["value"].split())) == (name, "".join(value.split()))
    assert part["why"] in problem["detail"]
    assert "lenient=1" in problem["detail"]
    assert call(APP, path, query=query.encode(), method="HEAD").status == 400


def test_the_section_that_the_type_names_is_there() -> None:
    assert '<h2 id="unread">' in asked("/api").text


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("type=told_to_go", "type=told_to_stop"),
        ("status=told_to_go", "status=told_to_stop"),
        ("flag=xyzzy", None),
        ("xyzzy=1", None),
        ("v=00000000", None),
        ("record=nl-rotterdam-9", None),
    ],
)
def test_what_may_be_meant_is_suggested(query: str, meant: str | None) -> None:
    (part,) = json.loads(asked("/api/records.csv", query).body)["ignored"]
    assert part["suggestion"] == meant
    if meant:
        assert asked("/api/records.csv", meant).status == 200


@pytest.mark.parametrize("start", range(0, size(30, 300), 30))
def test_no_file_has_more_rows_than_its_address_asks_for(start: int) -> None:
    names = [row.name for row in parameters()]
    for seed in range(start, start + 30):
        chance = random.Random(seed)
        query = encode(random_state(seed))
        # digits alone may be a month without its hyphen
        wrong = f"{chance.choice(names)}=%C2%BFx{chance.randrange(10**6)}"
        if chance.random() < 0.5:
            wrong = f"z{chance.choice(names)}x{chance.randrange(10**6)}=1"
        path = chance.choice(FILES)
        both = f"{query}&{wrong}" if query else wrong
        if wrong.startswith("q=") and "q=" not in query:
            # every text is a search
            assert asked(path, both).status == 200
            continue
        assert asked(path, query).status == 200
        assert asked(path, both).status == 400, both
        lenient = asked(path, f"{both}&lenient=1")
        assert lenient.status == 200
        assert any(sentence.startswith("Ignored in this link: ") for sentence in said(lenient))


@pytest.mark.parametrize("path", ["/api/records.csv", "/api/events.csv"])
def test_the_first_column_says_what_a_lenient_file_ignored(path: str) -> None:
    answer, plain = (
        asked(path, f"country=NL{more}") for more in ("&flag=x&bom=maybe&lenient=1", "")
    )
    assert answer.status == 200
    found = rows(answer)
    assert next(iter(found[0])) == "ignored"
    cells = {row.pop("ignored") for row in found}
    assert found == rows(plain)
    assert cells == {" ".join(said(answer))}
    (cell,) = cells
    assert "flag=“x” (unknown value)" in cell
    assert "bom=“maybe” (its values are 0, 1)" in cell


@pytest.mark.parametrize("path", ["/api/records.geojson", "/api/events.json", "/api/sources.json"])
def test_a_member_says_what_a_lenient_file_ignored(path: str) -> None:
    answer, plain = (asked(path, f"country=NL{more}") for more in ("&flag=x&lenient=1", ""))
    content, usual = json.loads(answer.body), json.loads(plain.body)
    assert content.pop("notices")[0] == said(answer)[0]
    assert all("Ignored" not in notice for notice in usual.pop("notices"))
    assert content == usual


@pytest.mark.parametrize("path", FEEDS)
def test_the_subtitle_says_what_a_lenient_feed_ignored(path: str) -> None:
    feed = ElementTree.fromstring(asked(path, "flag=x&lenient=1").body)
    assert "flag=“x”" in feed.findtext("{*}subtitle", "")


@pytest.mark.parametrize("path", ANSWERS)
def test_lenient_changes_nothing_where_all_can_be_read(path: str) -> None:
    for value in ("0", "1"):
        lenient, strict = asked(path, f"country=NL&lenient={value}"), asked(path, "country=NL")
        assert lenient.body == strict.body
        assert lenient.headers["etag"] == strict.headers["etag"]
        assert dict(lenient.headers) == dict(strict.headers)


@pytest.mark.parametrize("path", FILES)
def test_a_lenient_file_is_named_by_what_is_in_it(path: str) -> None:
    lenient = asked(path, "country=NL&flag=x&lenient=1")
    for name in ("content-disposition",):
        assert lenient.headers[name] == asked(path, "country=NL").headers[name]
    assert lenient.headers["etag"] != asked(path, "country=NL").headers["etag"]


def test_a_header_of_notices_stays_short() -> None:
    query = "&".join(f"flag=nonsense{n}" for n in range(500))
    answer = asked("/api/events.json", f"{query}&lenient=1")
    assert len(answer.headers["x-atlas-notices"]) < 2100
    assert answer.headers["x-atlas-notices"].endswith("Further values were ignored.")
    assert len(json.loads(answer.body)["notices"]) == 21 + 1
    assert len(asked("/api/events.json", query).body) < 10_000


def test_what_trackers_add_is_no_reason_to_refuse() -> None:
    assert asked("/api/records.csv", "country=NL&utm_source=x&fbclid=y").status == 200


def test_a_version_that_is_not_shown_is_unread_and_not_in_links_of_files() -> None:
    moved_on = opened("v=00000000&country=NL")
    assert [one.name for one in moved_on.unread] == ["v"]
    assert not moved_on.served.version
    shown = opened(f"v={moved_on.dataset.version}")
    assert not shown.unread
    assert shown.served == shown.state


@pytest.mark.parametrize("kind", ["events", "said", "corrections"])
@pytest.mark.parametrize("query", ["country=DE", "country=NL&country=DE"])
def test_another_country_than_that_of_the_path_is_said(kind: str, query: str) -> None:
    path, sentence = (
        f"/feeds/NL/{kind}.atom",
        "country=“DE” (this is the address of another country).",
    )
    answer = call(APP, path, query=query.encode())
    assert answer.status == 400
    assert sentence in answer.text
    lenient = call(APP, path, query=f"{query}&lenient=1".encode())
    assert lenient.status == 200
    assert sentence in unquote(lenient.headers["x-atlas-notices"])
    assert sentence in lenient.text
    assert call(APP, path, query=b"country=NL").status == 200
