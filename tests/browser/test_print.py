"""Every page on paper: whole, in few sheets, light in both themes, with day and version first."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.browser.test_first_screen import LIVE
from tests.sizes import size

MEANING = "Each record is an attributed public claim, not a finding."
#: pages with the most sheets that each may take
SHEETS = {
    "/data": 12,
    "/?record=ca-montreal-1": 4,
    "/?record=nl-rotterdam-1": 4,
    "/timeline": 8,
    "/countries": 8,
    "/s/ca-montreal-1": 6,
    "/c/NL": 6,
    "/": 8,
    "/about": 16,
}
PRINTED = dict(list(SHEETS.items())[: size(3, len(SHEETS))])
#: what can only be pressed, and is drawn on paper
PRESSED = """() => [...document.querySelectorAll(
  "nav, button, input, select, textarea, .menu, a.button, .files")]
  .filter((e) => e.checkVisibility() && e.getClientRects().length && e.offsetWidth > 1)
  .map((e) => e.outerHTML.slice(0, 120))"""
#: what a reader would miss: a part that is folded up or scrolls
FOLDED = """() => [...document.querySelectorAll("#page *, main *")].filter((e) =>
  e.checkVisibility() && (e.matches("details:not([open])")
    ? [...e.children].some((c) => c.tagName !== "SUMMARY" && !c.getClientRects().length)
    : e.scrollHeight > e.clientHeight + 2 && /auto|scroll/.test(getComputedStyle(e).overflowY)))
  .map((e) => e.outerHTML.slice(0, 120))"""

#: cells of tables whose words go beyond them, into the next column or off the sheet
OVER = """() => [...document.querySelectorAll("th, td")].filter((cell) => {
  if (!cell.checkVisibility()) return false;
  const range = document.createRange();
  range.selectNodeContents(cell);
  const { left, right } = cell.getBoundingClientRect();
  return [...range.getClientRects()].some((r) => r.left < left - 1 || r.right > right + 1);
}).map((cell) => cell.outerHTML.slice(0, 120))"""
#: width of a sheet of A4 within the margins of the Data page, in pixels
SHEET = 733


def _pages(page: Page, file: Path) -> list[str]:
    """Print a page and return the text of each sheet."""
    page.pdf(path=str(file), format="A4", print_background=True)
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    return text.split("\f")[:-1]


def _open(reader: Reader, address: str) -> Page:
    page = reader.page
    page.goto(reader.url + address, wait_until="load")
    if not re.match(r"/[sec]/", address):
        reader.until(LIVE)
    return page


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
@pytest.mark.parametrize("address", PRINTED)
def test_a_page_is_printed_whole_in_few_sheets(
    readers: Readers, server: Server, address: str, tmp_path: Path
) -> None:
    page = _open(readers(server, color_scheme="dark"), address)
    sheets = _pages(page, tmp_path / "a.pdf")
    assert len(sheets) <= SHEETS[address]
    first = re.sub(r"\s+", " ", sheets[0])
    assert MEANING in first
    assert re.search(r"Ledger version [0-9a-f]{8}", first)
    page.emulate_media(media="print")
    assert page.evaluate(PRESSED) == []
    assert page.evaluate(FOLDED) == []
    light = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(light) == "rgb(255, 255, 255)"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
def test_tables_are_printed_with_all_rows_and_a_head_on_each_sheet(
    reader: Reader, tmp_path: Path
) -> None:
    page = _open(reader, "/data")
    dates = page.locator(".of-events tbody th").all_inner_texts()
    sheets = _pages(page, tmp_path / "a.pdf")
    first = next(i for i, text in enumerate(sheets) if "What was said or done" in text)
    # the last sheet may have the foot alone
    for text in sheets[first + 1 : -1]:
        assert "What was said or done" in text
    printed = "".join(sheets[first:])
    assert sum(printed.count(date) for date in {d for d in dates if len(d) == 10}) >= sum(
        len(date) == 10 for date in dates
    )


def test_a_heading_is_not_printed_without_its_part(readers: Readers, server: Server) -> None:
    page = _open(readers(server), "/countries?record=nl-rotterdam-1")
    page.emulate_media(media="print")
    assert page.locator("#answers").is_visible()
    left_out = page.locator("[data-panel]:has(.left-out)")
    assert left_out.count() == 2
    assert not any(part.is_visible() for part in left_out.all())


@pytest.mark.parametrize("address", ["/data", "/countries"])
def test_cells_of_tables_keep_their_words_on_paper(
    readers: Readers, server: Server, address: str
) -> None:
    page = _open(readers(server, {"width": SHEET, "height": 1000}), address)
    page.emulate_media(media="print")
    assert page.evaluate(OVER) == []
