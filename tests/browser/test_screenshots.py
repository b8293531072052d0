"""Pages look as they did when someone last looked at them and took the references."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.browser.screenshots import Shot, changed, take
from tests.browser.serving import Server
from tests.sizes import size

REFERENCES = Path(__file__).parent / "references"
#: a day in the past, on which nothing of these views depends on today
COMPARED = tuple(
    Shot(view, *window, theme)
    for view, window, theme in (
        ("filtered", (1400, 900), "light"),
        ("filtered", (390, 844), "dark"),
        ("past", (1400, 900), "dark"),
        ("filtered", (768, 1024), "light"),
        ("filtered", (844, 390), "light"),
        ("filtered", (1400, 900), "dark"),
        ("past", (390, 844), "light"),
    )
)
#: of the cells of a screenshot: what another version of the browser smooths otherwise
MOST = 0.01


@pytest.mark.parametrize("shot", COMPARED[: size(2, len(COMPARED))], ids=lambda shot: shot.name)
def test_a_page_looks_as_it_did(browser: Browser, server: Server, shot: Shot) -> None:
    with Image.open(REFERENCES / shot.name) as reference:
        share = changed(take(browser, server.url, shot), reference)
    assert share <= MOST, f"{share:.1%} of {shot.name} has changed; see `make gallery`"


def test_a_moved_paragraph_is_a_change() -> None:
    with Image.open(REFERENCES / COMPARED[0].name) as reference:
        moved = reference.convert("RGB")
        part = moved.crop((0, 300, 700, 600))
        ImageDraw.Draw(moved).rectangle((0, 300, 700, 600), fill=moved.getpixel((2, 2)))
        moved.paste(part, (0, 316))
        assert changed(moved, reference) > MOST
