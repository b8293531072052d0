"""Previews and figures: words that stand whole in their frames, in files that stand alone."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from geo.link.opening import Edition, Opened
from geo.link.state import State
from geo.pictures.content import Picture, picture_of
from geo.pictures.drawing import Drawing
from geo.pictures.figure import DPI, figure, figure_for_print, figure_svg
from geo.pictures.lines import Box, Line
from geo.pictures.preview import HEIGHT, WIDTH, preview_picture
from geo.pictures.rasterising import NotDrawn, Rasteriser
from geo.pictures.typesetting import FAMILY
from geo.views.text_width import BOLD, REGULAR, width
from geo.views.units import country_units
from geo.words.lines import bracketed
from geo.words.permanent_lines import MEANING, NOT_MEANING
from geo.words.source_rows import source_line
from geo.words.statements import Statement
from tests.entities import days, event, ledger, on, record
from tests.geo.pictures.test_content import IMPRINT, opened
from tests.ledger_files import TODAY
from tests.markup import straight
from tests.replayed import alike, pictured, replay
from tests.sizes import size

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> ${x} {{ y }} ]]> &amp; \"'><image href='http://x.example/'/>"
LINK = "https://atlas.example/?country=NL&asof=2026-11-22&v=0a1b2c3d"
#: a preview may be cropped to twice its height
SAFE = Box(24, 15, 1152, 600)
VIEWS = (
    "",
    "country=NL",
    "country=ES&country=PT",
    "status=told_to_stop",
    "jurisdiction=wenzhou&flag=inquiry",
    "q=zzzz",
    "asof=2022-09-13",
    "asof=2022-12-05&country=IT",
    "record=ca-vancouver-1&asof=2022-09-15",
    "place=VN",
)


def addresses() -> Iterator[str]:
    snapshot = on(TODAY)
    yield from VIEWS
    yield from (f"record={r.id}" for r in snapshot.records)
    yield from (f"place={code}" for code in snapshot.countries)
    yield from (f"event={e.id}" for e in snapshot.events[::6])
    yield from ("place=es-madrid", "place=ca-toronto", "event=zz-2022-09-12-claim")


@cache
def view(query: str) -> tuple[Opened, Picture]:
    found = opened(query)
    return found, picture_of(found, IMPRINT)


def preview(query: str) -> Drawing:
    found, picture = view(query)
    return preview_picture(picture, found.snapshot)


def words(svg: str) -> str:
    """All text of a drawing in one line, lines joined by a blank."""
    document = ElementTree.fromstring(svg)
    lines = ("".join(text.itertext()) for text in document.iter(SVG + "text"))
    return " ".join(" ".join(lines).split())


def nothing_runs_over(drawing: Drawing, within: Box) -> None:
    boxes = [line.box for line in drawing.lines]
    for line in drawing.lines:
        assert line.frame.holds(line.box), line.text
        assert within.holds(line.box), line.text
    for (one, a), (other, b) in combinations(zip(drawing.lines, boxes, strict=True), 2):
        assert not a.meets(b), f"{one.text} / {other.text}"


def stands(statement: Statement, said: str) -> None:
    lead = "".join(bracketed(statement.who, statement.aside(scope=True)))
    assert f"{straight(f'{statement.when}, {lead}')}:" in straight(said)
    assert straight(statement.text) in straight(said)


@pytest.mark.parametrize("query", list(addresses()))
def test_a_preview_says_everything_inside_its_frames(query: str) -> None:
    _found, picture = view(query)
    drawing = preview(query)
    said = words(drawing.svg())
    assert f"{MEANING} {NOT_MEANING}" in said
    assert " ".join(picture.circumstances) in said
    for row in picture.rows:
        assert row.missing in said if row.statement is None else row.heading in said
        if row.statement:
            stands(row.statement, said)
    if not picture.rows:
        assert picture.note in said
    nothing_runs_over(drawing, SAFE)
    assert min(line.size for line in drawing.lines) >= 18
    assert (drawing.width, drawing.height) == (WIDTH, HEIGHT) == (1200, 630)


def test_the_permanent_words_are_not_at_an_edge() -> None:
    for query in ("", "record=nl-rotterdam-1"):
        lines = [line for line in preview(query).lines if line.text[:20] in MEANING]
        (first,) = lines
        assert first.box.x >= 40
        assert first.box.bottom < HEIGHT - 80


def selections() -> Iterator[str]:
    """Filters and days, wide and narrow."""
    chance = random.Random(11)
    codes = on(TODAY).countries
    for number in range(size(8, 50)):
        day = on(TODAY).dataset.first_day + timedelta(days=chance.randrange(1400))
        few = chance.sample(codes, chance.choice([1, 2, 4, len(codes)]))
        picked = "&".join(f"country={code}" for code in few)
        more = chance.choice(["", "", "&province=CN-ZJ", "&list=ngo-2022-12"])
        yield picked + more + (f"&asof={day}" if number % 2 else "")


@pytest.mark.parametrize("query", list(selections()))
def test_each_record_of_a_selection_is_one_mark_with_its_latest_word(query: str) -> None:
    found, picture = view(query)
    words_ = replay(found.snapshot.day)
    replayed = Counter(alike(words_[r.id]) for r in found.selection.records)
    assert pictured(preview(query).svg()) == replayed
    assert pictured(figure(picture, found.snapshot, LINK).svg()) == replayed
    assert (picture.note.split(" ")[0] == str(replayed.total())) or not replayed


@pytest.mark.parametrize("day", sorted({TODAY, *days(size(2, 20))}), ids=str)
def test_a_record_has_its_own_latest_word_and_a_ring_on_every_day(day: date) -> None:
    snapshot = on(day)
    for one in snapshot.records[:: size(9, 1)]:
        found, picture = view(f"record={one.id}&asof={day}")
        for drawing in (
            preview_picture(picture, found.snapshot),
            figure(picture, found.snapshot, LINK),
        ):
            svg = drawing.svg()
            assert pictured(svg) == {alike(replay(day)[one.id]): 1}
            assert svg.count('class="ring"') == 1
            assert straight(picture.latest) in straight(words(svg))
            first = next(
                line
                for line in drawing.lines
                if straight(picture.latest).startswith(straight(line.text))
            )
            claim = next(line for line in drawing.lines if line.text == picture.rows[0].heading)
            assert first.box.bottom < claim.box.y


def test_no_mark_and_no_word_speaks_for_a_country() -> None:
    found, picture = view("country=US")
    assert pictured(preview("country=US").svg()) == {"claim_only": 3, "authority_says_closed": 1}
    said = words(preview("country=US").svg())
    assert "Claim only: 3" in said
    assert "Authority says closed: 1 (the US State Department, per" in said
    assert view("place=US")[1].note == "4 records. Claim only: 3 · Authority says closed: 1"
    assert picture.title == "United States: four records, and the answers"
    assert found.snapshot.statuses["us-los-angeles-1"] == "claim_only"


@pytest.mark.parametrize("query", ["", "asof=2022-12-05&province=CN-ZJ", "country=IT"])
def test_every_place_has_its_name(query: str) -> None:
    found, _picture = view(query)
    said = words(preview(query).svg())
    for unit in country_units(found.selection.records, found.snapshot):
        if query == "country=IT":
            continue
        assert unit.name in said, unit.name
    assert ("Prato" in said) == (query == "country=IT")


def test_a_place_with_many_records_is_a_count_and_a_bar() -> None:
    many = [record(f"nl-a-{number}") for number in range(12)]
    dataset = ledger([event("nl-c", about=tuple(r.id for r in many))], many)
    edition = Edition(dataset=dataset, newest=dataset, modified=datetime(2026, 11, 22, tzinfo=UTC))
    shown = Opened(edition, State(), (), TODAY)
    svg = preview_picture(picture_of(shown, IMPRINT), shown.snapshot).svg()
    assert not pictured(svg)
    assert svg.count('class="part"') == 1
    assert "12" in words(svg).split()


def _worse(picture: Picture, text: str, who: str) -> Picture:
    rows = tuple(
        replace(row, statement=replace(row.statement, text=text, who=who)) if row.statement else row
        for row in picture.rows
    )
    sources = tuple(replace(s, title=text, publisher=who) for s in picture.sources)
    return replace(picture, title=text, note=text, rows=rows, sources=sources)


@pytest.mark.parametrize("query", ["record=es-barcelona-2", "record=vn-1", "place=US", ""])
@pytest.mark.parametrize(
    ("text", "who"),
    [
        (HOSTILE, "the minister"),
        (HOSTILE * 9, HOSTILE),
        ("a very long claim, said at length " * 60, "the minister, per a newspaper " * 4),
        ("unbroken" * 90, "unbroken" * 40),
        ("福州" * 300, "福州" * 80),
        ("\x00\u202e\ud800 words", "\uffff somebody"),
    ],
)
def test_broken_cells_break_nothing(query: str, text: str, who: str) -> None:
    found, picture = view(query)
    worse = _worse(picture, text, who)
    drawing = preview_picture(worse, found.snapshot)
    nothing_runs_over(drawing, SAFE)
    printed = figure(worse, found.snapshot, LINK)
    nothing_runs_over(printed, Box(0, 0, printed.width, printed.height))
    for svg in (drawing.svg(), printed.svg()):
        document = ElementTree.fromstring(svg)
        allowed = {"svg", "title", "style", "rect", "circle", "path", "g", "clipPath", "text"}
        assert {e.tag.removeprefix(SVG) for e in document.iter()} <= {*allowed, "tspan"}
        assert not [key for e in document.iter() for key in e.attrib if "href" in key]
        assert f"{MEANING} {NOT_MEANING}" in words(svg)


def test_a_long_claim_leaves_author_date_and_every_answer() -> None:
    found, picture = view("record=es-barcelona-2")
    long = "as was said at great length " * 40
    rows = tuple(
        replace(row, statement=replace(row.statement, text=f"Begins {n} {long}"))
        for n, row in enumerate(picture.rows)
        if row.statement
    )
    assert len(rows) == 4
    said = words(preview_picture(replace(picture, rows=rows), found.snapshot).svg())
    for number, row in enumerate(rows):
        assert row.statement
        assert f"{row.statement.when}, {row.statement.who} ({row.statement.scope}):" in said
        assert f"Begins {number}" in said
    assert said.count("…") == 4


@pytest.mark.parametrize("query", [*VIEWS, "record=es-barcelona-2", "place=NL", "place=es-madrid"])
def test_a_figure_carries_its_caption_day_version_and_sources(query: str) -> None:
    found, picture = view(query)
    drawing = figure(picture, found.snapshot, LINK)
    nothing_runs_over(drawing, Box(0, 0, drawing.width, drawing.height))
    said = words(drawing.svg())
    assert f"{MEANING} {NOT_MEANING}" in said
    assert " ".join(picture.circumstances) in said
    assert picture.note in said
    for row in picture.rows:
        if row.statement:
            stands(row.statement, said)
    # an address is wider than a line and breaks anywhere
    assert LINK in said.replace(" ", "")
    for source in picture.sources:
        assert straight(source.publisher) in straight(said)
        if source.title.isascii():
            assert straight(source_line(source)) in straight(said)
    for publisher, count in picture.publishers[:12]:
        assert straight(f"{publisher} ({count})") in straight(said)


def test_a_figure_refers_to_nothing_outside_itself() -> None:
    found, picture = view("record=nl-rotterdam-1")
    svg = figure_svg(figure(picture, found.snapshot, LINK))
    assert re.findall(r"url\((?!data:|#)", svg) == []
    assert "http://www.w3.org/2000/svg" in svg
    assert re.findall(r'href="(?!#)', svg) == []
    assert ElementTree.fromstring(svg).attrib["width"] == "180mm"


def test_an_older_day_shows_nothing_later() -> None:
    day = date(2022, 10, 20)
    said = words(preview(f"record=nl-rotterdam-1&asof={day}").svg())
    later = [e for e in on(TODAY).events if not e.public_by(day) and "nl-rotterdam-1" in e.about]
    assert later
    assert not [e.id for e in later if e.summary in said]


@pytest.fixture(scope="module")
def renderer() -> Iterator[Rasteriser]:
    made = Rasteriser()
    yield made
    made.close()


@pytest.mark.parametrize("query", ["", "record=es-barcelona-2", "place=NL", "q=zzzz", "country=ES"])
def test_a_preview_is_a_png_of_1200_by_630(renderer: Rasteriser, query: str) -> None:
    png = renderer.png(preview(query).svg())
    # some chat programs show no preview that is heavier
    assert len(png) < 300_000
    with Image.open(io.BytesIO(png)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert len(image.convert("RGB").getcolors(1 << 20) or []) > 100


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_letters_are_as_wide_as_they_were_measured(renderer: Rasteriser, weight: int) -> None:
    # another font in the place of the vendored one would be wider or narrower
    text = "Hwmiil Illegal ministers found nothing H"
    paper = '<rect width="1200" height="90" fill="white"/>'
    words_ = f'<text y="60" font-size="40" font-weight="{weight}">{text}</text>'
    family = f"font-family=\"'{FAMILY}'\""
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {family} width="1200" height="90">'
    png = renderer.png(f"{start}{paper}{words_}</svg>")
    with Image.open(io.BytesIO(png)) as image:
        ink = ImageChops.invert(image.convert("L")).getbbox()
    assert ink
    # both letters at the ends stand a little off them
    assert ink[2] + ink[0] == pytest.approx(width(text, 40, weight), abs=5)


@pytest.mark.parametrize("word", ["ש" * 40, "漢" * 25, "ﷺ" * 20, "Ж" * 40, "𓀀" * 20], ids=ascii)
def test_letters_of_other_fonts_stay_in_the_line(renderer: Rasteriser, word: str) -> None:
    runs = ((word + " ", REGULAR), ("(about the Netherlands)", BOLD))
    frame = Box(20, 0, 1160, 90)
    line = Line(x=20, y=60, size=20, runs=runs, fill="#000", frame=frame)
    drawing = Drawing(1600, 90, "A line", lines=[line])
    with Image.open(io.BytesIO(renderer.png(drawing.svg()))) as image:
        ground = Image.new("RGB", image.size, image.convert("RGB").getpixel((0, 0)))
        ink = ImageChops.difference(image.convert("RGB"), ground).getbbox()
    assert ink
    assert ink[2] <= line.box.right + 2


def test_a_figure_is_180_mm_wide_at_300_dots_an_inch(renderer: Rasteriser) -> None:
    found, picture = view("place=NL")
    png = renderer.png(figure_for_print(figure(picture, found.snapshot, LINK)), DPI)
    with Image.open(io.BytesIO(png)) as image:
        assert image.width == round(180 / 25.4 * 300)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_a_renderer_that_fails_is_started_anew(renderer: Rasteriser) -> None:
    with pytest.raises(NotDrawn):
        renderer.png("no drawing")
    assert renderer.png(preview("q=zzzz").svg()).startswith(b"\x89PNG")
