"""What is documented of a link is what a link is read by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geo.link.parameters import parameters
from geo.link.permalink import decode, parse_query
from tests.entities import real
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
    for parameter in parameters():
        assert [code for code, _label in parameter.described_codes()] == list(parameter.codes)
        labels = [label for _code, label in parameter.described_codes()]
        assert all(labels)
        assert len(set(labels)) == len(labels)


def test_every_example_is_read_without_a_complaint() -> None:
    for parameter in parameters():
        query = parse_query(f"{parameter.name}={parameter.example}")
        _state, said = decode(query, real(), TODAY)
        # no ledger has the example's version, and that is said
        assert len(said) == (parameter.name == "v"), parameter.name
        if parameter.codes:
            assert parameter.example in parameter.codes


def test_what_arranges_the_page_selects_nothing() -> None:
    everything = len(decode({}, real(), TODAY)[0].filters.active)
    for parameter in parameters():
        query = parse_query(f"{parameter.name}={parameter.example}")
        state, _said = decode(query, real(), TODAY)
        changed = bool(state.filters.active) or state.as_of is not None or bool(state.version)
        assert changed == (parameter.selects and parameter.name != "certain"), parameter.name
    assert everything == 0
