"""The plain pages: whole without a script, signed, and silent about what is withheld."""

from __future__ import annotations

import hashlib
import random
import re
from base64 import b64decode
from datetime import date, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from geo.link.parameters import facets
from geo.link.permalink import State, encode
from geo.link.selection import Filters
from geo.model.names import country_name
from geo.web.plain_pages import POLICY
from geo.words.permanent_lines import MEANING, NOT_MEANING
from geo.words.sentences import latest_line, latest_word, place
from tests.asgi import call
from tests.entities import on, real
from tests.geo.web.share_app import PAGES, Page, app, read
from tests.ledger_files import TODAY, LedgerFiles
from tests.markup import straight

RECORD, EVENT, CLAIM = "nl-rotterdam-1", "nl-2022-11-01-told-to-stop", "nl-2022-10-25-claim"
HOST = "https://atlas.example:8501"
RECORDS = sorted(r.id for r in on(TODAY).records)
COUNTRIES = sorted(on(TODAY).countries)


def whole(page: Page) -> None:
    """What every plain page holds."""
    assert page.title.endswith("Alleged Stations Atlas")
    assert len(page.meta["description"]) > 40
    assert page.meta["og:title"] == page.title
    assert page.meta["og:url"] == page.canonical
    assert page.canonical.startswith(HOST)
    assert page.meta["og:image"] == HOST + page.picture["src"]
    assert (page.picture["width"], page.picture["height"]) == ("1200", "630")
    assert page.picture["alt"] == page.meta["og:image:alt"] == page.meta["description"]
    assert page.picture["src"].startswith("/preview.png")
    assert page.scripts == ["application/ld+json"]
    assert not [n for n, _value in page.attributes if n.startswith("on") or n == "style"]
    assert page.text.count(MEANING) == page.text.count(NOT_MEANING) == 1
    assert f"Ledger {real().version}" in page.text or f"version {real().version}" in page.text
    assert "Published by The Publisher." in page.text
    assert page.text.count(f"data set, ledger version {real().version}, as of") == 1
    assert page.elements.count("h1") == page.elements.count("style") == 1
    data = page.described
    ledger = data["isPartOf"]
    assert data["@type"] in ("Dataset", "WebPage")
    assert ledger["@type"] == "Dataset"
    assert {one["version"] for one in (data, ledger)} == {real().version}
    assert data["dateModified"] == real().last_checked
    files = data if data["@type"] == "Dataset" else ledger
    assert [urlsplit(d["contentUrl"]).path for d in files["distribution"]] == [
        "/api/records.csv",
        "/api/records.geojson",
    ]


@pytest.mark.parametrize("record_id", RECORDS)
def test_a_record_is_whole_without_a_script(record_id: str) -> None:
    page, snapshot = read(f"/s/{record_id}"), on(TODAY)
    whole(page)
    record = real().records_by_id[record_id]
    standing = snapshot.standing(record)
    claim = standing.claim
    assert page.canonical == f"{HOST}/s/{record_id}"
    assert page.picture["src"] == f"/preview.png?record={record_id}"
    assert f"/?record={record_id}" in page.links
    assert straight(claim.authority[1:]) in straight(page.rows["claim"][0])
    assert straight(claim.summary) in straight(page.rows["claim"][0])
    answers = page.rows["answer"]
    assert len(answers) == 3
    found = (standing.host_answer, standing.china_answer, standing.named_answer)
    for row, event in zip(answers, found, strict=True):
        words = event.summary if event else "None found in the sources consulted (last checked"
        assert straight(words) in straight(row)
    (first,) = page.rows["latest"]
    assert all(straight(words) in straight(first) for words in latest_line(standing))
    cited = set(record.sources) | {i for e in snapshot.about(record) for i in e.sources}
    for source in (real().sources[i] for i in cited):
        assert (source.archive_url or source.url) in page.links
    order = [
        "Latest word", "Claim", "Host authorities", "China", "People or bodies named",
        "Chronology", "Sources",
    ]  # fmt: skip
    heads = [re.search(rf"<h2[^>]*>{name}\b", page.html).start() for name in order]  # type: ignore[union-attr]
    assert heads == sorted(heads)


@pytest.mark.parametrize("code", [*COUNTRIES, "CN", "EU", "FJ"])
def test_a_country_is_whole_without_a_script(code: str) -> None:
    page, snapshot = read(f"/c/{code}"), on(TODAY)
    whole(page)
    assert page.canonical == f"{HOST}/c/{code}"
    assert country_name(code) in page.text
    for record in (r for r in snapshot.records if r.host_country == code):
        assert f"/s/{record.id}" in page.links
        assert straight(latest_word(record, snapshot)) in straight(page.text)
    for event in (e for e in snapshot.events if e.country == code and not e.repeat_of):
        assert straight(event.summary) in straight(page.text), event.id
        addresses = {
            (real().sources[i].archive_url or real().sources[i].url) for i in event.sources
        }
        assert addresses <= set(page.links), event.id
    if code in COUNTRIES:
        # the claims, and the three sides, whether they have answered or not
        for row in ("claim", "answer", "china", "named"):
            (said,) = page.rows[row]
            assert len(said.split()) > 8, row
    assert not page.noindex


@pytest.mark.parametrize(
    ("path", "query", "feed"),
    [
        (f"/s/{RECORD}", "asof=2023-01-01", f"/feeds/records/{RECORD}.atom"),
        (f"/e/{EVENT}", "", "/feeds/NL/events.atom"),
        ("/c/FR", "", "/feeds/FR/events.atom"),
        ("/v", "status=told_to_stop&asof=2023-01-01", "/feeds/events.atom?status=told_to_stop"),
    ],
)
def test_every_page_can_be_followed(path: str, query: str, feed: str) -> None:
    page = read(path, query)
    assert feed in page.links
    assert page.followed == feed
    # the keyboard's first stop leads past the head
    assert page.links[0] == "#main"
    assert ("id", "main") in page.attributes


def test_a_country_without_a_claim_says_so() -> None:
    page = read("/c/FJ")
    assert "No record; no authority’s statement found." in page.text
    assert "Claims about" not in page.title


def test_every_event_has_a_page() -> None:
    for event in on(TODAY).events[::4]:
        page = read(f"/e/{event.id}")
        whole(page)
        assert straight(event.summary) in straight(page.rows["claim"][0])
        assert straight(event.authority[1:]) in straight(page.text)
        for record_id in event.about_records:
            assert f"/s/{record_id}" in page.links


@pytest.mark.parametrize("path", ["/s/nope-1", "/e/nope", "/c/XX", "/c/ZZ", "/c/xx", f"/s/{EVENT}"])
def test_what_the_ledger_does_not_hold_is_a_404_with_help(path: str) -> None:
    answer = call(app(), path)
    assert answer.status == 404
    assert "Page not found" in answer.text
    for known in (*PAGES, "/v", "/changes"):
        assert f'href="{known}"' in answer.text
    assert "/s/…" in answer.text


def test_the_policy_allows_no_script_and_names_the_style() -> None:
    answer = call(app(), f"/s/{RECORD}")
    assert answer.headers["content-security-policy"] == POLICY
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    (digest,) = re.findall(r"style-src 'sha256-([^']+)'", POLICY)
    assert b64decode(digest) == hashlib.sha256(style.encode()).digest()
    assert "script-src" not in POLICY
    assert "default-src 'none'" in POLICY
    assert not re.search(r"(?:src|href)=\"(?!/|https?://|mailto:|#)", answer.text)
    assert "url(" not in style
    again = call(app(), f"/s/{RECORD}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status == 304


# another day, another version


def test_a_past_day_shows_that_day() -> None:
    page = read(f"/s/{RECORD}", "asof=2022-10-26")
    whole_day = on(date(2022, 10, 26))
    record = real().records_by_id[RECORD]
    assert straight(latest_line(whole_day.standing(record))[0]) in straight(page.text)
    assert "Showing what had been said in public by the end of 26 October 2022." in page.text
    assert "later entries" in page.text
    later = [e for e in on(TODAY).about(record) if not e.public_by(whole_day.day)]
    assert later
    assert not [e.id for e in later if straight(e.summary) in straight(page.text)]
    assert page.canonical == f"{HOST}/s/{RECORD}?asof=2022-10-26"
    assert page.picture["src"] == f"/preview.png?asof=2022-10-26&record={RECORD}"
    # the day goes along to every other plain page
    own = [link for link in page.links if re.match(r"/[sec]/", link)]
    assert own
    assert all("asof=2022-10-26" in link or link == f"/s/{RECORD}" for link in own)


def test_before_its_claim_a_record_is_not_reported_yet() -> None:
    record = real().records_by_id[RECORD]
    claim = on(TODAY).claims(record)[0]
    page = read(f"/s/{RECORD}", f"asof={claim.said.first - timedelta(days=1)}")
    assert "no claim had been made by" in page.text
    assert straight(claim.summary) not in straight(unescape(page.html))
    assert straight(claim.authority) not in straight(unescape(page.html))
    event = real().events_by_id[EVENT]
    page = read(f"/e/{EVENT}", f"asof={event.said.first - timedelta(days=1)}")
    assert "was not yet public" in page.text
    assert straight(event.summary) not in straight(unescape(page.html))


def test_what_is_wrong_with_a_link_is_said_and_its_filters_go_to_the_atlas() -> None:
    page = read(f"/s/{RECORD}", "country=FR&status=nope&record=fr-paris-1&v=00000000")
    assert "Ignored in this link: status=“nope”" in page.text
    assert "00000000" in page.text
    assert page.canonical == f"{HOST}/s/{RECORD}?v=00000000"
    assert f"/?country=FR&record={RECORD}&v=00000000" in page.links
    many = read("/v", "&".join(f"status=no{n}" for n in range(50)))
    assert "Further values were ignored." in many.text


# what may not be shown


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "data")


@pytest.mark.parametrize(
    ("kind", "path", "code"), [("record", "/s/", RECORD), ("event", "/e/", EVENT)]
)
def test_what_is_withheld_is_gone_and_nothing_of_it_is_said(
    files: LedgerFiles, kind: str, path: str, code: str
) -> None:
    files.add("withheld", kind=kind, id=code, field="", since="2026-10-02", ground="legal")
    answer = call(app(files.folder), path + code)
    assert answer.status == 410
    name = "record" if kind == "record" else "entry"
    assert f"The {name} in this link was withdrawn on 2 October 2026." in answer.text
    said = [code, "Rotterdam", "Netherlands", "Safeguard"]
    said += [e.summary for e in real().events if code in (e.id, *e.about)]
    shown = straight(unescape(answer.text))
    assert [words for words in said if straight(words) in shown] == []
    for other in ("/v", "/c/NL", "/sitemap.xml"):
        assert code not in call(app(files.folder), other).text


def test_hostile_cells_are_text(files: LedgerFiles) -> None:
    hostile = "</script></style><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
    files.edit("stations", RECORD, summary=hostile, host_city=hostile[:40])
    files.edit("investigations", EVENT, summary=hostile, authority=hostile)
    (row,) = [r for r in files.rows("investigations") if r["id"] == EVENT]
    source = row["source_ids"].split()[0]
    files.edit("sources", source, title=hostile, publisher=hostile)
    application = app(files.folder)
    query = 'q=</script><img src=x onerror="alert(3)">'
    for path, asked in ((f"/e/{EVENT}", ""), ("/c/NL", ""), ("/v", ""), ("/v", query)):
        page = read(path, asked, application)
        assert page.scripts == ["application/ld+json"]
        assert page.described["@type"] == ("Dataset" if path == "/v" else "WebPage")
        assert page.elements.count("img") == page.elements.count("style") == 1
        assert not [n for n, _v in page.attributes if n.startswith("on")]
    assert hostile in read(f"/e/{EVENT}", "", application).text
    assert "alert(3)" not in page.title + page.meta["description"] + page.data


# selections


@cache
def filters(seed: int) -> Filters:
    chance = random.Random(seed)
    picked = {
        row.name: tuple(chance.sample(row.codes, min(len(row.codes), chance.randint(1, 4))))
        for row in facets()
        if chance.random() < 0.25
    }
    if "country" in picked:
        picked["country"] = tuple(chance.sample(COUNTRIES, 8))
    ordered = {
        row.name: tuple(c for c in row.codes if c in picked.get(row.name, ())) for row in facets()
    }
    return Filters().replace(
        **ordered, q=chance.choice(["", "", "", "police", "embassy", "zürich"])
    )


@pytest.mark.parametrize("seed", range(36))
def test_a_selection_holds_its_records_and_entries(seed: int) -> None:
    state = State(filters=filters(seed), as_of=date(2023, 6, 1) if seed % 3 == 0 else None)
    page = read("/v", encode(state))
    selection = state.filters.select(on(state.as_of or TODAY))
    assert sorted(page.ids) == sorted(r.id for r in selection.records)
    shown = [value for name, value in page.attributes if name == "data-event"]
    assert len(shown) == min(200, len(selection.events))
    assert set(shown) <= {e.id for e in selection.events}
    for record in selection.records:
        assert straight(place(record)) in straight(page.text)
        assert straight(latest_word(record, selection.snapshot)) in straight(page.text)
    whole(page)
    assert page.noindex
    query = f"?{encode(state)}" if encode(state) else ""
    files = [f"/api/{n}{query}" for n in ("records.csv", "records.geojson", "events.csv")]
    assert set(files) <= set(page.links)
    assert page.described["distribution"][0]["contentUrl"] == HOST + files[0]


# what has changed


def released(files: LedgerFiles, day: date, **reasons: str) -> str:
    named = {name.replace("_", "-"): reason for name, reason in reasons.items()}
    return files.release(day, named).name.rpartition("-")[2]


def test_changes_name_the_record_and_show_old_and_new(files: LedgerFiles) -> None:
    version = released(files, date(2026, 9, 1))
    old = real().records_by_id[RECORD].summary
    files.edit("stations", RECORD, summary="Other words.")
    released(files, date(2026, 10, 1), nl_rotterdam_1="Said too much")
    application = app(files.folder)
    page = read("/changes", f"country=NL&v={version}", application)
    assert page.ids == [RECORD]
    assert straight(old) in straight(page.text)
    assert "Other words." in page.text
    assert "Reason: Said too much" in page.text
    assert "1 of the records shown has changed since." in page.text
    assert f"/v?country=NL&v={version}" in page.links
    assert "/v?country=NL" in page.links
    assert page.noindex
    then = read(f"/s/{RECORD}", f"v={version}", application)
    assert straight(old) in straight(then.text)
    # the register tells of the correction; the record itself is as it was
    assert then.text.count("Other words.") == then.text.count("→ Other words.") == 1
    assert f"/changes?record={RECORD}&v={version}" in then.links
    assert then.noindex
    of_record = read("/changes", f"record={RECORD}&v={version}", application)
    assert of_record.ids == [RECORD]
    assert f"/s/{RECORD}?v={version}" in of_record.links
    unchanged = read("/changes", f"record=fr-paris-1&v={version}", application)
    assert unchanged.ids == []
    assert "None of the records shown has changed since." in unchanged.text
    # the rest of the selection is one click away
    assert f"/changes?v={version}" in unchanged.links


def test_what_is_withheld_by_now_is_in_no_release(files: LedgerFiles) -> None:
    version = released(files, date(2026, 9, 1))
    files.edit("stations", RECORD, summary="Other words.")
    files.add("withheld", kind="record", id=RECORD, field="", since="2026-10-02", ground="legal")
    application = app(files.folder)
    assert call(application, f"/s/{RECORD}", query=f"v={version}".encode()).status == 410
    for path in ("/changes", "/v", "/c/NL"):
        assert "rotterdam-1" not in read(path, f"v={version}", application).html
    # by kind alone, and none of the records that are shown has changed
    told = read("/changes", f"v={version}", application).text
    assert "Withdrawn since: 1 record. None of the records shown has changed since." in told


def test_what_fails_its_checks_is_in_no_comparison(files: LedgerFiles) -> None:
    version = released(files, date(2026, 9, 1))
    files.edit("investigations", EVENT, summary="An unsayable phrase.", said_on="2022-13")
    told = read("/changes", f"v={version}", app(files.folder))
    assert "unsayable" not in told.html
    assert EVENT not in told.html
    assert "Entry withheld" in told.text


def test_a_row_that_is_gone_is_compared_once_its_removal_is_public(files: LedgerFiles) -> None:
    version = released(files, date(2026, 9, 1))
    event = "gb-2023-06-inquiry-closed"
    files.drop("investigations", event)
    named = read("/changes", f"v={version}", app(files.folder)).html.count(event)
    files.release(date(2026, 10, 1), {event: "Said by nobody."})
    told = read("/changes", f"v={version}", app(files.folder)).html
    assert (named, told.count(event) > 0) == (0, True)


def test_without_a_release_there_is_nothing_to_compare() -> None:
    assert "names no release of the ledger" in read("/changes").text
    assert "names no release of the ledger" in read("/changes", "v=00000000").text
    assert "nothing has changed" in read("/changes", f"v={real().version}").text


def test_a_ledger_that_cannot_be_read_is_said_in_a_sentence(files: LedgerFiles) -> None:
    (files.folder / "withheld.csv").unlink()
    for path in (f"/s/{RECORD}", "/v", "/c/NL", "/sitemap.xml"):
        answer = call(app(files.folder), path)
        assert answer.status == 503
        assert "withheld.csv" in answer.text


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("/c/NL", "country=IE", "country=“IE” (this is the address of another country)"),
        ("/s/" + RECORD, "record=nl-amsterdam-1", "record=“nl-amsterdam-1” (this is the address"),
        ("/e/" + EVENT, "place=NL", "place=“NL” (this is the address of another card)"),
    ],
)
def test_what_the_path_says_otherwise_is_said(path: str, query: str, said: str) -> None:
    assert f"Ignored in this link: {said}" in read(path, query).text
    # filters lead back from a card to its selection
    for silent in ("", "country=NL"):
        assert "Ignored in this link" not in read(path, silent).text
