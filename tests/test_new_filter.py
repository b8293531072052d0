"""A filter is one row: a row that is added to the table is known to everything."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections import Counter
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from geo.api.endpoints import DATA
from geo.api.openapi import description
from geo.exports.file_names import file_name
from geo.link import parameters
from geo.link.kinds import Kind, Menu, Parameter
from geo.link.permalink import decode, encode, parse_query
from geo.link.selection import Filters
from geo.link.state import State
from geo.model.vocabulary import ACTORS
from geo.paths import PROJECT
from geo.screen.api_page import documentation
from geo.screen.context import Screen
from geo.screen.filters import filters
from geo.screen.header import header
from geo.words.summary import filter_words, loosening
from tests.asgi import call
from tests.entities import on, real
from tests.geo.api.data_app import APP, opened
from tests.geo.screen.forms import Block, submitted
from tests.geo.views.test_rendering import Page
from tests.ledger_files import TODAY
from tests.screens import screen_of
from tools import messages, tables

PRECISION = Parameter(
    name="sample_place",
    kind=Kind.FACET,
    codes=("city", "region", "country"),
    label="Precision",
    code_label={"city": "a city", "region": "a region", "country": "a country"}.__getitem__,
    meaning="How finely the place of a record is known.",
    example="city",
    menu=Menu.MORE,
    of_record=lambda record, snapshot: (record.precision,),
)
ACTOR = Parameter(
    name="sample_speaker",
    kind=Kind.FACET,
    codes=tuple(ACTORS),
    label="Speaker",
    code_label=ACTORS.__getitem__,
    meaning="Kind of speaker; of records, those that such a speaker spoke about.",
    example="press",
    menu=Menu.MAIN,
    of_event=lambda event, snapshot: (event.actor_type,),
)


@pytest.fixture(params=[PRECISION, ACTOR], ids=lambda row: row.name)
def row(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Parameter:
    """A row that is now in the table, after the other filters of codes."""
    added: Parameter = request.param
    facets = len(parameters.facets())
    table = (*parameters.TABLE[:facets], added, *parameters.TABLE[facets:])
    monkeypatch.setattr(parameters, "TABLE", table)
    return added


def picked(row: Parameter, *codes: str) -> Filters:
    return Filters().replace(**{row.field: codes})


def read(query: str) -> tuple[State, list[str]]:
    return decode(parse_query(query), real(), TODAY)


@pytest.mark.parametrize("name", [PRECISION.name, ACTOR.name])
def test_without_its_row_nothing_knows_it(name: str) -> None:
    unknown = f"Ignored in this link: {name}=“press” (the atlas has no such parameter)."
    assert read(f"{name}=city&{name}=press") == (State(), [unknown])
    with pytest.raises(TypeError):
        Filters().replace(**{name: ("city",)})
    with pytest.raises(AttributeError):
        getattr(Filters(), name)
    assert name not in description(on(TODAY))["components"]["parameters"]


def test_a_link_carries_it(row: Parameter) -> None:
    first, second = row.codes[:2]
    state = State(filters=picked(row, first, second).replace(country=("NL",), q="x"))
    link = f"country=NL&{row.name}={first}&{row.name}={second}&q=x"
    assert encode(state) == link
    assert read(link) == (state, [])
    assert read(f"{row.name}={second}&{row.name}={first}&country=NL&q=x") == (state, [])
    ignored = f"Ignored in this link: {row.name}=“none” (unknown value)."
    assert read(f"{row.name}=none") == (State(), [ignored])


def test_filters_keep_it(row: Parameter) -> None:
    filters = picked(row, *row.codes[:2]).replace(country=("NL",))
    assert getattr(filters, row.field) == row.codes[:2]
    assert getattr(Filters(), row.field) == ()
    assert filters.active == ("country", row.field)
    assert filters.without(row.field) == Filters(country=("NL",))
    assert hash(filters) == hash(
        Filters().replace(**{row.field: row.codes[:2], "country": ("NL",)})
    )
    assert not hasattr(State(), row.field)


def test_records_and_events_are_selected_and_counted_by_it(row: Parameter) -> None:
    snapshot = on(TODAY)
    counts = Filters().select(snapshot).counts(row.name)
    if row is PRECISION:
        assert counts == Counter(r.precision for r in snapshot.records)
    else:
        assert counts == Counter(e.actor_type for e in snapshot.events if not e.repeat_of)
    assert len(counts) > 1
    for code in counts:
        selection = picked(row, code).select(snapshot)
        if row is PRECISION:
            assert selection.records == tuple(r for r in snapshot.records if r.precision == code)
            about = {e for r in selection.records for e in snapshot.about(r) if e.country != "ZZ"}
            assert about <= set(selection.events)
        else:
            assert selection.events == tuple(e for e in snapshot.events if e.actor_type == code)
            spoke = {i for e in selection.events for i in e.about}
            assert selection.record_ids == spoke & {r.id for r in snapshot.records}


def test_the_sentence_says_it_and_offers_to_loosen_it(row: Parameter) -> None:
    first, second = row.codes[:2]
    words = f"{row.label}: {row.option_label(first)} or {row.option_label(second)}"
    assert filter_words(picked(row, first, second)) == words
    snapshot = on(TODAY)
    dutch = Filters(country=("NL",))
    have = dutch.select(snapshot).counts(row.name)
    missing = next(code for code in row.codes if not have.get(code))
    empty = dutch.replace(**{row.field: (missing,)}).select(snapshot)
    assert empty.records == ()
    assert (row.field, len(dutch.select(snapshot).records)) in loosening(empty)
    assert parameters.filter_label(row.field) == row.label


def _screen(row: Parameter) -> Screen:
    return screen_of(real(), State(filters=picked(row, row.example)))


def test_the_form_shows_it_with_its_counts(row: Parameter) -> None:
    screen = _screen(row)
    form = str(filters(screen))
    page = Page(form)
    boxes = [a for _tag, a in page.tags if a.get("name") == row.name]
    counts = screen.selection.counts(row.name)
    assert [box["value"] for box in boxes] == [code for code in row.codes if code in counts]
    assert [box["value"] for box in boxes if "checked" in box] == [row.example]
    assert row.label in page.text
    label = re.escape(row.option_label(row.example))
    assert re.search(rf"{label}</span> <span class=\"count\">{counts[row.example]}<", form)
    assert f"{row.label}: {row.option_label(row.example)}" in Page(header(screen)).text
    assert (f'id="menu-{row.name}"' in form) == (row.menu is Menu.MAIN)


def test_the_form_sets_it_and_a_click_loosens_it(row: Parameter) -> None:
    block = Block(filters(screen_of(real(), State())))
    (box,) = [f for f in block.fields if (f.name, f.value) == (row.name, row.example)]
    box.checked = True
    # the empty fields of text and dates are sent as well
    assert read(submitted([block], "filters")) == (_screen(row).state, [])
    (link,) = Block(f"<a {_screen(row).click(loosen=row.field)}></a>").links
    assert link["href"] == "/"


def test_the_api_selects_by_it(row: Parameter) -> None:
    selection = picked(row, row.example).select(on(TODAY))
    query = f"{row.name}={row.example}".encode()
    answer = call(APP, "/api/records.csv", query=query)
    assert "x-atlas-notices" not in answer.headers
    rows = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))
    assert [cells["record"] for cells in rows] == [r.id for r in selection.records]
    told = json.loads(call(APP, "/api/events.json", query=query).body)["events"]
    assert [event["id"] for event in told] == [e.id for e in selection.events]
    assert 0 < len(selection.records) < len(real().records)


def test_it_is_described_to_programs_and_to_people(row: Parameter) -> None:
    spec = description(on(TODAY))
    assert list(OpenAPIV31SpecValidator(spec).iter_errors()) == []
    described = spec["components"]["parameters"][row.name]
    assert described["schema"] == {
        "type": "array",
        "items": {"type": "string", "enum": list(row.codes)},
    }
    assert row.meaning in described["description"]
    for address in DATA:
        taken = spec["paths"][address.path]["get"]["parameters"]
        assert {"$ref": f"#/components/parameters/{row.name}"} in taken
    page = str(documentation(opened(), [], "", "", "", ""))
    assert f'<section id="parameter-{row.name}">' in page
    for code in row.codes:
        described = rf"<dt><code>{code}</code></dt>\s*<dd>{re.escape(row.option_label(code))}</dd>"
        assert re.search(described, page)


def test_files_are_named_by_it(row: Parameter) -> None:
    one = file_name(State(filters=picked(row, row.codes[0])), "0a1b2c3d", TODAY, "csv")
    two = file_name(State(filters=picked(row, row.codes[1])), "0a1b2c3d", TODAY, "csv")
    assert re.match(rf"atlas_{row.codes[0]}[_.]", one)
    assert one != two


# what CONTRIBUTING says is touched


def _steps() -> list[str]:
    """The files of the numbered list under *A filter or a parameter of the link*."""
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("**A filter or a parameter of the link.**")[2].partition("\n**")[0]
    return re.findall(r"^\d+\. `([^`]+)`", section, re.MULTILINE)


def test_the_guide_names_the_files_that_are_touched() -> None:
    assert _steps() == [
        "geo/link/parameters.py",
        tables.TARGET.relative_to(PROJECT).as_posix(),
        "docs/DATA_MODEL.md",
        "tests/reference.py",
        messages.TARGET.relative_to(PROJECT).as_posix(),
        "CHANGELOG.md",
    ]
    assert all((PROJECT / file).is_file() for file in _steps())


def test_the_table_in_the_document_gets_its_line(row: Parameter) -> None:
    text = tables.TARGET.read_text(encoding="utf-8")
    written = set(tables.document(text).splitlines()) - set(text.splitlines())
    line = f"| `{row.name}` | codes | {row.meaning} | `{row.name}={row.example}` |"
    assert written == {line}


def test_labels_of_the_table_are_collected_for_translators() -> None:
    rows = ("geo/link/parameters.py", "geo/link/arrangement.py")
    texts = {text for file, text in messages.found() if file in rows}
    assert {row.label for row in parameters.filters()} <= texts
    assert {row.meaning for row in parameters.parameters()} <= texts


def test_no_other_module_lists_the_filters() -> None:
    names = {row.name for row in parameters.facets()}
    for path in PROJECT.glob("geo/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple | ast.List | ast.Set):
                listed: list[Any] = node.elts
            elif isinstance(node, ast.Dict):
                listed = node.keys
            else:
                continue
            found = {item.value for item in listed if isinstance(item, ast.Constant)} & names
            # a table's columns may share a few names with filters
            assert len(found) < 4, f"{path.relative_to(PROJECT)}:{node.lineno} lists {found}"
