"""Figures as outlines: any drawing program shows the letters that the renderer shows."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from geo.paths import PROJECT
from geo.pictures.drawing import Drawing
from geo.pictures.figure import figure, figure_svg
from geo.pictures.glyphs import place_glyphs
from geo.pictures.lines import Box, Line
from geo.pictures.rasterising import Rasteriser
from geo.pictures.timeline_figure import timeline_figure
from geo.pictures.typesetting import by_letters
from geo.views.text_width import BOLD, REGULAR, advances, width
from tests.geo.pictures.test_pictures import LINK, SVG, view
from tests.sizes import size
from tools.build_glyphs import table

XLINK = "{http://www.w3.org/1999/xlink}href"
VIEWS = (
    "",
    "country=NL",
    "record=jp-tokyo-1",
    "place=VN",
    "q=zzzz",
    "timeline",
    "jurisdiction=wenzhou",
)
KNOWN = "".join(sorted(advances()[REGULAR]))


@cache
def drawn(query: str) -> Drawing:
    if query == "timeline":
        return timeline_figure(view("")[0], "", LINK)
    found, picture = view(query)
    return figure(picture, found.snapshot, LINK)


def pixels(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures, in levels of grey."""
    assert one.size == other.size
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


@pytest.fixture(scope="module")
def renderer() -> Iterator[Rasteriser]:
    made = Rasteriser()
    yield made
    made.close()


def test_the_table_is_that_of_the_fonts() -> None:
    assert json.loads((PROJECT / "geo/pictures/glyphs.json").read_text(encoding="utf-8")) == table()


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
@settings(max_examples=size(40, 300))
@given(text=st.text(st.sampled_from(KNOWN), max_size=40))
def test_outlines_are_set_as_the_words_were_measured(weight: int, text: str) -> None:
    placed, wide = place_glyphs(text, weight)
    written = re.sub(r"\s", "", "".join(glyph for glyph, _x in placed))
    assert set(written) <= set(text)
    xs = [x for _glyph, x in placed]
    assert all(x <= wide for x in xs)
    # kerning moves a letter by less than a fifth of its size
    assert abs(wide - width(text, 1000, weight)) < 200 * len(text) or not text


def test_kerning_and_ligatures_are_those_of_the_font() -> None:
    wide = dict(place_glyphs("AV", REGULAR)[0])["V"]
    assert wide < width("A", 1000)
    assert [glyph for glyph, _x in place_glyphs("officer after", REGULAR)[0]] == [
        "o", "ff", "i", "c", "e", "r", "a", "ft", "e", "r"
    ]  # fmt: skip


@pytest.mark.parametrize("query", VIEWS)
def test_a_figure_needs_no_font_and_no_other_file(query: str) -> None:
    drawing = drawn(query)
    svg = figure_svg(drawing)
    document = ElementTree.fromstring(svg)
    assert not list(document.iter(SVG + "style"))
    assert "Source Sans" not in svg
    # what is text has letters that the font lacks
    for element in document.iter(SVG + "text"):
        assert not any(known for _part, known in by_letters("".join(element.itertext())))
    named = [e.attrib["id"] for e in document.iter() if "id" in e.attrib]
    assert len(named) == len(set(named))
    used = {e.attrib[XLINK] for e in document.iter(SVG + "use")}
    assert used <= {f"#{name}" for name in named}
    assert len(used) > 20
    described = document.findtext(SVG + "desc") or ""
    assert described.split("\n") == [line.text for line in drawing.lines]
    assert len(svg.encode()) < 300_000


@pytest.mark.parametrize("query", VIEWS)
def test_outlines_look_like_the_text_that_the_renderer_sets(
    renderer: Rasteriser, query: str
) -> None:
    drawing = drawn(query)
    text, outlines = (pixels(renderer.png(drawing.svg(outlines=o))) for o in (False, True))
    assert difference(text, outlines) < 0.2


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="librsvg is not installed")
@pytest.mark.parametrize("query", VIEWS)
def test_another_program_draws_what_the_renderer_draws(renderer: Rasteriser, query: str) -> None:
    svg = drawn(query).svg(outlines=True)
    command = ["rsvg-convert", "--unlimited", "--format", "png"]
    other = subprocess.run(command, input=svg.encode(), capture_output=True, check=True).stdout
    assert difference(pixels(renderer.png(drawn(query).svg())), pixels(other)) < 1.0


def test_words_of_another_script_stay_together_in_their_place() -> None:
    runs = (("Said שלום עולם, then 青田 (", REGULAR), ("Zhejiang)", BOLD))
    line = Line(x=20, y=60, size=20, runs=runs, fill="#000000", frame=Box(0, 0, 900, 90))
    svg = Drawing(900, 90, "A line", lines=[line]).svg(outlines=True)
    texts = list(ElementTree.fromstring(svg).iter(SVG + "text"))
    assert ["".join(text.itertext()) for text in texts] == ["שלום עולם", "青田"]
    before = 20 + width("Said ", 20)
    assert float(texts[0].attrib["x"]) == pytest.approx(before, abs=0.1)
    assert float(texts[0].attrib["textLength"]) == pytest.approx(width("שלום עולם", 20), abs=0.1)
    assert {key for key in texts[0].attrib if "font-family" in key} == set()
