"""Feeds: valid Atom, stable ids, signed words, and nothing that may not be said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from geo.exports.feeds import NEWEST
from geo.ledger.marks import MARKS, marks
from geo.link.parameters import parameter
from geo.model.dates import parse, spoken
from geo.words.permanent_lines import MEANING, NOT_MEANING
from tests.asgi import call
from tests.entities import event, ledger, on, real, record, source
from tests.geo.api.data_app import APP, FEEDS, serve, serve_things
from tests.geo.releases.test_making import RECORD, SECOND, THIRD, make, withhold
from tests.ledger_files import FIRST, TODAY, LedgerFiles

ATOM = {"a": "http://www.w3.org/2005/Atom"}
PHRASE = "an unsayable phrase"


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))


def tree(path: str, query: str = "", app: object = APP) -> etree._Element:
    """Fetch a feed and check it against RFC 4287."""
    answer = call(app, path, query=query.encode())  # type: ignore[arg-type]
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.body)
    grammar().assertValid(feed)
    # what the grammar of the RFC leaves to its text: appendix B's rules and section 4.1
    assert feed.xpath("count(a:author)", namespaces=ATOM) >= 1
    assert len(feed.xpath("a:link[@rel='self']", namespaces=ATOM)) == 1
    for one in [feed, *feed.findall("a:entry", ATOM)]:
        assert len(one.xpath("a:link[@rel='alternate']", namespaces=ATOM)) == 1
    ids = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids)
    read = feedparser.parse(answer.body)
    assert not read.bozo, read.get("bozo_exception")
    assert len(read.entries) == len(feed.findall("a:entry", ATOM))
    return feed


def texts(feed: etree._Element, path: str) -> list[str]:
    return [str(found) for found in feed.xpath(path, namespaces=ATOM)]


def test_the_grammar_tells_a_feed_from_what_is_none() -> None:
    body = call(APP, "/feeds/NL/events.atom").text
    for right, wrong in (
        ("<updated>", "<updated>x"),
        ('rel="self"', 'relation="self"'),
        ("<title>", "<title/><title>"),
    ):
        assert right in body
        assert not grammar().validate(etree.fromstring(body.replace(right, wrong).encode()))


# valid


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=told_to_stop",
        "asof=2022-12-05",
        "q=%F0%9F%91%AE%00%01",
        "flag=x&v=zz&utm=1&lenient=1",
    ],
)
def test_every_feed_is_valid_whatever_is_asked(path: str, query: str) -> None:
    feed = tree(path, query)
    subtitle = feed.findtext("a:subtitle", namespaces=ATOM)
    assert subtitle.startswith(f"{MEANING} {NOT_MEANING}")
    assert "CC BY 4.0" in feed.findtext("a:rights", namespaces=ATOM)
    assert feed.findtext("a:generator", namespaces=ATOM) == "Alleged Stations Atlas"


@pytest.mark.parametrize("code", ["NL", "EU", "ZZ", "CN", "GB"])
def test_every_country_has_its_feeds(code: str) -> None:
    assert code in parameter("country").codes
    shown = {e.country for e in real().events if e.country == code}
    feed = tree(f"/feeds/{code}/events.atom", f"country={code}")
    terms = set(texts(feed, "//a:category/@term")) & set(parameter("country").codes)
    assert terms == shown
    tree(f"/feeds/{code}/corrections.atom")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=30))
def test_no_character_breaks_a_feed(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    made = ledger(
        [event("a", authority=text, summary=text)],
        [record()],
        [source(publisher=text, title=text, url=f"https://example.org/{text}")],
    )
    feed = tree("/feeds/events.atom", app=serve_things(made))
    # the record, and the event about it
    assert len(feed.findall("a:entry", ATOM)) == 2


# what it says


def test_the_newest_events_come_first_and_no_more_than_fifty() -> None:
    events = sorted(on(TODAY).events, key=lambda e: e.said.end, reverse=True)[:NEWEST]
    feed = tree("/feeds/said.atom")
    # never in the future: what was said today has the beginning of the day
    assert texts(feed, "a:entry/a:updated/text()") == [f"{e.said.last}T00:00:00Z" for e in events]
    assert feed.findtext("a:updated", namespaces=ATOM) == f"{events[0].said.last}T00:00:00Z"


def test_an_entry_is_signed_dated_and_sourced() -> None:
    events = {f"/e/{e.id}": e for e in real().events}
    for path in ("/feeds/NL/events.atom", "/feeds/events.atom", "/feeds/said.atom"):
        for entry in tree(path).findall("a:entry", ATOM):
            (address,) = texts(entry, "a:link[@rel='alternate']/@href")
            told = events.get(address.removeprefix("https://atlas.example:8501"))
            if told is None:
                assert "/s/" in address
                continue
            title = entry.findtext("a:title", namespaces=ATOM)
            summary = entry.findtext("a:summary", namespaces=ATOM)
            when = spoken(told.said.text)
            assert title.lower().startswith(f"{told.authority}, {when}:".lower())
            limits = "; ".join(MARKS[code] for code in marks(told, on(TODAY)))
            speaker = f"{told.authority} ({limits})" if limits else told.authority
            assert f", {speaker}: {told.summary}" in summary
            assert when.split()[-1] in summary
            assert "[about " in summary or "[worldwide]" in summary
            pages = [real().sources[i] for i in told.sources]
            assert texts(entry, "a:link[@rel='via']/@href") == [p.url for p in pages]
            assert all(p.publisher in summary for p in pages)
            assert ("restates another entry" in title) == bool(told.repeat_of)
            updated = entry.findtext("a:updated", namespaces=ATOM)
            # the frozen ledger has no register of entry
            assert updated == f"{parse(told.said.text).last}T00:00:00Z"


def test_a_view_can_be_followed() -> None:
    feed = tree("/feeds/events.atom", "country=NL&type=told_to_stop&record=nl-amsterdam-1")
    base = "https://atlas.example:8501"
    query = "country=NL&type=told_to_stop"
    assert texts(feed, "a:link[@rel='self']/@href") == [f"{base}/feeds/events.atom?{query}"]
    assert texts(feed, "a:link[@rel='alternate']/@href") == [f"{base}/timeline?{query}"]
    assert "Host country: Netherlands" in feed.findtext("a:title", namespaces=ATOM)
    own = tree("/feeds/NL/events.atom", "type=told_to_stop")
    assert texts(own, "a:link[@rel='self']/@href") == [
        f"{base}/feeds/NL/events.atom?type=told_to_stop"
    ]
    assert texts(own, "//a:id/text()") == texts(feed, "//a:id/text()")


def test_nobody_can_make_a_title_speak_in_the_atlas_name() -> None:
    feed = tree("/feeds/events.atom", "q=they+are+guilty")
    assert "guilty" not in feed.findtext("a:title", namespaces=ATOM)


# stable


@pytest.mark.parametrize("path", FEEDS)
def test_two_servers_give_the_same_ids(path: str, tmp_path: Path) -> None:
    other = LedgerFiles(tmp_path / "elsewhere")
    other.edit("stations", RECORD, summary="Other words.")
    one, two = (
        etree.fromstring(call(app, path, headers={"host": host}).body)
        for app, host in ((APP, "one.example"), (serve(other.folder), "two.example:81"))
    )
    assert texts(one, "//a:id/text()") == texts(two, "//a:id/text()")
    assert texts(one, "//a:updated/text()") == texts(two, "//a:updated/text()")


def test_ids_are_kept_for_good() -> None:
    # if this fails, every feed reader would show every entry as new: mend the code, not the test
    feed = tree("/feeds/events.atom", "country=NL&type=told_to_stop")
    assert texts(feed, "a:id/text()") == ["urn:uuid:a6fb94ee-328d-58bf-b020-e740b0332dc6"]
    pages = texts(feed, "a:entry/a:link[@rel='alternate']/@href")
    names = [page.rpartition("/")[2] for page in pages]
    assert dict(zip(names, texts(feed, "a:entry/a:id/text()"), strict=True)) == {
        "nl-2022-11-01-told-to-stop": "urn:uuid:a9166ca8-5c4f-5584-aa47-d84995762f8c",
        "nl-amsterdam-1": "urn:uuid:e2a82b9f-a5ed-5ac7-9eba-1b1276976869",
        "nl-rotterdam-1": "urn:uuid:6c4aa010-1609-5cfb-9bf9-e9295e2aaf14",
    }


# corrections


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> LedgerFiles:
    files = LedgerFiles(tmp_path_factory.mktemp("corrected") / "data")
    files.edit("stations", "nl-amsterdam-1", summary=f"First: {PHRASE}.")
    make(files, FIRST)
    files.edit("stations", RECORD, summary="Second words.")
    files.edit("stations", "nl-amsterdam-1", summary=f"Second: {PHRASE}.")
    files.edit("stations", "ao-1", summary="Words on Angola.")
    files.drop("counts", "br-ngo-2022-12")
    reasons = {
        RECORD: "Said too much", "ao-1": "Clearer", "br-ngo-2022-12": "Twice",
        "nl-amsterdam-1": f"Why: {PHRASE}",
    }  # fmt: skip
    make(files, SECOND, reasons)
    withhold(files, "field", "nl-amsterdam-1", "summary")
    files.edit("stations", RECORD, summary="Third words.")
    make(files, THIRD, {RECORD: "Still too much"})
    return files


def test_a_correction_says_what_changed_and_why(corrected: LedgerFiles) -> None:
    app = serve(corrected.folder)
    feed = tree("/feeds/corrections.atom", app=app)
    assert texts(feed, "a:entry/a:title/text()")[0] == (
        f"Corrected on 22 November 2026: {RECORD}, summary"
    )
    summaries = texts(feed, "a:entry/a:summary/text()")
    assert summaries[0] == (
        f"{RECORD}, summary: Second words. → Third words. · Reason: Still too much"
    )
    assert texts(feed, "a:entry/a:updated/text()")[0] == "2026-11-22T00:00:00Z"
    assert "br-ngo-2022-12, row removed: – → – · Reason: Twice" in summaries
    (address,) = texts(feed, "a:entry[1]/a:link/@href")
    assert address == f"https://atlas.example:8501/?record={RECORD}"
    past = tree("/feeds/corrections.atom", "asof=2026-10-15", app=app)
    assert len(past.findall("a:entry", ATOM)) == len(summaries) - 1


def test_what_is_withheld_stands_there_without_words(corrected: LedgerFiles) -> None:
    feed = tree("/feeds/corrections.atom", app=serve(corrected.folder))
    silent = [s for s in texts(feed, "//a:summary/text()") if "withheld" in s]
    assert silent == ["withheld, –: withheld → withheld · Reason: withheld"]
    assert PHRASE not in etree.tostring(feed, encoding="unicode")


def test_corrections_of_one_country(corrected: LedgerFiles) -> None:
    app = serve(corrected.folder)
    every = len(tree("/feeds/corrections.atom", app=app).findall("a:entry", ATOM))
    found = {}
    for code in ("NL", "AO", "BR", "GB"):
        feed = tree(f"/feeds/{code}/corrections.atom", app=app)
        found[code] = len(feed.findall("a:entry", ATOM))
        assert feed.findtext("a:title", namespaces=ATOM).startswith("Alleged Stations Atlas: corr")
    # what is withheld is not even told to be of a country
    assert found == {"NL": 2, "AO": 1, "BR": 1, "GB": 0}
    assert sum(found.values()) == every - 1
