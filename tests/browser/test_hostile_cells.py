"""Whatever stands in a cell is shown as text and can run nowhere."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Dialog, expect

from geo.ledger.dataset import Dataset, today
from tests.browser.conftest import Readers
from tests.browser.driver import FRAME, SECONDS, Reader
from tests.browser.serving import Server
from tests.markup import straight

RECORD, EVENT = "nl-rotterdam-1", "nl-2022-11-01-told-to-stop"
IMAGE = "<img src=data:,x onerror=top.__ran.push(1)>"
SCRIPT = "</script><script>top.__ran.push(2)</script>"
TEMPLATE = "${top.__ran.push(3)}`${top.__ran.push(4)}`"
QUOTES = "\"'><svg onload=top.__ran.push(5)>{{7*7}}"
LABEL = "<svg onload=top.__ran.push(6)>`${1}`{{7*7}}{% raw"
WORDS = "</q></blockquote><script>top.__ran.push(9)</script><img src=x onerror=top.__ran.push(9)>"
SOURCE = "<b onmouseover=top.__ran.push(7)>&amp;</b>"

#: table -> row -> cells, all of which pass the checks
TEXTS = {
    "stations": {RECORD: {"place_label": LABEL, "summary": f"{IMAGE} {SCRIPT} {TEMPLATE}"}},
    "investigations": {
        EVENT: {"authority": f"the {IMAGE}", "summary": f"{TEMPLATE} {QUOTES}", "note": SCRIPT}
    },
    "quotes": {EVENT: {"quote": f"{WORDS} {QUOTES}", "translation": f"{IMAGE} {WORDS}"}},
}
#: rows that fail them
ADDRESS = "javascript:top.__ran.push(8)"


def _spoil(file: Path, changes: dict[str, dict[str, str]]) -> None:
    with file.open(encoding="utf-8", newline="") as read:
        reader = csv.DictReader(read)
        rows = list(reader)
    for row in rows:
        # a quotation by its event
        row.update(changes.get(next(iter(row.values())), {}))
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, list(reader.fieldnames or ()), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


#: whether an element says a text; the quotation marks of cells are shown typographic
SAYS = r"""([where, text]) => document.querySelector(where)?.textContent
  .replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/\s+/g, " ").includes(text)"""


def _watch(reader: Reader, alarms: list[str]) -> None:
    def alarm(dialog: Dialog) -> None:
        alarms.append(dialog.message)
        dialog.dismiss()

    reader.page.on("dialog", alarm)
    # for the page and for each of its frames, before any script of theirs
    reader.context.add_init_script("window.__ran = window.__ran ?? [];")


def _ran(reader: Reader) -> list[int]:
    ran: list[int] = reader.page.evaluate("() => window.__ran")
    return ran


def _shows(reader: Reader, where: str, *texts: str) -> None:
    for text in texts:
        reader.until(SAYS, [where, " ".join(text.split())])
    assert _ran(reader) == []


def _are_served(after: Dataset, source: str) -> None:
    assert after.records_by_id[RECORD].place_label == LABEL
    assert after.events_by_id[EVENT].authority == f"the {IMAGE}"
    assert after.sources[source].publisher == SOURCE
    assert after.set_aside > 0
    assert not any(ADDRESS in (s.url, s.archive_url) for s in after.sources.values())


def test_nothing_that_stands_in_a_cell_runs(
    fresh: Callable[..., Server], readers: Readers, ledger: Path
) -> None:
    before = Dataset.load(ledger, today())
    source = before.events_by_id[EVENT].sources[0]
    for table, changes in TEXTS.items():
        _spoil(ledger / f"{table}.csv", changes)
    _spoil(ledger / "sources.csv", {source: {"publisher": SOURCE, "title": f"{IMAGE}{QUOTES}"}})
    # links that are no links: whatever rests on them alone is set aside
    of_italy = {
        s: {"url": ADDRESS, "archive_url": ADDRESS}
        for r in before.records
        if r.host_country == "IT"
        for s in r.sources
    }
    _spoil(ledger / "sources.csv", of_italy)
    _are_served(Dataset.load(ledger, today()), source)

    alarms: list[str] = []
    server = fresh(ledger)
    reader = readers(server)
    _watch(reader, alarms)
    page = reader.open("/?country=NL&view=52.00_5.00_6")
    symbol = page.frame_locator(FRAME).locator(f'[data-unit="{RECORD}"] a')
    symbol.hover()
    tip = page.frame_locator(FRAME).locator(f'[data-unit="{RECORD}"] .map-tip')
    expect(tip).to_be_visible()
    assert LABEL in straight(tip.inner_text())
    assert LABEL in straight(symbol.get_attribute("aria-label") or "")
    _shows(reader, '[data-panel="list"]', LABEL)

    symbol.click()
    card = "article.card"
    _shows(reader, card, LABEL, IMAGE, SCRIPT, TEMPLATE, QUOTES, SOURCE)
    expect(page).to_have_title(page.title())
    assert page.locator(f"{card} a[href^='javascript']").count() == 0
    assert page.locator(f"{card} img, {card} script").count() == 0
    reader.open(f"/?event={EVENT}")
    _shows(reader, card, IMAGE, TEMPLATE, QUOTES, WORDS)
    expect(page.locator(f"{card} blockquote [lang=nl]")).to_contain_text(WORDS)
    page.locator('[data-map] [data-place="NL"]').hover()
    reader.open("/?place=NL")
    _shows(reader, card, LABEL, IMAGE)

    page.goto(f"{server.url}/timeline?country=NL")
    page.locator(".chart .dots").first.wait_for()
    _shows(reader, '[data-panel="timeline-list"]', f"the {IMAGE}", TEMPLATE)
    names = page.locator(".chart .dots title").all_text_contents()
    assert any(f"the {IMAGE}" in straight(name) for name in names)
    page.goto(f"{server.url}/data?country=NL&record={RECORD}")
    expect(page.locator('[data-panel="foot"] footer')).to_be_visible(timeout=SECONDS * 1000)
    _shows(reader, card, LABEL)
    page.goto(f"{server.url}/about")
    expect(page.locator('[data-panel="foot"] footer')).to_be_visible()
    assert _ran(reader) == []
    assert alarms == []

    # the trap works: where no policy stops it, the same picture, put in as HTML, does run
    page.goto("about:blank")
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", IMAGE)
    reader.until("() => window.__ran.length === 1")


def test_the_title_of_a_hostile_place_stays_text(
    fresh: Callable[..., Server], readers: Readers, ledger: Path
) -> None:
    title = "</title><script>top.__ran.push(9)</script>"
    _spoil(ledger / "stations.csv", {RECORD: {"place_label": title}})
    alarms: list[str] = []
    reader = readers(fresh(ledger))
    _watch(reader, alarms)
    page = reader.open(f"/?record={RECORD}")
    assert title in page.title()
    expect(page.locator("article.card h2")).to_contain_text(title)
    assert _ran(reader) == []
    assert alarms == []
