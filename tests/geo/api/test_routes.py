"""The data API: what the dashboard's files hold, under the link's parameters."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from geo.api.endpoints import API
from geo.configuration import Configuration
from geo.exports.file_names import file_name
from geo.exports.rows import RECORD_COLUMNS, Provenance
from geo.exports.selection_files import records_csv, records_geojson
from geo.link.permalink import State, encode
from geo.link.selection import Filters, Selection
from geo.model.dates import parse
from geo.web.bodies import PACKED
from geo.web.headers import content_disposition
from tests.asgi import Answer, call
from tests.entities import event, ledger, on, real, record, source
from tests.geo.api.data_app import APP, FEEDS, FILES, opened, serve, serve_things
from tests.geo.link.test_selection import random_filters
from tests.geo.releases.test_making import RECORD, SECOND, make, withhold
from tests.ledger_files import TODAY, LedgerFiles

PHRASE = "an unsayable phrase"
IMPRINT = Configuration().imprint


def asked(path: str, query: str = "", app: Any = APP, **headers: str) -> Answer:
    return call(
        app,
        path,
        query=query.encode(),
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def rows(answer: Answer) -> list[dict[str, str]]:
    text = answer.body.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


# what is in the files


def random_state(seed: int) -> State:
    chance = random.Random(seed)
    day = TODAY - timedelta(days=chance.randrange((TODAY - real().first_day).days))
    return State(filters=random_filters(seed), as_of=day if chance.random() < 0.6 else None)


def ids(state: State) -> tuple[list[str], list[str]]:
    selection: Selection = state.filters.select(on(state.as_of or TODAY))
    return [r.id for r in selection.records], [e.id for e in selection.events]


@pytest.mark.parametrize("start", range(0, 300, 30))
def test_every_file_holds_the_selection_of_the_link(start: int) -> None:
    sizes = set()
    for seed in range(start, start + 30):
        state = random_state(seed)
        query = encode(state)
        records, events = ids(state)
        sizes.add(len(events))
        assert [r["record"] for r in rows(asked("/api/records.csv", query))] == records
        geojson = json.loads(asked("/api/records.geojson", query).body)
        assert [f["id"] for f in geojson["features"]] == records
        assert [r["event"] for r in rows(asked("/api/events.csv", query))] == events
        answer = json.loads(asked("/api/events.json", query).body)
        assert [e["id"] for e in answer["events"]] == events
        assert answer["count"] + answer["repeats"] == len(events)
        assert answer["as_of"] == (state.as_of or TODAY).isoformat()
    assert len(sizes) > 3


@pytest.mark.parametrize("query", ["", "country=NL&asof=2022-12-05", "q=embassy&layer=coverage"])
def test_records_are_the_bytes_of_the_dashboards_files(query: str) -> None:
    address = opened(query)
    link = f"https://atlas.example:8501/?{encode(address.fixed)}"
    assert "asof=" in link
    assert f"v={real().version}" in link
    provenance = Provenance(link, IMPRINT, lambda path: f"https://atlas.example:8501{path}")
    body = asked("/api/records.csv", query).body
    assert body == records_csv(address.selection, provenance).encode("utf-8-sig")
    body = asked("/api/records.geojson", query).body
    assert body == records_geojson(address.selection, provenance).encode()


def test_cards_and_views_change_nothing() -> None:
    bare = asked("/api/events.json", "country=NL")
    dressed = asked(
        "/api/events.json", "country=NL&view=1_2_3&record=nl-amsterdam-1&utm_x=1&lang=en"
    )
    assert bare.body == dressed.body


def test_events_say_what_their_rows_say() -> None:
    lines = {row["event"]: row for row in rows(asked("/api/events.csv"))}
    events = json.loads(asked("/api/events.json").body)["events"]
    for said in events:
        row = lines[said["id"]]
        for name in ("said_on", "authority", "summary", "line", "quotation", "actor_type"):
            assert row[name].removeprefix("'") == said[name].removeprefix("'")
        assert row["note"].removeprefix("'") == (said["note"] or "").removeprefix("'")
        assert row["about"].split() == said["about"]
        assert row["marks"].split() == said["marks"]
        assert said["quotation"] == said["line"]
        for quote in said["quotes"]:
            assert quote["original"] in row["quotes"]
            assert (quote["translation"] or "") in row["quotes"]
            assert quote["source"] in said["sources"]
        assert row["quotes"].count("] / ") == max(0, len(said["quotes"]) - 1)
        assert row["repeat_of"] == (said["repeat_of"] or "")
        assert said["repeat"] == bool(said["repeat_of"])
        assert row["differs_from"].split() == said["differs_from"]
        assert row["sources"].split() == [s["url"] for s in said["sources"]]
        for name in ("said_on", "happened_on"):
            days, interval = said[f"{name}_interval"], said[name] and parse(said[name])
            assert bool(days) == bool(interval)
            if interval:
                assert days == {
                    "from": interval.first.isoformat(), "before": interval.end.isoformat()
                }  # fmt: skip
    assert any(e["repeat"] for e in events)
    assert any(e["note"] for e in events)
    assert any(e["marks"] for e in events)
    told = [quote for e in events for quote in e["quotes"]]
    assert len(told) == len(real().quotations)
    assert {quote["language"] for quote in told} >= {"ar", "en", "ko", "nl", "zh"}


def test_the_old_name_of_the_line_is_deprecated() -> None:
    assert "“quotation” is deprecated" in asked("/api/events.json").text
    assert "“quotation” is deprecated" not in asked("/api/sources.json").text
    described = json.loads(asked("/api/openapi.json").body)["components"]["schemas"]["Event"]
    assert described["properties"]["quotation"]["deprecated"] is True
    assert "deprecated" not in described["properties"]["line"]


def test_a_record_has_the_words_of_its_claim_and_of_its_answers() -> None:
    features = json.loads(asked("/api/records.geojson").body)["features"]
    lines = {row["record"]: row for row in rows(asked("/api/records.csv"))}
    columns = [name for name in RECORD_COLUMNS if name.endswith("_quotes")]
    assert len(columns) == 4
    told = [(f["properties"][name], lines[f["id"]][name]) for f in features for name in columns]
    assert all(cell == line.removeprefix("'") for cell, line in told)
    assert sum(bool(cell) for cell, _line in told) > 10
    assert any("translation by the atlas" in cell for cell, _line in told)


def test_a_past_day_tells_nothing_of_what_came_later() -> None:
    answer = json.loads(asked("/api/events.json", "asof=2022-12-31").body)
    public = {e["id"] for e in answer["events"]}
    assert not any(e["note"] for e in answer["events"])
    for said in answer["events"]:
        assert {said["repeat_of"] or said["id"], *said["differs_from"]} <= public


@pytest.mark.parametrize("query", ["", "country=NL", "status=told_to_stop&asof=2023-01-01"])
def test_every_page_that_a_row_cites_is_among_the_sources(query: str) -> None:
    listed = {s["url"] for s in json.loads(asked("/api/sources.json", query).body)["sources"]}
    cells = [r["sources"] for r in rows(asked("/api/records.csv", query))]
    cells += [r["sources"] for r in rows(asked("/api/events.csv", query))]
    assert {url for cell in cells for url in cell.split()} == listed


def test_files_are_named_by_their_selection() -> None:
    state = State(filters=Filters(country=("NL",), q='São "x"'))
    for path in FILES:
        said = asked(path, encode(state)).headers["content-disposition"]
        kind = {"/api/events.csv": "events", "/api/events.json": "events"}.get(path, "")
        kind = "sources" if "sources" in path else kind
        name = file_name(state, real().version, TODAY, path.rpartition(".")[2], kind)
        assert said == content_disposition(name, inline=path.endswith(".json"))


# how it is asked


@pytest.mark.parametrize("path", [a.path for a in API] + list(FEEDS))
def test_a_body_that_is_there_already_is_not_sent_again(path: str) -> None:
    for encoding in ("", "gzip", "br"):
        whole = asked(path, accept_encoding=encoding)
        assert whole.status == 200
        compressed = bool(encoding) and whole.headers["content-type"] not in PACKED
        assert ("content-encoding" in whole.headers) == compressed
        assert "Accept-Encoding" in whole.headers["vary"]
        modified = whole.headers["last-modified"]
        assert parsedate_to_datetime(modified).utcoffset() == timedelta(0)
        for condition in (
            {"if_none_match": whole.headers["etag"]},
            {"if_none_match": f'"x", W/{whole.headers["etag"]}'},
            {"if_none_match": "*"},
        ):
            again = asked(path, accept_encoding=encoding, **condition)
            assert (again.status, again.raw) == (304, b"")
            assert again.headers["access-control-allow-origin"] == "*"
            assert again.headers["etag"] == whole.headers["etag"]
        for condition in (
            {"if_none_match": '"x"', "if_modified_since": modified},
            {"if_modified_since": modified},
        ):
            assert asked(path, **condition).status == 200


@pytest.mark.parametrize("path", [a.path for a in API] + list(FEEDS) + ["/healthz"])
def test_head_is_get_without_its_body(path: str) -> None:
    whole, head = (call(APP, path, method=method) for method in ("GET", "HEAD"))
    assert head.raw == b""
    assert dict(head.headers) == dict(whole.headers)
    assert int(head.headers["content-length"]) == len(whole.raw) > 0


@pytest.mark.parametrize("path", [a.path for a in API] + list(FEEDS) + ["/api/nothing"])
def test_any_other_site_may_read(path: str) -> None:
    answer = asked(path, origin="https://elsewhere.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = {n.strip() for n in answer.headers["access-control-expose-headers"].split(",")}
    assert {"ETag", "Last-Modified", "Link", "X-Atlas-Notices"} <= exposed
    assert "access-control-allow-credentials" not in answer.headers
    before = call(APP, path, method="OPTIONS", headers={"origin": "https://elsewhere.example"})
    assert (before.status, before.raw) == (204, b"")
    assert before.headers["access-control-allow-origin"] == "*"
    assert before.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        refused = call(APP, path, method=method)
        assert refused.status == 405
        assert refused.headers["allow"] == "GET, HEAD, OPTIONS"
        assert "is read-only" in refused.text


@pytest.mark.parametrize("host", ["evil.example/x", "a b", "[", '"><script>', "a@b", ""])
def test_a_strange_host_stands_in_no_link(host: str) -> None:
    answer = asked("/api/records.csv", "country=NL", host=host)
    (selection,) = {row["selection"] for row in rows(answer)}
    assert selection.startswith("/?country=NL&asof=")
    link = rows(answer)[0]["link"]
    assert re.fullmatch(r"/s/[a-z0-9-]+\?asof=[0-9-]+&v=[0-9a-f]{8}", link)
    for path in ("/feeds/events.atom", "/api", "/api/version"):
        found = asked(path, host=host)
        assert found.status == 200
        assert not host or f"//{host}" not in found.text


def test_two_hosts_do_not_get_each_others_links() -> None:
    for host in ("atlas.example:8501", "one.example", "two.example", "atlas.example:8501"):
        text = asked("/api/records.csv", "country=NL", host=host).body.decode("utf-8-sig")
        assert "/?country=NL" in text
        assert set(re.findall(r"https://\w+\.example\S*?/", text)) <= {f"https://{host}/"}
        assert ("https://atlas.example:8501/?country=NL" in text) == (host[0] == "a")
        assert "one.example" not in text
        assert "two.example" not in text


def test_an_address_that_nobody_knows_says_so() -> None:
    answer = asked("/api/records.xml")
    assert answer.status == 404
    said = json.loads(answer.body)
    assert said["detail"] == said["error"] == "The data API has no such address."
    assert answer.headers["content-type"] == "application/problem+json"
    assert (said["type"], said["title"], said["status"]) == ("about:blank", "Not Found", 404)
    assert "/api/records.csv" in said["endpoints"]
    assert asked("/feeds/XX/events.atom").status == 404
    said = json.loads(asked("/feeds/nl/events.atom").body)
    assert said["detail"] == "No country has this code."


# which ledger


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> LedgerFiles:
    """A ledger whose newest words differ from its release, a part of them withheld."""
    files = LedgerFiles(tmp_path_factory.mktemp("released") / "data")
    files.edit("stations", RECORD, summary=f"First: {PHRASE}.")
    files.edit("stations", "ao-1", summary="Words of the release.")
    make(files)
    files.edit("stations", "ao-1", summary="Words of today.")
    withhold(files, "field", RECORD, "summary")
    make(files, SECOND, {"ao-1": "Clearer"})
    return files


def test_a_release_is_answered_by_its_version(released: LedgerFiles) -> None:
    app = serve(released.folder)
    newest = json.loads(asked("/api/version", app=app).body)
    assert [r["number"] for r in newest["releases"]] == [1, 2]
    old = newest["releases"][0]["version"]
    assert newest["version"] == newest["releases"][1]["version"] != old
    pinned = asked("/api/version", f"v={old}", app=app)
    assert json.loads(pinned.body)["version"] == old
    # asked on one day and by one ledger, so a later entry of the register is no secret
    for path in FILES:
        answer = asked(path, f"v={old}&country=AO", app=app)
        said = unquote(answer.headers["x-atlas-notices"])
        assert f"Made from the ledger released on 1 September 2026 ({old})." in said
        assert "1 of the records shown has changed since." in said
        assert f"v{old}" in answer.headers["content-disposition"]
    summaries = {
        version: rows(asked("/api/records.csv", f"country=AO&v={version}", app=app))[0]["summary"]
        for version in (old, f"v{old}", newest["version"])
    }
    assert summaries == {
        old: "Words of the release.",
        f"v{old}": "Words of the release.",
        newest["version"]: "Words of today.",
    }
    assert asked("/api/records.csv", "v=00000000", app=app).status == 400
    moved_on = asked("/api/records.csv", "v=00000000&lenient=1", app=app)
    assert "The ledger has changed since" in unquote(moved_on.headers["x-atlas-notices"])
    assert {row["summary"] for row in rows(moved_on)} > {"Words of today."}


def test_what_is_withheld_is_nowhere(released: LedgerFiles) -> None:
    app = serve(released.folder)
    versions = [r["version"] for r in json.loads(asked("/api/version", app=app).body)["releases"]]
    for path in (*FILES, *FEEDS, "/api/version"):
        for query in ("", *(f"v={v}" for v in versions), f"q={PHRASE.replace(' ', '+')}"):
            answer = asked(path, query, app=app)
            assert answer.status == 200
            # a search is said back in the link, and nowhere else
            text = answer.readable.replace("unsayable%20phrase", "")
            assert PHRASE not in text, (path, query)


def test_what_is_withheld_from_now_on_is_gone_at_once(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    files.edit("stations", RECORD, summary=f"Record: {PHRASE}.")
    app = serve(files.folder)
    before = asked("/api/records.csv", app=app)
    assert PHRASE in before.text
    withhold(files, "record", RECORD)
    after = asked("/api/records.csv", app=app, if_none_match=before.headers["etag"])
    assert after.status == 200
    assert PHRASE not in after.text
    assert RECORD not in after.text


def test_a_ledger_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    app = serve(tmp_path / "nowhere")
    for path in (*FILES, *FEEDS, "/api/version", "/api", "/healthz"):
        answer = asked(path, app=app)
        assert answer.status == 503
        assert answer.headers["cache-control"] == "no-store"
        said = answer.text if path == "/api" else json.loads(answer.body)["error"]
        assert said.startswith("The folder “nowhere” contains no ledger"), path


def test_health_is_told_and_never_kept() -> None:
    answer = asked("/healthz")
    assert json.loads(answer.body) == {
        "status": "ok",
        "version": real().version,
        "set_aside": {},
        "refused": [],
        "lifted": 0,
    }
    assert answer.headers["cache-control"] == "no-store"


def test_hostile_cells_stay_text() -> None:
    cell = '=HYPERLINK("x"),<script>alert(1)</script> & ]]> \u2028\x00'
    made = ledger(
        [event("a", summary=cell, authority=cell)],
        [record(summary=cell)],
        [source(url="javascript:alert(1)", archive_url="data:x", publisher=cell, title=cell)],
    )
    app = serve_things(made)
    (line,) = rows(asked("/api/events.csv", app=app))
    assert line["summary"] == line["authority"] == f"'{cell}"
    (feature,) = json.loads(asked("/api/records.geojson", app=app).body)["features"]
    assert feature["properties"]["claim"] == cell
    (said,) = json.loads(asked("/api/events.json", app=app).body)["events"]
    assert said["summary"] == cell
    (page,) = json.loads(asked("/api/sources.json", app=app).body)["sources"]
    assert (page["url"], page["archive_url"], page["title"]) == (None, None, cell)
    for path in (*FILES, *FEEDS):
        assert "javascript:" not in asked(path, app=app).readable
    assert "<script" not in asked("/api", "q=<script>", app=app).text


def test_a_publisher_is_named_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_PUBLISHER", "The & Desk")
    for path in FILES:
        assert "Published by The & Desk." in unescape(asked(path).readable)
    assert "<name>The &amp; Desk</name>" in asked("/feeds/events.atom").text
    assert "Published by The &amp; Desk." in asked("/api").text


def test_the_link_of_a_file_is_the_view_without_its_card() -> None:
    address = opened("country=NL&record=nl-amsterdam-1&view=1_2_3&layer=coverage")
    assert address.fixed == replace(
        State(filters=Filters(country=("NL",))),
        layer="coverage",
        as_of=TODAY,
        version=real().version,
    )
