"""The clocks of ``make bench`` measure a small page from end to end."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from geo.ledger.snapshot import Snapshot
from tools.bench import servers
from tools.bench.browsers import DESKTOP, context
from tools.bench.click_timing import Step, Wire, repeat
from tools.bench.first_load import Subject, load
from tools.bench.views import View

TEXT = "seen(find('#text'))"
BOX = "input[type=checkbox]"


def test_a_page_of_one_checkbox_is_loaded_and_clicked(
    browser: Browser, tmp_path: Path, snapshot: Snapshot
) -> None:
    with servers.streamlit_peer(tmp_path / "plain", "checkbox.py", snapshot) as served:
        with context(browser, DESKTOP) as opened:
            subject = Subject(View("checkbox", "/", TEXT, TEXT), served.url, peer=True)
            cold, warm = (load(opened, subject, DESKTOP) for _ in range(2))
        assert cold.readable is not None
        assert cold.live is not None
        assert cold.paint is not None
        assert 0 < cold.readable <= cold.live
        # the second page has the first one's scripts
        assert cold.received > 10 * warm.received
        assert cold.requests > warm.requests
        with context(browser, DESKTOP) as opened:
            page = opened.new_page()
            wire = Wire(page)
            page.goto(served.url)
            page.locator("#text").wait_for()
            shown = "find('#text').textContent === expected"
            steps = [Step("on", BOX, shown, "on"), Step("off", BOX, shown, "off")]
            on, off = repeat(page, wire, steps, 2)
    assert len(on.total) == len(off.total) == 2
    assert on.missed == off.missed == 0
    # the run ends on the server before the page can have changed for good
    assert all(total > 0 for total in on.total + on.script)
    assert min(on.received) > 100
