"""A latest word is one row: added to the vocabulary, it is drawn alike wherever it is shown."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from geo.configuration import Configuration
from geo.ledger.snapshot import Snapshot
from geo.link.opening import Edition, Opened
from geo.link.state import State
from geo.model.latest_word import (
    NO_SHAPE,
    Circle,
    LatestWord,
    Path,
    Point,
    Primitive,
    Shape,
)
from geo.model.vocabulary import EVENT_TYPES, HOST, LATEST_WORDS, MAY_SET, EventType
from geo.pictures.content import picture_of
from geo.pictures.figure import figure
from geo.pictures.map_marks import shape as picture_shape
from geo.pictures.preview import preview_picture
from geo.screen.about import about
from geo.screen.context import Screen
from geo.screen.legend import legend as page_legend
from geo.screen.overview import overview
from geo.screen.plain_pages import Around, record_page
from geo.views import history_chart
from geo.views.basemap import base_map
from geo.views.layer import layer_data
from geo.views.palette import LIGHT
from geo.views.rendering import render
from geo.views.shapes import by_shape, in_order, legend, shape_of
from geo.words.citations import citation
from tests.entities import event, ledger
from tests.ledger_files import TODAY

#: its first primitive is a circle, from which a test learns centre and scale of a drawing
NEW = LatestWord(
    code="moved_elsewhere",
    label="Host authority says that it has moved elsewhere",
    short="Moved elsewhere",
    phrase="said that it had moved elsewhere",
    set_by=(HOST,),
    event_types=("removal_stated",),
    shape=Shape(
        "authority",
        (
            Circle(0.9),
            Path((Point(-0.5, 0.25), Point(0.5, 0.25, arc=0.5), Point(0, -0.75)), closed=True),
            Circle(0.2, "solid"),
        ),
    ),
)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> LatestWord:
    """The vocabulary with one more row, and a type of event that sets it."""
    monkeypatch.setitem(LATEST_WORDS, NEW.code, NEW)
    monkeypatch.setitem(MAY_SET, HOST, MAY_SET[HOST] | {NEW.code})
    kind = NEW.event_types[0]
    monkeypatch.setitem(EVENT_TYPES, kind, EventType(kind, "Removal stated"))
    return NEW


def _opened() -> Opened:
    events = [
        event("nl-c"),
        event(
            "nl-1",
            "2023-05-01",
            event_type="removal_stated",
            actor_type=HOST,
            authority="the ministry",
            sets=NEW.code,
        ),
    ]
    dataset = ledger(events)
    edition = Edition(dataset=dataset, newest=dataset, modified=datetime(2026, 11, 22, tzinfo=UTC))
    return Opened(edition, State(record="nl-a-1"), (), TODAY)


def _numbers(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)]


Drawn = list[tuple[str, list[float]]]


def _drawn(svg: str) -> Drawn:
    """Each element in unit coordinates: its kind with the letters of its path, its numbers."""
    elements = list(ElementTree.fromstring(svg))
    first = elements[0].attrib
    x, y, scale = float(first["cx"]), float(first["cy"]), float(first["r"]) / 0.9
    found = []
    for element in elements:
        if element.tag.endswith("circle"):
            at = float(element.attrib["cx"]), float(element.attrib["cy"])
            assert at == (x, y)
            found.append(("circle", [float(element.attrib["r"]) / scale]))
            continue
        path = element.attrib["d"]
        arcs = "".join(re.findall("[A-Z]", path))
        values = []
        for step in re.findall("[ML] ?([^A-Z]*)|A([^A-Z]*)", path):
            *arc, px, py = _numbers(step[0] or step[1])
            values += [arc[0] / scale] if arc else []
            values += [(px - x) / scale, (py - y) / scale]
        found.append((arcs, values))
    return found


def _unit(primitive: Primitive) -> tuple[str, list[float]]:
    if isinstance(primitive, Circle):
        return "circle", [primitive.radius]
    letters, values = "", []
    for index, point in enumerate(primitive.points):
        letters += "M" if index == 0 else "A" if point.arc else "L"
        values += [point.arc] if point.arc else []
        values += [point.x, point.y]
    return letters + "Z" * primitive.closed, values


def _is_new(svg: str, slack: float) -> None:
    drawn = _drawn(svg)
    expected = [_unit(primitive) for primitive in NEW.shape.primitives]
    assert [kind for kind, _values in drawn] == [kind for kind, _values in expected]
    for (_kind, found), (_same, wanted) in zip(drawn, expected, strict=True):
        assert found == pytest.approx(wanted, abs=slack)


def _icons(html: str) -> list[str]:
    return re.findall(r'<svg class="shape.*?</svg>', html, re.DOTALL)


def _around() -> Around:
    return Around(
        head="",
        picture="",
        description="",
        fixed="",
        cited=citation(_opened(), "", "", ""),
        configuration=Configuration(),
    )


def _legend() -> str:
    return str(page_legend(Screen(replace(_opened(), state=State()), Configuration())))


def test_the_map_is_given_the_new_shape_and_a_mark_of_it(added: LatestWord) -> None:
    opened = _opened()
    layer = layer_data(opened.selection, opened.newest)
    assert added.code in layer
    assert added.label in layer or added.short in layer
    script = base_map().get_root().render()
    shapes = json.loads(re.search(r'\{"claim_only":.*?\}(?=, \{"map")', script)[0])  # type: ignore[index]
    assert list(shapes) == list(LATEST_WORDS)
    assert shapes[added.code] == json.loads(json.dumps(asdict(added.shape)))


def test_the_overview_draws_the_new_shape_in_both_forms(added: LatestWord) -> None:
    html = str(overview(Screen(replace(_opened(), state=State()), Configuration())))
    defined = re.search(f'<g id="mark-{added.code}".*?</g>', html, re.DOTALL)
    assert defined
    _is_new(re.sub('<circle r="6.4" class="halo"/>', "", defined[0]), 0.02)
    assert html.count(f'href="#mark-{added.code}"') == 2, "on the map, and in the tiles"


def test_cards_and_tables_draw_the_new_shape(added: LatestWord) -> None:
    opened = _opened()
    card = _icons(record_page(opened, _around()))[0]
    assert 'class="shape authority"' in card
    assert re.findall('class="(solid|line)"', card) == ["line", "line", "solid"]
    _is_new(card, 0.02)
    page = str(about(Screen(opened, Configuration(), page="about")))
    row = page.partition(f'data-word="{NEW.code}"')[2]
    assert _icons(row)[0] == card
    assert added.label in row


def test_the_legend_draws_the_new_shape_in_the_vocabularys_order(added: LatestWord) -> None:
    html = _legend()
    _is_new(_icons(html)[-1], 0.02)
    codes = re.findall('data-codes="([^"]+)"', html)
    assert [each.split()[0] for each in codes] == [row["code"] for row in legend()]
    assert codes[-1] == added.code
    assert added.short in html
    assert len(_icons(html)) == len({word.shape for word in LATEST_WORDS.values()})


def test_pictures_draw_the_new_shape_on_the_map_and_in_words(added: LatestWord) -> None:
    for state in (State(record="nl-a-1"), State()):
        opened = replace(_opened(), state=state)
        picture = picture_of(opened, "Preview.")
        for svg in (
            preview_picture(picture, opened.snapshot).svg(),
            figure(picture, opened.snapshot, "").svg(),
        ):
            shapes = re.findall("<g>.*?</g>", svg)
            assert len(shapes) == 2, "the mark on the map, and the first line or the legend"
            for found in shapes:
                _is_new(found, 0.02)
                assert f'stroke="{LIGHT.blue}"' in found
            assert svg.count(f'<g class="mark {added.code}">') == 1
            said = re.sub("<[^>]*>", "", svg)
            assert added.phrase.split()[-1] in said if state.record else added.short in said


def test_the_new_word_is_a_group_of_its_own_over_time(added: LatestWord) -> None:
    drawn = ElementTree.fromstring(str(history_chart.chart(_opened().selection, "")))
    rows = {row.get("data-group"): row for row in drawn.iter("div") if row.get("data-group")}
    # no rule knows it, so it is counted as none of the four groups
    assert list(rows) == ["claim", added.code]
    assert rows[added.code].get("class") == "lane blue"
    assert " ".join("".join(rows[added.code].itertext()).split()).startswith(added.short)
    _is_new(_icons(str(history_chart.chart(_opened().selection, "")))[-1], 0.02)


def test_a_row_without_a_shape_fails_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="“moved_elsewhere” has no shape: nothing can show it"):
        replace(NEW, shape=NO_SHAPE)
    with pytest.raises(ValueError, match="“bare” has no shape"):
        LatestWord(code="bare", label="Bare", short="Bare", phrase="said nothing")


def test_a_code_without_a_row_is_never_drawn_as_another_one() -> None:
    sentence = "has no latest word “moved_elsewhere”: no shape can be drawn for it"
    opened = _opened()
    row = dict.fromkeys(("codes", "label", "said", "count", "href", "picked"), "") | {
        "code": NEW.code
    }
    with pytest.raises(KeyError, match=sentence):
        picture_shape(NEW.code, 0, 0, 1)
    with pytest.raises(KeyError, match=sentence):
        render("legend.html", rows=[row], layer="", coverage=())
    with pytest.raises(KeyError, match=sentence):
        in_order(["told_to_stop", NEW.code])
    # an event that nobody entitled may set leaves the claim as it is
    assert Snapshot(opened.dataset, TODAY).statuses == {"nl-a-1": "claim_only"}


def test_words_of_one_shape_share_a_row_and_no_row_says_less_than_they_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shapes = list(dict.fromkeys(word.shape for word in LATEST_WORDS.values()))
    assert [shape_of(str(row["code"])) for row in legend()] == shapes
    assert legend()[-2]["label"] == "None found or known, or report rejected"
    same = replace(NEW, shape=shape_of("looked_found_none"))
    monkeypatch.setitem(LATEST_WORDS, NEW.code, same)
    assert len(legend()) == len(shapes)
    assert legend()[-2]["label"].endswith("None known / Report rejected / Moved elsewhere")
    assert [word.code for word in by_shape([NEW.code, "says_none_known"])[0]] == [
        "says_none_known",
        NEW.code,
    ]
