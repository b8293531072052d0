"""What is documented of a link is what a link is read by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

import pytest

from geo.link.form import menu
from geo.link.kinds import Kind, Menu, Parameter
from geo.link.parameters import CARDS, LAYERS, facets, parameter, parameters
from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.link.state import State
from tests.entities import on, real
from tests.ledger_files import TODAY


class Watched(Mapping[str, Sequence[str]]):
    """A query that remembers what it was asked for."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self.values_ = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Sequence[str]:
        self.asked.add(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def test_every_parameter_that_is_read_is_documented_and_no_other() -> None:
    watched = Watched({})
    decode(watched, real(), TODAY)
    assert [p.name for p in parameters()] == list(dict.fromkeys(p.name for p in parameters()))
    assert {p.name for p in parameters()} == watched.asked


def test_every_code_has_a_label() -> None:
    for row in parameters():
        assert [code for code, _label in row.described_codes()] == list(row.codes)
        labels = [label for _code, label in row.described_codes()]
        assert all(labels)
        assert len(set(labels)) == len(labels)


def test_every_example_is_read_without_a_complaint() -> None:
    snapshot = on(TODAY)
    for row in parameters():
        example = row.served_example(snapshot)
        query = parse_query(f"{row.name}={example}")
        _state, said = decode(query, real(), TODAY)
        # no ledger has the example's version, and that is said
        assert len(said) == (row.name == "v"), row.name
        if row.codes:
            assert row.example in row.codes


def test_what_arranges_the_page_selects_nothing() -> None:
    everything = len(decode({}, real(), TODAY)[0].filters.active)
    for row in parameters():
        query = parse_query(f"{row.name}={row.example}")
        state, _said = decode(query, real(), TODAY)
        changed = bool(state.filters.active) or state.as_of is not None or bool(state.version)
        assert changed == (row.selects and row.name != "certain"), row.name
    assert everything == 0


def test_every_parameter_has_a_field_that_keeps_it() -> None:
    for row in parameters():
        assert hasattr(Filters() if row.filters else State(), row.field), row.name
    assert len({row.field for row in parameters()}) == len(parameters())
    # a facet is an attribute of the filters, and takes the place of none of theirs
    assert not {row.field for row in facets()} & set(dir(Filters))
    assert all(row.field == row.name for row in facets())


def test_the_form_shows_filters_and_the_day() -> None:
    main, more = ([row.name for row in menu(place)] for place in (Menu.MAIN, Menu.MORE))
    assert main[:3] == ["country", "province", "status"]
    assert more[:3] == ["jurisdiction", "flag", "list"]
    assert more[-1] == "type", "what counts events comes last"
    assert sorted([*main, *more]) == sorted(row.name for row in facets())
    placed = {row.name for row in parameters() if row.menu is not Menu.NOWHERE}
    assert placed == {row.name for row in parameters() if row.filters} | {"asof"}


def test_cards_and_layers_are_those_of_the_table() -> None:
    assert CARDS == ("record", "event", "place")
    assert LAYERS == ("coverage",)


def test_a_facet_that_reads_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="reads neither records nor events"):
        Parameter(name="x", kind=Kind.FACET, meaning="x", example="x")
    with pytest.raises(KeyError):
        parameter("x")


def test_a_facet_is_kept_under_its_own_name() -> None:
    with pytest.raises(ValueError, match="the facet country is kept under its own name"):
        replace(parameter("country"), field="host_country")


def test_only_facets_are_one_row_and_the_other_filters_are_attributes() -> None:
    others = [row.field for row in parameters() if row.filters and row.kind is not Kind.FACET]
    assert others == [f.name for f in fields(Filters) if f.name != "picked"]
