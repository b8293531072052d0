"""A link opens the same view for somebody else, on a server that has just started."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.screen.clicks import neighbour
from tests.browser.conftest import Readers
from tests.browser.driver import SECONDS, Reader
from tests.browser.serving import Server

LINK = "/?country=ES&asof=2022-12-05&view=40.50_0.50_5&record=es-madrid-2"


def _title(page: Page) -> str:
    """The title that the server has put into the document, before any script ran."""
    answer = page.request.get(page.url)
    start = answer.text().split("<title>", 1)[1]
    return start.split("</title>", 1)[0]


def _view_close(reader: Reader, lat: float, lon: float, zoom: float) -> None:
    reader.until("() => document.querySelector('#live iframe').contentWindow.map")
    assert reader.view() == pytest.approx((lat, lon, zoom), abs=0.02)


def test_a_cold_deep_link_runs_the_page_in_its_frame(
    fresh: Callable[..., Server], readers: Readers, snapshot: Snapshot
) -> None:
    reader = readers(fresh())
    page = reader.open("/timeline?province=CN-ZJ&status=claim_only&country=IT&country=ES")
    expected = Filters(country=("ES", "IT"), province=("CN-ZJ",), status=("claim_only",)).select(
        snapshot
    )
    assert reader.shown().total == len(expected.records)
    reader.checked("f-province-CN-ZJ", "f-status-claim_only", "f-country-IT", "f-country-ES")
    expect(page.locator(".opening .meaning")).to_contain_text(
        "Each record is an attributed public claim"
    )
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Timeline")
    expect(page.locator('[data-panel="foot"]')).to_contain_text("Ledger version")


def test_a_link_opens_the_same_view_in_another_browser(
    fresh: Callable[..., Server], readers: Readers
) -> None:
    server = fresh()
    one, other = readers(server), readers(server)
    for reader in (one, other):
        page = reader.open(LINK)
        expect(page.locator("article.card h2")).to_contain_text("Madrid")
        expect(page.locator("article.card footer")).to_contain_text("es-madrid-2")
        expect(page.locator("#sentence")).to_contain_text("As of 5 December 2022")
        reader.checked("f-country-ES")
        _view_close(reader, 40.5, 0.5, 5)
    assert one.shown() == other.shown()
    assert one.card == other.card
    assert one.shown().total > 0


def test_a_copied_link_opens_the_same_on_a_fresh_server(
    fresh: Callable[..., Server], readers: Readers, server: Server
) -> None:
    sender = readers(server)
    sender.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sender.open("/?asof=2023-05-01")
    sender.pick("province", "CN-ZJ")
    sender.until("() => document.querySelector('#f-province-CN-ZJ[checked]')")
    sender.drawn()
    page.evaluate("() => atlas.go(location.search + '&view=43.00_11.00_5')")
    sender.until("() => document.getElementById('page').dataset.form === 'detail'")
    sender.drawn()
    sender.look(44.5, 11.5, 6)
    sender.until("() => location.search.includes('view=44.50_11.50_6')")
    page.locator("#menu-share summary").click()
    button = page.get_by_role("button", name="Copy fixed link")
    button.click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(server.url)
    for part in ("province=CN-ZJ", "asof=2023-05-01", "v=", "view=44.50_11.50_6"):
        assert part in copied

    receiver = readers(fresh())
    receiver.open(copied.removeprefix(server.url))
    expect(receiver.page.locator("#sentence")).to_contain_text("As of 1 May 2023")
    receiver.checked("f-province-CN-ZJ")
    _view_close(receiver, 44.5, 11.5, 6)
    assert receiver.shown() == sender.shown()


def test_a_link_from_the_address_bar_carries_the_view_that_was_panned_to(reader: Reader) -> None:
    page = reader.open("/?country=IT&view=44.00_12.00_5")
    reader.look(43.0, 12.0, 6)
    reader.until("() => location.search.includes('view=43.00_12.00_6')")
    page.reload()
    reader.drawn()
    _view_close(reader, 43.0, 12.0, 6)
    reader.checked("f-country-IT")


def test_a_link_opened_in_another_tab_shows_what_a_click_would_have_shown(
    reader: Reader, snapshot: Snapshot
) -> None:
    before_today = neighbour(snapshot.dataset, snapshot.day, -1)
    assert before_today is not None
    page = reader.open("/?country=ES&view=41.00_-3.00_5")
    reader.look(40.0, -3.0, 6)
    reader.until("() => location.search.includes('view=40.00_-3.00_6')")
    for selector, wanted in (
        ('[data-panel="list"] [data-record="es-madrid-1"]', {"record": ["es-madrid-1"]}),
        ("#clear-country", {"country": []}),
        ("#step-back", {"asof": [before_today.isoformat()]}),
    ):
        before = page.url
        with reader.context.expect_page() as opened:
            page.locator(selector).click(modifiers=["ControlOrMeta"])
        tab = opened.value
        expect(tab.locator("#sentence")).to_be_visible(timeout=SECONDS * 1000)
        said = parse_qs(urlsplit(tab.url).query)
        expected = {"country": ["ES"], "view": ["40.00_-3.00_6"], **wanted}
        assert said == {name: values for name, values in expected.items() if values}
        assert page.url == before
        tab.close()


def test_back_and_forward_go_through_filter_card_and_page(
    reader: Reader, snapshot: Snapshot
) -> None:
    page = reader.open("/")
    everything = reader.shown().total
    spain = len(Filters(country=("ES",)).select(snapshot).records)
    reader.pick("country", "ES")
    reader.wait_total(spain)
    reader.until("() => location.search === '?country=ES'")
    page.locator('[data-panel="list"] [data-record="es-madrid-1"]').click()
    expect(page.locator("article.card")).to_be_visible()
    reader.until("() => location.search.includes('record=es-madrid-1')")
    page.locator("nav a", has_text="Timeline").click()
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Timeline")
    reader.until(
        "() => location.pathname === '/timeline' && location.search.includes('country=ES')"
    )

    page.go_back()
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Map")
    reader.wait_total(spain)
    expect(page.locator("article.card footer")).to_contain_text("es-madrid-1")
    page.go_back()
    expect(page.locator("article.card")).to_have_count(0)
    reader.wait_total(spain)
    reader.checked("f-country-ES")
    page.go_back()
    reader.wait_total(everything)
    reader.checked()

    page.go_forward()
    reader.wait_total(spain)
    reader.checked("f-country-ES")
    page.go_forward()
    expect(page.locator("article.card footer")).to_contain_text("es-madrid-1")
    page.go_forward()
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Timeline")
    assert reader.query == {"country": ["ES"], "record": ["es-madrid-1"]}


def test_what_a_link_says_and_the_atlas_does_not_know_is_said(reader: Reader) -> None:
    page = reader.open(
        "/?country=XQ&country=ES&record=xx-nowhere-1&asof=2099-01-01&view=far&v=zz&utm_source=chat"
    )
    notices = page.locator(".opening .notice").all_inner_texts()
    for name in ("country=“XQ”", "record=“xx-nowhere-1”", "asof=“2099-01-01”", "view=“far”"):
        assert any(name in notice for notice in notices), name
    assert not any("utm_source" in notice for notice in notices)
    reader.checked("f-country-ES")
    # a link from an older ledger says so
    page = reader.open("/?v=00000000")
    expect(page.locator(".opening .notice")).to_contain_text("The ledger has changed since")


def test_an_empty_result_names_a_filter_to_loosen_and_clicking_it_helps(reader: Reader) -> None:
    page = reader.open("/?country=ES&status=authority_says_closed&q=zzzz")
    expect(page.locator("#sentence")).to_contain_text("No records match.")
    assert reader.shown().units == {}
    page.goto(f"{reader.url}/?country=AO&province=CN-JS")
    expect(page.locator(".loosen")).to_contain_text("Show instead:")
    link = page.locator(".loosen a").first
    promised = int(link.inner_text().rpartition("(")[2].rstrip(")"))
    assert promised > 0
    link.click()
    reader.wait_total(promised)
    assert sum(reader.shown().units.values()) == promised


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?country=NL&status=told_to_stop",
        "/?record=nl-rotterdam-1",
        "/timeline?province=CN-ZJ",
        "/data?country=ES",
        "/about",
    ],
)
def test_the_tab_has_the_title_that_was_served(reader: Reader, address: str) -> None:
    page = reader.page
    page.goto(reader.url + address)
    expect(page.locator('[data-panel="foot"] footer')).to_be_visible(timeout=SECONDS * 1000)
    served = _title(page)
    assert "Streamlit" not in served
    expect(page).to_have_title(page.evaluate(
        "(html) => { const t = document.createElement('textarea'); t.innerHTML = html;"
        " return t.value; }", served))  # fmt: skip
