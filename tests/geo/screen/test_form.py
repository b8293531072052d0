"""The form of the filters: what a browser makes of it is the address of what it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.link.addresses import PAGES
from geo.link.kinds import Menu
from geo.link.parameters import facets, parameter, parameters
from geo.link.permalink import NO_FILTERS
from geo.link.selection import Filters
from geo.link.state import State, encode
from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.screen.page import blocks as written
from tests.entities import real
from tests.geo.link.test_permalink import states as linked_states
from tests.geo.screen.forms import Block, Field, submitted
from tests.geo.screen.page_blocks import blocks, form_blocks, read
from tests.ledger_files import TODAY
from tests.screens import screen_of
from tests.sizes import size

FORM_PAGES = [page for page in PAGES if page != "about"]
RANGES: list[dict[str, Any]] = [
    {},
    {"since": "2022"},
    {"until": "2023-01", "certain": True},
    {"since": "2022-09-12", "until": "2023"},
]
EVERYTHING = State(
    filters=Filters(
        country=("NL",),
        province=("CN-ZJ",),
        jurisdiction=("wenzhou",),
        status=("told_to_stop",),
        flag=("inquiry",),
        type=("claim",),
        list=("ngo-2022-12",),
        q="naïve “x” & y",
        since="2022-09",
        until="2023",
        certain=True,
    ),
    as_of=date(2023, 5, 1),
    view=None,
    layer="coverage",
    rows="country",
    period="2022-09-01_2023-01-31",
    listed="400",
    sort="-claimed_on",
    coverage="not_listed",
    rest="1",
    record="nl-amsterdam-1",
    version="0a1b2c3d",
)


@st.composite
def states(draw: st.DrawFn) -> State:
    """A state of any page, with its settings."""
    state = draw(linked_states())
    return replace(
        state,
        filters=state.filters.replace(**draw(st.sampled_from(RANGES))),
        rows=draw(st.sampled_from(("", "country"))),
        period=draw(st.sampled_from(("", "busy", "2022", "2022-09-01_2023-01-31"))),
        listed=draw(st.sampled_from(("", "50", "400"))),
        sort=draw(st.sampled_from(("", "-claimed_on", "event", "coverage"))),
        coverage=draw(st.sampled_from(("", *parameter("coverage").codes))),
        rest=draw(st.sampled_from(("", "1"))),
    )


def _form(screen: Screen) -> tuple[list[Block], list[Field]]:
    """The blocks of the form, and the fields in them that it sends."""
    made = list(form_blocks(screen).values())
    return made, [f for block in made for f in block.fields if f.form == "filters" and f.name]


def _sent(screen: Screen, made: list[Block]) -> State:
    """The state of the page that the form leads to, without a notice of anything ignored."""
    state, notices = read(submitted(made, "filters"))
    assert [n for n in notices if "ledger has changed since" not in n] == []
    return screen_of(real(), state, screen.page).state


@settings(max_examples=size(60, 400), deadline=None)
@given(states(), st.sampled_from(FORM_PAGES))
def test_an_unchanged_form_leads_to_the_same_state(state: State, page: str) -> None:
    screen = screen_of(real(), state, page)
    made, _fields = _form(screen)
    (form,) = [form for block in made for form in block.forms.values()]
    assert (form["method"], form["action"]) == ("get", "/" + PAGES[page])
    assert _sent(screen, made) == screen.state


@settings(max_examples=size(60, 400), deadline=None)
@given(states(), st.sampled_from(FORM_PAGES), st.data())
def test_a_box_is_one_value_of_the_state(state: State, page: str, data: st.DataObject) -> None:
    screen = screen_of(real(), state, page)
    made, fields = _form(screen)
    box = data.draw(st.sampled_from([f for f in fields if f.kind == "checkbox"]))
    box.checked = not box.checked
    assert _sent(screen, made) == _with(screen.state, box)


def _with(state: State, box: Field) -> State:
    """The state after a click on a box."""
    if box.name == "layer":
        return replace(state, layer=box.value if box.checked else "")
    filters = state.filters
    if box.name == "certain":
        # alone it means nothing: there is no range that it could narrow
        certain = box.checked and bool(filters.since or filters.until)
        return replace(state, filters=filters.replace(certain=certain))
    before = set(getattr(filters, box.name))
    after = before | {box.value} if box.checked else before - {box.value}
    codes = tuple(code for code in parameter(box.name).codes if code in after)
    return replace(state, filters=filters.replace(**{box.name: codes}))


@pytest.mark.parametrize("page", FORM_PAGES)
def test_every_parameter_is_sent_once_for_each_value(page: str) -> None:
    event = replace(EVERYTHING, record="", event="nl-2022-11-01-told-to-stop")
    for state in (EVERYTHING, event):
        screen = screen_of(real(), state, page)
        made, _fields = _form(screen)
        sent = submitted(made, "filters")
        assert sorted(sent.split("&")) == sorted(submitted_as(screen.state))
        assert _sent(screen, made) == screen.state


def submitted_as(state: State) -> list[str]:
    """The pairs of a link as a form writes them: a space is a plus sign."""
    return [pair.replace("%20", "+") for pair in encode(state).split("&")]


@pytest.mark.parametrize("page", FORM_PAGES)
def test_every_filter_has_a_field_and_every_value_a_box(page: str) -> None:
    _made, fields = _form(screen_of(real(), State(), page))
    wanted = {row.name for row in parameters() if row.menu is not Menu.NOWHERE}
    assert wanted <= {field.name for field in fields}
    counted = screen_of(real(), State()).selection
    for row in facets():
        boxes = [f.value for f in fields if f.name == row.name]
        assert len(set(boxes)) == len(boxes)
        assert {code for code, count in counted.counts(row.name).items() if count} <= set(boxes)


def test_the_last_box_of_a_filter_can_be_unticked() -> None:
    for row in facets():
        code = row.codes[0]
        screen = screen_of(real(), State(filters=NO_FILTERS.replace(**{row.name: (code,)})))
        made, fields = _form(screen)
        (box,) = [f for f in fields if f.name == row.name and f.checked]
        assert box.value == code
        box.checked = False
        assert _sent(screen, made) == State()


def test_empty_fields_are_no_values_and_need_no_notice() -> None:
    assert read("asof=&q=&from=&to=&certain=&layer=&country=") == (State(), [])
    screen = screen_of(real(), EVERYTHING, "data")
    made, fields = _form(screen)
    for field in fields:
        if field.kind in ("text", "search", "date"):
            field.value = ""
    cleared = screen.state.filters.replace(q="", since="", until="", certain=False)
    assert _sent(screen, made) == replace(screen.state, filters=cleared, as_of=None)


@pytest.mark.parametrize(
    ("picked", "as_of"),
    [(TODAY, None), (date(2023, 5, 1), date(2023, 5, 1)), (real().first_day, real().first_day)],
)
def test_today_follows_the_ledger_and_another_day_does_not(
    picked: date, as_of: date | None
) -> None:
    screen = screen_of(real(), State(as_of=date(2022, 12, 5)), "timeline")
    made, fields = _form(screen)
    (field,) = [f for f in fields if f.name == "asof"]
    field.value = picked.isoformat()
    assert _sent(screen, made) == State(as_of=as_of)


def test_a_view_of_today_is_pinned_to_its_day_all_the_same() -> None:
    for as_of in (None, TODAY):
        screen = screen_of(real(), State(as_of=as_of), "data")
        assert screen.fixed["as_of"] == TODAY
        assert "asof=" not in screen.href("map")


@pytest.mark.parametrize(
    ("name", "typed", "values", "notices"),
    [
        ("q", "a b  c", {"q": "a b c"}, 0),
        ("q", "%&=+#?", {"q": "%&=+#?"}, 0),
        ("q", "   ", {}, 0),
        ("q", "x" * 200, {}, 1),
        ("from", "2022-09", {"since": "2022-09"}, 0),
        ("from", "nonsense", {}, 1),
        ("to", "2023/2024", {}, 1),
        ("to", "2023", {"until": "2023"}, 0),
    ],
)
def test_what_is_typed_is_what_is_read(
    name: str, typed: str, values: dict[str, Any], notices: int
) -> None:
    made, fields = _form(screen_of(real(), State(), "countries"))
    (field,) = [f for f in fields if f.name == name]
    field.value = typed
    state, said = read(submitted(made, "filters"))
    assert state == State(filters=NO_FILTERS.replace(**values))
    assert len(said) == notices


@pytest.mark.parametrize("layer", ["", "coverage"])
def test_the_layer_is_carried(layer: str) -> None:
    for page in FORM_PAGES:
        _made, fields = _form(screen_of(real(), State(layer=layer), page))
        kinds = [field.kind for field in fields if field.name == "layer"]
        assert kinds == ["hidden"] * bool(layer)


def test_a_button_sends_the_form_where_no_script_does() -> None:
    block = form_blocks(screen_of(real(), State()))["filters"]
    (button,) = [b for b in block.buttons if b["type"] == "submit"]
    # last inside it: on a narrow screen the filters are a sheet of the form
    assert button["inside"].startswith("form")
    assert button["class"] == "without-script"


def test_a_field_that_only_a_script_serves_sends_nothing() -> None:
    block = form_blocks(screen_of(real(), State()))["filters"]
    nameless = [field for field in block.fields if not field.name]
    assert nameless
    assert all(field.kind == "search" for field in nameless)


@pytest.mark.parametrize("page", FORM_PAGES)
def test_a_page_of_today_in_the_east_shows_that_day_throughout(page: str) -> None:
    tomorrow = TODAY + timedelta(days=1)
    state, notices = read(f"asof={tomorrow}")
    assert notices == []
    screen = screen_of(real(), state, page)
    shown = blocks(screen)
    field = next(one for one in shown["filters"].fields if one.name == "asof")
    assert field.value == str(tomorrow)
    html = {name: str(made) for name, made in written(screen).items()}
    assert f'max="{tomorrow}"' in html["filters"]
    assert f"</span> {spoken(str(tomorrow))}" in html["filters"]
    if page == "map":
        lengths = re.findall(r'aria-value(?:max|now)="(\d+)"', html["days"])
        assert len(lengths) == 2
        assert int(lengths[1]) <= int(lengths[0])
