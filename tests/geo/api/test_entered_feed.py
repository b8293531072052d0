"""A follower of the feed of what was entered: everything once, whatever curators do, and when."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from geo.__main__ import main
from geo.configuration import ROLES
from geo.exports import entered_feeds
from geo.exports.entered_feeds import FEWEST, entered_feed, record_feed
from geo.exports.feed_entries import Entry, moment
from geo.ledger.dataset import fingerprint, today
from geo.ledger.reading import Reading
from geo.link.opening import Edition, Opened
from geo.link.permalink import decode, parse_query
from geo.releases.entering import enter, not_entered
from tests.asgi import call
from tests.geo.api.data_app import serve
from tests.geo.api.test_feeds import ATOM, texts, tree
from tests.ledger_files import LedgerFiles
from tests.sizes import size
from tests.small_ledger import cut

BEGUN = date(2026, 11, 22)
DAY = timedelta(days=1)
MODEL = "nl-2022-11-01-told-to-stop"
RECORD = "nl-rotterdam-1"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    folder = tmp_path / "data"
    begun = LedgerFiles(folder, cut(tmp_path / "small"))
    assert enter(folder, BEGUN) > (10, 0)
    return begun


def opened(folder: Path, day: date, query: str = "") -> Opened:
    """An address on a day, read anew: the cache of readings is not what is tested."""
    dataset = Reading.load(folder, day).dataset
    edition = Edition(dataset=dataset, newest=dataset, modified=moment(day))
    state, said = decode(parse_query(query), dataset, day)
    return Opened(edition, state, tuple(said), day)


def polled(folder: Path, day: date, query: str = "") -> dict[str, Entry]:
    """The entries of a feed by the page that they link to; no id is there twice."""
    feed = entered_feed(opened(folder, day, query), "")
    entries = {entry.address: entry for entry in feed.entries}
    assert len({entry.id for entry in feed.entries}) == len(entries)
    moments = [entry.updated for entry in feed.entries]
    assert moments == sorted(moments, reverse=True)
    return entries


def add_event(files: LedgerFiles, name: str, said: str = "2022-11-01", **cells: str) -> None:
    new = {
        "id": name,
        "said_on": said,
        "summary": f"Said the words of {name}.",
        "sets": "",
        "happened_on": "",
    }
    files.add("investigations", MODEL, **{**new, "event_type": "statement", **cells})


# one thing at a time


def test_what_is_entered_late_comes_first(files: LedgerFiles) -> None:
    add_event(files, "nl-2022-09-20-statement", "2022-09-20")
    enter(files.folder, BEGUN + DAY)
    first = next(iter(polled(files.folder, BEGUN + 3 * DAY).values()))
    assert first.address == "/e/nl-2022-09-20-statement"
    assert first.updated == first.published == moment(BEGUN + DAY)
    assert first.summary.endswith("Entered on 23 November 2026.")


def test_what_the_register_lacks_has_the_day_of_today(files: LedgerFiles) -> None:
    add_event(files, "nl-2022-09-20-statement", "2022-09-20")
    for days in (1, 5):
        day = BEGUN + days * DAY
        assert polled(files.folder, day)["/e/nl-2022-09-20-statement"].updated == moment(day)


def test_a_record_that_is_taken_off_hold_is_new(files: LedgerFiles) -> None:
    held = next(r["id"] for r in files.rows("stations") if r["review"] == "hold")
    assert f"/s/{held}" not in polled(files.folder, BEGUN)
    assert held not in files.bytes("entered").decode()
    files.edit("stations", held, review="publish")
    enter(files.folder, BEGUN + 9 * DAY)
    new = polled(files.folder, BEGUN + 9 * DAY)
    assert new[f"/s/{held}"].published == moment(BEGUN + 9 * DAY)


def test_a_change_is_told_under_the_same_id_and_a_check_is_none(files: LedgerFiles) -> None:
    before = polled(files.folder, BEGUN)
    files.edit("stations", RECORD, last_checked="2026-11-21")
    assert enter(files.folder, BEGUN + DAY) == (0, 0)
    files.edit("investigations", MODEL, summary="Said it in other words.")
    assert enter(files.folder, BEGUN + 2 * DAY) == (0, 1)
    after = polled(files.folder, BEGUN + 2 * DAY)
    changed = [address for address in before if before[address].updated != after[address].updated]
    assert changed == [f"/e/{MODEL}"]
    one = after[f"/e/{MODEL}"]
    assert (one.published, one.updated) == (moment(BEGUN), moment(BEGUN + 2 * DAY))
    assert one.summary.endswith("Entered on 22 November 2026, changed on 24 November 2026.")
    assert {e.id for e in before.values()} == {e.id for e in after.values()}


def test_a_renamed_row_keeps_its_id_and_its_day(files: LedgerFiles) -> None:
    before = polled(files.folder, BEGUN)[f"/e/{MODEL}"]
    for name in (f"{MODEL}-2", f"{MODEL}-3", MODEL):
        files.edit("investigations", _current(files), id=name)
        # served before the register knows of it, and after
        assert _same(polled(files.folder, BEGUN + DAY)[f"/e/{name}"], before)
        assert enter(files.folder, BEGUN + DAY) == (0, 1)
        assert _same(polled(files.folder, BEGUN + DAY)[f"/e/{name}"], before)


def _current(files: LedgerFiles) -> str:
    rows = files.rows("investigations")
    return next(row["id"] for row in rows if row["id"].startswith(MODEL))


def _same(one: Entry, other: Entry) -> bool:
    return (one.id, one.published, one.updated) == (other.id, other.published, other.updated)


def test_what_is_withheld_goes_and_comes_back_as_it_was(files: LedgerFiles) -> None:
    before = polled(files.folder, BEGUN)
    listed = files.bytes("withheld")
    files.add("withheld", kind="event", id=MODEL, field="", since="2026-11-22", ground="privacy")
    hidden = polled(files.folder, BEGUN + DAY)
    assert before.keys() - hidden.keys() == {f"/e/{MODEL}"}
    enter(files.folder, BEGUN + DAY)
    files.bytes("withheld", listed)
    assert _same(polled(files.folder, BEGUN + 2 * DAY)[f"/e/{MODEL}"], before[f"/e/{MODEL}"])


def test_what_is_dated_by_month_is_told_when_it_is_shown(files: LedgerFiles) -> None:
    add_event(files, "nl-2026-11-statement", "2026-11")
    enter(files.folder, BEGUN + DAY)
    assert "/e/nl-2026-11-statement" not in polled(files.folder, date(2026, 11, 29))
    told = polled(files.folder, date(2026, 11, 30))["/e/nl-2026-11-statement"]
    assert told.updated == moment(date(2026, 11, 30))


# the register


def test_the_register_is_no_part_of_the_version_and_in_no_release(files: LedgerFiles) -> None:
    version = fingerprint(files.folder)
    release = files.release(BEGUN)
    assert not (release / "entered.csv").exists()
    (files.folder / "entered.csv").unlink()
    assert fingerprint(files.folder) == version
    pinned = call(serve(files.folder), "/feeds/events.atom", query=f"v={version}".encode())
    assert pinned.status == 200


def test_a_register_is_begun_with_the_days_of_releases(files: LedgerFiles) -> None:
    (files.folder / "entered.csv").unlink()
    files.release(date(2026, 9, 1))
    add_event(files, "nl-2022-09-20-statement", "2022-09-20")
    enter(files.folder, BEGUN)
    days = Counter(row["entered_on"] for row in files.rows("entered"))
    assert days.keys() == {"2026-09-01", "2026-11-22"}
    assert days["2026-11-22"] == 1


def test_the_check_says_what_is_missing_and_the_command_writes_it(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not_entered(files.folder) == []
    add_event(files, "nl-2022-09-20-statement", "2022-09-20")
    (said,) = not_entered(files.folder)
    assert said.warning
    assert "1 new or changed row is not in it" in str(said)
    for written in ("1 row entered, 0 rows changed", "0 rows entered, 0 rows changed"):
        assert main(["enter", "--data", str(files.folder)]) == 0
        assert capsys.readouterr().out == f"entered.csv: {written}\n"
    assert not_entered(files.folder) == []
    assert main(["tidy", "--data", str(files.folder)]) == 0


def test_a_release_enters_what_is_missing(files: LedgerFiles) -> None:
    add_event(files, "nl-2022-09-20-statement", "2022-09-20")
    signed = [word for role in ROLES for word in ("--signed-off", role)]
    assert main(["release", "--data", str(files.folder), *signed]) == 0
    days = {row["id"]: row["entered_on"] for row in files.rows("entered")}
    assert days["nl-2022-09-20-statement"] == today().isoformat()
    assert not_entered(files.folder) == []


def test_a_damaged_register_is_not_written_anew(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = files.bytes("entered").replace(b"2026-11-22", b"soon", 1)
    files.bytes("entered", damaged)
    assert main(["enter", "--data", str(files.folder)]) == 1
    assert "entered.csv:2 entered_on" in capsys.readouterr().err
    assert files.bytes("entered") == damaged
    # the row is still shown, as of today
    assert polled(files.folder, BEGUN + DAY)


# pages, records, windows


def test_older_entries_are_on_further_pages(
    files: LedgerFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entered_feeds, "MOST", 10)
    monkeypatch.setattr(entered_feeds, "FEWEST", 4)
    app, seen, address = serve(files.folder), [], "page=1"
    while address:
        feed = tree("/feeds/events.atom", address, app)
        seen += texts(feed, "a:entry/a:id/text()")
        (own,) = texts(feed, "a:link[@rel='self']/@href")
        assert ("page=" in own) == (address != "page=1")
        address = "".join(texts(feed, "a:link[@rel='next']/@href")).partition("?")[2]
    every = entered_feed(opened(files.folder, BEGUN), "")
    assert len(seen) == len(set(seen)) > 20
    assert every.pages == -(-len(seen) // 10)
    for page in ("0", "99", "x", "2.0", "99999"):
        answer = call(app, "/feeds/events.atom", query=f"page={page}".encode())
        assert answer.status == 404
        assert json.loads(answer.text)["detail"] == "This feed has no such page."


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        *((query, "page=2") for query in ("Page=2", "lang=en;page=2", "lang=en&amp;page=2")),
        *((query, "page=2") for query in ("page=2.", "page=%EF%BC%92", "page%3D2")),
        # to show one of two pages would be a guess
        ("page=1&page=2", "page=0"),
        ("page=2&page=2", "page=2"),
    ],
)
def test_a_page_is_read_as_it_was_meant(
    files: LedgerFiles, monkeypatch: pytest.MonkeyPatch, query: str, meant: str
) -> None:
    monkeypatch.setattr(entered_feeds, "MOST", 10)
    monkeypatch.setattr(entered_feeds, "FEWEST", 4)
    app = serve(files.folder)
    changed, plain = (call(app, "/feeds/events.atom", query=one.encode()) for one in (query, meant))
    assert plain.status == (404 if meant == "page=0" else 200)
    assert (changed.status, changed.body) == (plain.status, plain.body)


def test_the_first_page_has_all_of_thirty_days(files: LedgerFiles) -> None:
    later = BEGUN + 40 * DAY
    for number in range(FEWEST + 5):
        add_event(files, f"nl-2022-11-01-statement-{number + 10}")
    enter(files.folder, later)
    first = polled(files.folder, later + 29 * DAY)
    assert sum(entry.published == moment(later) for entry in first.values()) == FEWEST + 5
    assert len(polled(files.folder, later + 31 * DAY)) == FEWEST


def test_a_record_is_followed_by_itself(files: LedgerFiles) -> None:
    app = serve(files.folder)
    feed = tree(f"/feeds/records/{RECORD}.atom", app=app)
    shown = record_feed(opened(files.folder, BEGUN, f"record={RECORD}"), "")
    assert texts(feed, "a:entry/a:id/text()") == [entry.id for entry in shown.entries]
    pages = texts(feed, "a:entry/a:link[@rel='alternate']/@href")
    assert f"https://atlas.example:8501/s/{RECORD}" in pages
    assert {f"https://atlas.example:8501/e/{MODEL}"} < set(pages)
    assert texts(feed, "a:link[@rel='alternate']/@href") == [
        f"https://atlas.example:8501/s/{RECORD}"
    ]
    assert call(app, "/feeds/records/nl-nowhere-1.atom").status == 404


@pytest.mark.parametrize(("ground", "status"), [("legal", 410), ("privacy", 404)])
def test_the_feed_of_a_withdrawn_record_is_gone_as_its_page_is(
    files: LedgerFiles, ground: str, status: int
) -> None:
    files.add("withheld", kind="record", id=RECORD, field="", since="2026-11-22", ground=ground)
    answer = call(serve(files.folder), f"/feeds/records/{RECORD}.atom")
    assert answer.status == status
    assert ("withdrawn" in answer.text) == (status == 410)


def test_a_window_shows_a_page_and_a_reader_gets_atom(files: LedgerFiles) -> None:
    app = serve(files.folder)
    html = call(app, "/feeds/events.atom", headers={"sec-fetch-dest": "document"})
    assert html.headers["content-type"] == "text/html; charset=utf-8"
    assert "Sec-Fetch-Dest" in html.headers["vary"]
    assert "script-src" not in html.headers["content-security-policy"]
    assert "https://atlas.example:8501/feeds/events.atom" in html.text
    atom = tree("/feeds/events.atom", app=app)
    for page in texts(atom, "a:entry/a:link[@rel='alternate']/@href")[:20]:
        assert f'href="{page.removeprefix("https://atlas.example:8501")}"' in html.text


# thirty days


@dataclass
class Follower:
    """A reader that looks once a day and knows entries by their ids."""

    known: dict[str, Entry] = field(default_factory=dict)
    new: Counter[str] = field(default_factory=Counter)

    def look(self, folder: Path, day: date) -> dict[str, Entry]:
        """Look at the feed; return its entries by address."""
        entries = polled(folder, day)
        for entry in entries.values():
            # never in the future, and never as of a day before it was entered
            assert entry.published
            assert entry.published <= entry.updated <= moment(day)
            before = self.known.get(entry.id)
            if before is None:
                self.new[entry.id] += 1
            else:
                assert before.published == entry.published
                assert before.updated <= entry.updated
            self.known[entry.id] = entry
        return entries


class Curator:
    """Edits a ledger, one thing at a time, and says what readers are to be told."""

    def __init__(self, files: LedgerFiles) -> None:
        self.files, self.random = files, Random(12)
        self.count = 10
        self.own: list[str] = []
        #: row -> its text; texts are told once, whatever becomes of ids
        self.hidden: list[str] = []

    def add(self, day: date) -> None:
        self.count += 1
        said = BEGUN - timedelta(days=self.random.randrange(1500))
        name = f"nl-{said}-statement-{self.count}"
        add_event(self.files, name, said.isoformat(), summary=f"Words number {self.count}.")
        self.own.append(name)

    def change(self, day: date) -> None:
        if self.own:
            name = self.random.choice(self.own)
            self.files.edit("investigations", name, note=f"Changed on {day}.")

    def rename(self, day: date) -> None:
        if self.own:
            old = self.own.pop(self.random.randrange(len(self.own)))
            self.count += 1
            new = f"{old.rpartition('-')[0]}-{self.count}"
            self.files.edit("investigations", old, id=new)
            self.own.append(new)

    def withhold(self, day: date) -> None:
        if self.own:
            name = self.own.pop()
            self.files.add(
                "withheld", kind="event", id=name, field="", since=BEGUN.isoformat(), ground="legal"
            )
            self.hidden.append(name)

    def restore(self, day: date) -> None:
        if self.hidden:
            name = self.hidden.pop()
            rows = self.files.rows("withheld")
            self.files.write("withheld", [row for row in rows if row["id"] != name])
            self.own.append(name)

    def hold(self, day: date) -> None:
        row = next(r for r in self.files.rows("stations") if r["id"] == "zm-1")
        other = "publish" if row["review"] == "hold" else "hold"
        self.files.edit("stations", "zm-1", review=other)


def test_a_follower_is_told_everything_once(files: LedgerFiles) -> None:
    curator, follower = Curator(files), Follower()
    follower.look(files.folder, BEGUN)
    at_first = set(follower.known)
    acts: list[Callable[[date], None]] = [
        curator.add, curator.add, curator.change, curator.rename, curator.withhold,
        curator.restore, curator.hold,
    ]  # fmt: skip
    for number in range(1, size(5, 30) + 1):
        day = BEGUN + number * DAY
        for act in [curator.add, *curator.random.choices(acts, k=2)]:
            # two acts of one day may meet in one row, so each is entered by itself
            act(day)
            enter(files.folder, day)
        entries = follower.look(files.folder, day)
        assert not {f"/e/{name}" for name in curator.hidden} & entries.keys()
        assert {f"/e/{name}" for name in curator.own} <= entries.keys()
    assert set(follower.new.values()) == {1}
    told = [follower.known[i] for i in follower.known.keys() - at_first]
    words = Counter(e.summary.partition("Words number ")[2].partition(".")[0] for e in told)
    words.pop("", None)
    # a number is told once, though its row has had several ids
    assert set(words.values()) == {1}
    shown = {row["summary"] for row in files.rows("investigations") if row["id"] in curator.own}
    assert {text.removeprefix("Words number ").rstrip(".") for text in shown} <= words.keys()


def test_a_clone_has_the_same_feed(files: LedgerFiles, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "data"
    shutil.copytree(files.folder, other)
    one, two = (polled(folder, BEGUN + DAY) for folder in (files.folder, other))
    assert one == two
    assert ATOM["a"] in call(serve(other), "/feeds/events.atom").text
