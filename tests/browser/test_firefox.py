"""The core of the page in Firefox: a cold link, a filter, a card, a search and Back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from tests.browser.firefox import Firefox, started
from tests.browser.serving import Server
from tools import find_firefox

DESK, PHONE = (1400, 900), (390, 844)
TITLE = "document.querySelector('#card-title')"
#: pixels that two blocks of the page share; the list was under the card for want of a rule
SHARED = """(() => {
  const box = (name) => document.querySelector(`[data-panel=${name}]`)?.getBoundingClientRect();
  const [card, list] = [box("card"), box("list")];
  if (!card || !list) return 0;
  const across = Math.min(card.right, list.right) - Math.max(card.left, list.left);
  const down = Math.min(card.bottom, list.bottom) - Math.max(card.top, list.top);
  return Math.max(0, across) * Math.max(0, down);
})()"""
COLD = (
    "/?country=ES&asof=2022-12-05&record=es-madrid-2",
    "/?record=nl-rotterdam-1",
    "/?place=IT",
    "/timeline?country=NL&event=nl-2022-11-01-told-to-stop",
)


@pytest.fixture(scope="module")
def firefox(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = find_firefox.find(install=False)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("not run: no Firefox, and CI asks for one")
        pytest.skip("not run: no Firefox")
    with started(program, tmp_path_factory.mktemp("firefox")) as socket:
        found = Firefox(socket, server.url)
        found.size(*DESK)
        yield found


@pytest.fixture(autouse=True)
def _quiet(firefox: Firefox) -> Iterator[None]:
    firefox.size(*DESK)
    firefox.errors.clear()
    yield
    assert firefox.third_parties == []
    assert firefox.errors == []


def _total(firefox: Firefox, filters: Filters, snapshot: Snapshot) -> None:
    total = len(filters.select(snapshot).records)
    firefox.until(f"Number(document.querySelector('#sentence').dataset.total) === {total}")


@pytest.mark.parametrize("address", COLD[:3])
def test_a_cold_link_opens_its_card_beside_the_list(firefox: Firefox, address: str) -> None:
    firefox.open(address)
    firefox.until(TITLE)
    firefox.until(f"({SHARED}) === 0")


def test_a_link_to_a_view_draws_the_map(firefox: Firefox) -> None:
    firefox.open("/?country=NL&view=52.20_5.00_6")
    firefox.until(
        "document.querySelector('#live iframe')?.contentDocument"
        "?.querySelector('.leaflet-marker-pane > *')"
    )


def test_a_filter_changes_the_page_and_back_undoes_it(firefox: Firefox, snapshot: Snapshot) -> None:
    firefox.open("/")
    _total(firefox, Filters(), snapshot)
    firefox.click("details.menu:has(#f-country-NL) > summary")
    firefox.until("document.querySelector('details.menu:has(#f-country-NL)').open")
    firefox.click("label.option:has(#f-country-NL)")
    _total(firefox, Filters(country=("NL",)), snapshot)
    assert firefox.query["country"] == ["NL"]
    firefox.back()
    _total(firefox, Filters(), snapshot)
    assert "country" not in firefox.query


def test_a_card_opens_by_keyboard_and_closes_by_escape(firefox: Firefox) -> None:
    firefox.open("/?country=NL")
    link = "[data-panel=list] a[data-record=nl-rotterdam-1]"
    firefox.until(f"document.querySelector('{link}')")
    firefox.read(f"document.querySelector('{link}').focus()")
    firefox.press("Enter")
    firefox.until(f"{TITLE}?.dataset.focus === 'nl-rotterdam-1'")
    firefox.until(f"document.activeElement === {TITLE}")
    assert firefox.query["record"] == ["nl-rotterdam-1"]
    assert firefox.read(SHARED) == 0
    firefox.press("Escape")
    firefox.until("!document.querySelector('article.card')")
    firefox.until("document.activeElement.matches('[data-record=nl-rotterdam-1]')")


def test_back_closes_a_card(firefox: Firefox) -> None:
    firefox.open("/?country=NL")
    firefox.click("[data-panel=list] a[data-record=nl-rotterdam-1]")
    firefox.until(f"{TITLE}?.dataset.focus === 'nl-rotterdam-1'")
    firefox.back()
    firefox.until("!document.querySelector('article.card')")
    assert firefox.query == {"country": ["NL"]}


def test_a_search_lists_the_place_first(firefox: Firefox, snapshot: Snapshot) -> None:
    firefox.open("/")
    firefox.click("#filters input[name=q]")
    firefox.press(*"Wien")
    _total(firefox, Filters(q="Wien"), snapshot)
    firefox.until("document.querySelector('[data-record]')?.dataset.record === 'at-vienna-1'")
    assert firefox.query["q"] == ["Wien"]
    firefox.open(f"/?q={quote('阿姆斯特丹')}")
    firefox.until("document.querySelector('[data-record]')?.dataset.record === 'nl-amsterdam-1'")


def test_a_cold_link_fits_a_phone(firefox: Firefox) -> None:
    firefox.size(*PHONE)
    firefox.open("/?record=nl-rotterdam-1")
    firefox.until(TITLE)
    firefox.until("document.documentElement.scrollWidth <= innerWidth")
