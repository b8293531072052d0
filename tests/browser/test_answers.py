"""What the server answers beside the dashboard, as a browser sees it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Readers
from tests.browser.driver import SECONDS, Reader
from tests.browser.serving import Server

SEARCHES = ("Ask Google", "Ask ChatGPT", "Traceback", "site-packages", ".py")


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def test_an_unknown_page_is_a_404_with_help(reader: Reader) -> None:
    reader.allowed = lambda text: "404" in text  # the very answer that is asked for
    answer = reader.page.goto(reader.url + "/timelime?country=NL")
    assert answer is not None
    assert answer.status == 404
    link = reader.page.get_by_role("link", name="/timeline").first
    expect(link).to_be_visible()
    link.click()
    expect(reader.page.locator("#sentence")).to_be_visible(timeout=SECONDS * 1000)
    expect(reader.page.locator("nav a[aria-current=page]")).to_have_text("Timeline")


@pytest.mark.parametrize("address", ["/", "/timeline", "/no-such-page", "/_stcore/health"])
def test_security_headers_stand_on_every_answer(reader: Reader, address: str) -> None:
    headers = reader.page.request.get(reader.url + address).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]


def test_links_that_lead_out_tell_nobody_where_from(reader: Reader) -> None:
    page = reader.open("/?record=nl-rotterdam-1")
    links = page.locator('article.card a[href^="http"]')
    expect(links.first).to_be_visible()
    faults = links.evaluate_all(
        "all => all.filter((a) => a.rel !== 'noopener noreferrer' || a.target !== '_blank').length"
    )
    assert faults == 0


def test_assets_are_kept_for_long_and_sent_small(reader: Reader) -> None:
    answers: dict[str, dict[str, str]] = {}
    reader.page.on(
        "response",
        lambda r: answers.__setitem__(r.url.partition("?")[0].rpartition("/")[2], r.headers),
    )
    reader.open("/?view=50.00_10.00_5")
    for name in ("leaflet.js", "atlas-map.js", "page.js"):
        assert "immutable" in answers[name]["cache-control"]
        assert answers[name]["content-encoding"] == "br"


@pytest.mark.parametrize("spoil", ["binary", "missing", "columns"])
def test_an_unreadable_list_of_withheld_entries_serves_a_sentence_and_nothing_else(
    fresh: Callable[..., Server], readers: Readers, ledger: Path, spoil: str
) -> None:
    withheld = ledger / "withheld.csv"
    if spoil == "binary":
        withheld.write_bytes(b"\xff\xfe\x00\x01 not a table \x00")
    elif spoil == "missing":
        withheld.unlink()
    else:
        withheld.write_text("kind;name;field\nrecord;nl-rotterdam-1;\n", encoding="utf-8")
    server = fresh(ledger)
    reader = readers(server)
    reader.allowed = lambda text: "503" in text
    page = reader.page
    for address in ("/?record=nl-rotterdam-1", "/timeline", "/data", "/about"):
        page.goto(server.url + address)
        sorry = page.locator(".sorry")
        expect(sorry).to_be_visible(timeout=SECONDS * 1000)
        expect(sorry).to_contain_text("withheld.csv")
        text = page.locator("body").inner_text()
        assert not [word for word in (*SEARCHES, "Rotterdam") if word in text]
        head = page.request.get(server.url + address).text()
        assert "Rotterdam" not in head
    assert "Traceback" not in server.log


def test_a_broken_row_is_set_aside_and_the_page_says_so(
    fresh: Callable[..., Server], readers: Readers, ledger: Path
) -> None:
    columns, rows = _rows(ledger / "stations.csv")
    for row in rows:
        if row["id"] == "nl-rotterdam-1":
            row["origin_province"] = "CN-ZI"
    with (ledger / "stations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    reader = readers(fresh(ledger))
    page = reader.open("/?country=NL&record=nl-rotterdam-1")
    expect(page.locator('[data-panel="foot"]')).to_contain_text("1 record was left out")
    expect(page.locator(".opening .notice")).to_contain_text("record=“nl-rotterdam-1”")
    assert reader.shown().total == 1
    text = page.locator("body").inner_text()
    assert not [word for word in SEARCHES if word in text]
