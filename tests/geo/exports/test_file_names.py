"""Names of files: safe everywhere, readable, and never the same for two selections."""

from __future__ import annotations

import random
import re
from datetime import date
from typing import Any

import pytest

from geo.exports.file_names import LONGEST, file_name
from geo.link.parameters import facets, parameters
from geo.link.permalink import decode, encode, parse_query
from geo.link.selection import Filters
from geo.link.state import State
from tests.entities import real
from tests.ledger_files import TODAY
from tests.sizes import size

NAME = re.compile(r"atlas_(.+)_asof-(\d{4}-\d{2}-\d{2})_v([0-9a-f]{8})\.csv")
SEARCHES = (
    "police",
    "a b",
    "a-b",
    "Viña",
    "vina",
    "青田",
    "福州",
    "ﬃ",
    "from 2022",
    "x" * 100,
    "½a",
)
ENDS = ("2022", "2022-09", "2022-09-12", "2023", "2023-01")


def named(filters: Filters, day: date | None = None) -> str:
    return file_name(State(filters=filters, as_of=day), "0a1b2c3d", TODAY, "csv")


def selection_in(name: str) -> str:
    """The part of a name that tells the selection."""
    found = NAME.fullmatch(name)
    assert found, name
    return found[1]


def codes_of(filters: Filters) -> str:
    return "-".join(code for _name, codes in filters.picked for code in codes).lower()


def random_codes(chance: random.Random) -> dict[str, Any]:
    picked = {}
    for row in facets():
        if chance.random() < 0.35:
            most = min(len(row.codes), chance.choice([1, 1, 2, 3, 8]))
            few = set(chance.sample(row.codes, most))
            picked[row.field] = tuple(code for code in row.codes if code in few)
    return picked


def random_filters(seed: int) -> Filters:
    """A selection with a range, as a link can carry it."""
    chance = random.Random(seed)
    values: dict[str, Any] = random_codes(chance)
    if chance.random() < 0.4:
        values["q"] = chance.choice(SEARCHES)
    since, until = sorted(chance.choices(ENDS, k=2))
    which = chance.randrange(3)
    values["since"], values["until"] = since if which else "", until if which != 1 else ""
    filters = Filters(**values, certain=chance.random() < 0.5)
    assert decode(parse_query(encode(State(filters=filters))), real(), TODAY) == (
        State(filters=filters),
        [],
    )
    return filters


SEEDS = range(size(400, 5000))


def test_a_name_is_safe_and_no_part_is_longer_than_its_value() -> None:
    for seed in SEEDS:
        filters = random_filters(seed)
        name = named(filters)
        assert re.fullmatch("[a-z0-9_.-]+", name), name
        assert len(name) < 150
        readable, _dot, digest = selection_in(name).partition(".")
        assert len(readable) <= LONGEST
        codes = codes_of(filters)
        others = [
            part
            for part in (
                filters.q and "search",
                filters.since and f"from-{filters.since}",
                filters.until and f"to-{filters.until}",
                filters.certain and "certain",
            )
            if part
        ]
        # words of a search follow its name, and are no more than were typed
        found = re.search(r"(?:^|_)search((?:-[a-z0-9]+)*)", readable)
        if filters.q and found:
            assert len(found[1].removeprefix("-")) <= len(filters.q), name
            readable = readable.replace(f"search{found[1]}", "search", 1)
        assert readable.endswith("_".join(others)), name
        shown = readable.removesuffix("_".join(others)).removesuffix("_")
        assert codes.startswith(shown), name
        assert digest or shown == codes


def test_two_selections_never_have_one_name() -> None:
    by_name: dict[str, Filters] = {}
    for seed in SEEDS:
        filters = random_filters(seed)
        assert by_name.setdefault(named(filters), filters) == filters
    assert len(by_name) > 0.9 * len(SEEDS)


def few_codes() -> list[Filters]:
    """Every code alone, and pairs of those that resemble each other or follow each other."""
    codes = [(row.field, code) for row in facets() for code in row.codes]
    chance = random.Random(7)
    found = [Filters().replace(**{field: (code,)}) for field, code in codes]
    short = [(field, code) for field, code in codes if code in ("CN", "FJ", "TO", "ES")]
    pairs = [(one, other) for one in short for other in short if one[1] < other[1]]
    several = [chance.sample(codes, 2) for _ in range(size(1500, 20000))]
    for one, other in (*pairs, *several):
        values: dict[str, Any] = {}
        for field, code in (one, other):
            values[field] = (*values.get(field, ()), code)
        found.append(Filters(**values))
    return found


def test_codes_of_two_filters_that_read_the_same_have_two_names() -> None:
    by_name: dict[str, Filters] = {}
    for filters in few_codes():
        assert by_name.setdefault(named(filters), filters) == filters


@pytest.mark.parametrize(
    ("filters", "selection"),
    [
        (Filters(), "all"),
        (Filters(country=("NL",)), "nl"),
        (Filters(country=("BE", "NL"), status=("told_to_stop",)), "be-nl-told_to_stop"),
        (Filters(province=("CN-FJ",)), "cn-fj"),
        (Filters(province=("unknown",)), "unknown"),
        (Filters(q="police"), "search-police"),
        (Filters(country=("NL",), q="police", since="2022-09"), "nl_search-police_from-2022-09"),
        (Filters(since="2022", until="2022", certain=True), "from-2022_to-2022_certain"),
        (Filters(country=("TO",), until="2022"), "to_to-2022"),
    ],
)
def test_what_tells_a_selection_by_itself_has_no_digest(filters: Filters, selection: str) -> None:
    assert selection_in(named(filters)) == selection


@pytest.mark.parametrize(
    ("filters", "readable"),
    [
        (Filters(country=("CN", "FJ")), "cn-fj"),
        (Filters(flag=("told_to_stop",)), "told_to_stop"),
        (Filters(jurisdiction=("unknown",)), "unknown"),
        (Filters(q="../a b?"), "search-a-b"),
        (Filters(q="Viña"), "search-vina"),
        (Filters(q="青田"), "search"),
        (Filters(country=("NL",), q="x" * 100), f"nl_search-{'x' * 32}"),
    ],
)
def test_what_another_selection_could_be_called_has_a_digest(
    filters: Filters, readable: str
) -> None:
    found = selection_in(named(filters))
    assert re.fullmatch(re.escape(readable) + r"\.[0-9a-f]{10}", found), found


def test_names_of_codes_alone_are_what_they_were() -> None:
    digests = 0
    for seed in range(200):
        filters = Filters(**random_codes(random.Random(seed)))
        before = codes_of(filters)[:LONGEST].strip("-") or "all"
        readable, _dot, digest = selection_in(named(filters)).partition(".")
        assert readable == before.rstrip("_")
        digests += bool(digest)
    assert 0 < digests < 100


def test_no_code_reads_like_another_part_of_a_name() -> None:
    for row in facets():
        for code in row.codes:
            assert re.fullmatch("[A-Za-z0-9_-]+", code)
            assert not re.search(r"_(search|from|to|asof)-|_certain$", code)
    assert {row.name for row in parameters()} >= {"from", "to", "certain"}


def test_a_name_has_kind_and_day_and_version() -> None:
    state = State(filters=Filters(country=("NL",)), as_of=date(2022, 12, 5))
    assert file_name(state, "0a1b2c3d", TODAY, "csv") == "atlas_nl_asof-2022-12-05_v0a1b2c3d.csv"
    name = file_name(State(), "0a1b2c3d", TODAY, "geojson", "events")
    assert name == "atlas_events_all_asof-2026-11-22_v0a1b2c3d.geojson"
