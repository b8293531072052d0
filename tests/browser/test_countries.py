"""The Countries page and the map of absence, as a reader clicks them."""

from __future__ import annotations

from playwright.sync_api import expect

from geo.ledger.coverage import coverage, coverage_counts
from geo.ledger.snapshot import Snapshot
from tests.browser.conftest import PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server

#: how many shapes of the outline are drawn, and how many of them hatched
HATCHED = """() => {
  const { map } = document.querySelector('#live iframe').contentWindow;
  let hatched = 0;
  map.eachLayer((layer) => { if (layer.options.hatch) hatched += 1; });
  return hatched;
}"""


def test_a_country_is_picked_sorted_and_left_again(reader: Reader, snapshot: Snapshot) -> None:
    page = reader.open("/countries")
    table = page.locator("[data-panel=countries] tbody tr")
    everywhere = table.count()
    assert everywhere > 30
    page.locator('tr[data-code="FR"] th a').click()
    reader.until("() => document.querySelector('[data-panel=country] h2')")
    expect(page.locator("[data-panel=country] h2").first).to_contain_text("France")
    reader.until("() => location.search === '?country=FR'")
    expect(page.locator("[data-panel=country]")).to_contain_text("nine “stations”")
    page.go_back()
    reader.until("() => !document.querySelector('[data-panel=country] h2')")
    expect(table).to_have_count(everywhere)
    sort = page.locator('a[data-sort="records"]')
    sort.click()
    reader.until("() => document.querySelector('th[aria-sort]:has([data-sort=records])')")
    first = table.first.get_attribute("data-code")
    sort.click()
    reader.until("(code) => document.querySelector('tbody tr').dataset.code !== code", first)
    counts = coverage_counts(snapshot)
    for state in ("listed_no_answer", "not_listed"):
        page.locator(f'.states tr:has([data-state-count="{state}"]) th a').click()
        expect(table).to_have_count(counts[state])
        shown = table.evaluate_all("(all) => all.map((tr) => tr.dataset.code)")
        assert {coverage(snapshot)[code] for code in shown} == {state}


def test_absence_is_hatched_when_it_is_asked_for_and_stays_in_the_link(reader: Reader) -> None:
    page = reader.open("/?view=48.00_8.00_4")
    assert page.evaluate(HATCHED) == 0
    page.evaluate("() => atlas.go(location.search + '&layer=coverage')")
    reader.until(f"() => ({HATCHED})() > 100")
    view = reader.view()
    page.reload()
    reader.drawn()
    reader.until(f"() => ({HATCHED})() > 100")
    assert reader.view() == view
    reader.until("() => location.search.includes('layer=coverage')")


def test_on_a_phone_a_country_is_as_wide_as_the_page(readers: Readers, server: Server) -> None:
    page = readers(server, PHONE).open("/countries")
    wide = page.locator("[data-panel=countries]").bounding_box()
    cell = page.locator("[data-panel=countries] td.col-newest").first.bounding_box()
    assert wide is not None
    assert cell is not None
    assert cell["width"] == wide["width"]
