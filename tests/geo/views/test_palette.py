"""One palette: greys that can be read, and the same colours in themes and style sheets."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict

import pytest

from geo.paths import PROJECT
from geo.views.palette import DARK, LIGHT, PRINT, Palette
from geo.views.rendering import TEMPLATES
from tools import style_sheets

OWN = PROJECT / "geo" / "assets" / "atlas-1"
BASE = "".join((OWN / name).read_text(encoding="utf-8") for name in ("fonts.css", "atlas.css"))
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("palette", [*THEMES, pytest.param(PRINT, id="print")])
def test_text_can_be_read_on_both_papers(palette: Palette) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in asdict(palette).values())
    for colour in (palette.ink, palette.blue, palette.muted):
        assert contrast(colour, palette.paper) >= 4.5
        assert contrast(colour, palette.soft) >= 4.5


@pytest.mark.parametrize("palette", THEMES)
def test_text_can_be_read_on_the_map(palette: Palette) -> None:
    for colour in (palette.ink, palette.blue):
        for ground in (palette.sea, palette.land):
            assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("palette", [*THEMES, pytest.param(PRINT, id="print")])
def test_what_is_drawn_differs_from_every_ground(palette: Palette) -> None:
    # WCAG 1.4.11: parts of marks, hairlines, edges of controls, rings of what has the focus
    for colour in (palette.ink, palette.blue, palette.muted, palette.edge):
        for ground in (palette.paper, palette.soft, palette.sea, palette.land):
            assert contrast(colour, ground) >= 3


def test_reversed_elements_keep_their_background_in_forced_colours() -> None:
    # the browser would else draw their text on a ground of its own
    for sheet in OWN.glob("*.css"):
        for rule in re.findall(r"[^{}]*\{[^{}]*\}", sheet.read_text(encoding="utf-8")):
            assert "background: var(--ink)" not in rule, rule
            if "background: var(--reversed)" in rule:
                assert "forced-color-adjust: none" in rule, rule


def test_streamlits_themes_have_these_colours() -> None:
    text = (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    themes = tomllib.loads(text)["theme"]
    for name, palette in (("light", LIGHT), ("dark", DARK)):
        assert themes[name] == {
            "primaryColor": palette.blue,
            "backgroundColor": palette.paper,
            "secondaryBackgroundColor": palette.soft,
            "textColor": palette.ink,
            "grayTextColor": palette.muted,
            "borderColor": palette.rule,
            "linkColor": palette.blue,
        }


def test_style_sheets_are_as_the_tool_writes_them() -> None:
    assert [path.name for path, _text in style_sheets.outdated()] == []


def test_colours_of_style_sheets_stand_in_the_palette_alone() -> None:
    for sheet in style_sheets.SHEETS:
        text = (PROJECT / sheet.path).read_text(encoding="utf-8")
        outside = text.partition(style_sheets.END)[2] if sheet.palettes else text
        assert not re.search(r"#[0-9a-fA-F]{3,8}\s*[;,)]", outside), sheet.path
        # the sheets of pages, and those of the map's frame, come after these two
        shared = "" if "plain" in sheet.path else BASE
        # places are properties of the elements that templates draw
        drawn = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
        declared = set(re.findall(r"--([a-z]+):", text + shared + drawn))
        assert set(re.findall(r"var\(--([a-z]+)\)", text)) <= declared, sheet.path


def test_the_tool_writes_a_changed_colour_and_one_declaration_a_line() -> None:
    sheet = style_sheets.Sheet("x.css", ("muted",), ((":root { %s }", DARK),))
    old = f"{style_sheets.BEGIN}\n:root {{ --muted: #000; }}\n{style_sheets.END}\n"
    old += "a{color:red;top:0}"
    new = style_sheets.written(sheet, old)
    assert f":root {{\n  --muted: {DARK.muted};\n}}" in new
    assert new.endswith("a {\n  color: red;\n  top: 0\n}\n")
    assert style_sheets.written(sheet, new) == new
    with pytest.raises(ValueError, match=r"x\.css needs one place for the palette"):
        style_sheets.written(sheet, "a { color: red; }")
