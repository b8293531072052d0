"""Every card: opened and closed by keyboard, claim and answers in sight at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.words.cards import record_card
from tests.browser.conftest import PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.sizes import size

FOCUS = "() => { const e = document.activeElement; return e.dataset.record || e.id || e.tagName; }"

#: how many pixels of claim and answers lie outside what can be seen of the card, unscrolled
OVERFLOW = """() => {
  const panel = document.querySelector('[data-panel="card"]');
  const parts = [...panel.querySelectorAll('.cardhead, [data-row="claim"], [data-row="answer"]')];
  const box = panel.getBoundingClientRect();
  const bottom = Math.min(box.bottom, innerHeight);
  return {
    scrolled: panel.scrollTop,
    rows: panel.querySelectorAll('[data-row="answer"]').length,
    claims: panel.querySelectorAll('[data-row="claim"]').length,
    empty: parts.filter((e) => !e.innerText.trim()).length,
    above: Math.max(0, box.top - parts[0].getBoundingClientRect().top, -box.top),
    below: Math.max(0, ...parts.map((e) => e.getBoundingClientRect().bottom - bottom)),
  };
}"""


def _longest(snapshot: Snapshot) -> list[str]:
    """Ids of the records with the longest claims and answers; of all where CI is true."""

    def length(name: str) -> int:
        card = record_card(snapshot.dataset.records_by_id[name], snapshot, snapshot)
        return len(repr((card.claim, card.answers)))

    found = sorted(snapshot.dataset.records_by_id, key=length, reverse=True)
    return found[: size(10, len(found))]


def _open(reader: Reader, record: str) -> None:
    reader.until(
        "(id) => { const t = document.querySelector('#card-title');"
        " return t && t.dataset.focus === id && document.activeElement === t; }",
        record,
    )


def _closed(reader: Reader) -> None:
    reader.until("() => !document.querySelector('article.card')")


def _too_long(overflow: dict[str, float]) -> float:
    assert overflow["rows"] == 3
    assert overflow["claims"] == 1
    assert overflow["empty"] == 0
    assert overflow["scrolled"] == 0
    return max(overflow["above"], overflow["below"])


def test_a_card_is_reached_opened_and_left_with_the_keyboard_alone(reader: Reader) -> None:
    page = reader.open("/?country=NL&country=GB&country=IE&country=CA")
    pressed = 0
    while not str(page.evaluate(FOCUS)).startswith("SUMMARY") or not page.evaluate(
        "() => !!document.activeElement.closest('[data-panel=list]')"
    ):
        page.keyboard.press("Tab")
        pressed += 1
        assert pressed < 60, "the list beside the map cannot be reached by Tab"
    summary = page.evaluate("() => document.activeElement.closest('details').id")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{summary}")).to_have_attribute("open", "")
    page.keyboard.press("Tab")  # the country's answers
    page.keyboard.press("Tab")
    record = page.evaluate(FOCUS)
    assert record.startswith("ca-")
    page.keyboard.press("Enter")
    _open(reader, record)
    # the next stop is inside the card, and Tab goes on through its links
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('a.close')")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('[data-panel=card]')")
    page.keyboard.press("Escape")
    _closed(reader)
    reader.until("(id) => document.activeElement.dataset.record === id", record)
    expect(page.locator(f"#{summary}")).to_have_attribute("open", "")
    # and once more, with the link of the card
    page.keyboard.press("Enter")
    _open(reader, record)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _closed(reader)
    reader.until("(id) => document.activeElement.dataset.record === id", record)


def test_every_card_opens_by_keyboard_and_shows_claim_and_answers_without_scrolling(
    reader: Reader, dataset: Dataset, snapshot: Snapshot
) -> None:
    page = reader.open("/")
    page.evaluate("() => document.querySelectorAll('.list details').forEach((d) => d.open = true)")
    links = page.locator('[data-panel="list"] [data-record]')
    records = links.evaluate_all("all => all.map((a) => a.dataset.record)")
    assert sorted(records) == sorted(dataset.records_by_id)
    long: dict[str, float] = {}
    for record in _longest(snapshot):
        page.locator(f'[data-panel="list"] [data-record="{record}"]').focus()
        page.keyboard.press("Enter")
        _open(reader, record)
        pixels = _too_long(page.evaluate(OVERFLOW))
        if pixels > 0:
            long[record] = round(pixels)
        page.keyboard.press("Escape")
        _closed(reader)
        reader.until("(id) => document.activeElement.dataset.record === id", record)
    assert long == {}, "pixels of claim and answers that cannot be seen at 1400×900"


@pytest.mark.parametrize("record", ["nl-amsterdam-1", "us-new-york-1"])
def test_claim_answers_with_their_words_and_latest_word_are_on_one_screen(
    reader: Reader, record: str
) -> None:
    page = reader.open(f"/?record={record}")
    expect(page.locator("#card-title")).to_be_visible()
    assert page.locator("article.card .quote").count() >= 1
    page.evaluate("() => document.fonts.ready.then(() => true)")
    pixels = page.evaluate(
        """() => document.querySelector('.latest').getBoundingClientRect().bottom
          - Math.min(document.querySelector('[data-panel="card"]').getBoundingClientRect().bottom,
                     innerHeight)"""
    )
    assert pixels <= 0


def test_every_card_shows_claim_and_answers_in_one_screen_of_a_phone(
    readers: Readers, server: Server, snapshot: Snapshot
) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = reader.open("/")
    long: dict[str, float] = {}
    assert page.evaluate("() => [innerWidth, innerHeight]") == [PHONE["width"], PHONE["height"]]
    for record in _longest(snapshot):
        # the list lies behind the open card: the next one is chosen there all the same
        page.locator(f'[data-panel="list"] [data-record="{record}"]').dispatch_event("click")
        _open(reader, record)
        pixels = _too_long(page.evaluate(OVERFLOW))
        if pixels > 0:
            long[record] = round(pixels)
    assert long == {}, "pixels of claim and answers that do not fit into one screen of 390×844"


@pytest.mark.parametrize("record", ["nl-rotterdam-1"])
def test_a_card_on_an_earlier_day_leads_back_to_today(reader: Reader, record: str) -> None:
    page = reader.open(f"/?record={record}&asof=2022-10-01")
    notice = page.locator("article.card .notice").first
    expect(notice).to_be_visible()
    notice.locator("a").click()
    expect(page.locator(".past")).to_have_count(0)
    expect(page.locator("article.card footer")).to_contain_text(record)
    reader.until("() => !location.search.includes('asof')")
