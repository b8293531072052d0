"""The link: what it says is what opens, whatever happens to it on the way."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.link.parameters import facets, parameter
from geo.link.permalink import (
    LAYERS,
    NO_FILTERS,
    State,
    Viewport,
    city_code,
    decode,
    encode,
    parse_query,
    read_link,
    rounded,
)
from geo.link.selection import Filters
from tests.entities import real
from tests.ledger_files import TODAY

DATA = real()
FACETS = [row.name for row in facets()]
CODES = {row.name: row.codes for row in facets()}
MAX_SEARCH = parameter("q").longest
ALPHABET = re.compile(r"[A-Za-z0-9_.=&%-]*")


def read(query: str) -> tuple[State, list[str]]:
    return decode(parse_query(query), DATA, TODAY)


def hundredths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low * 100, high * 100).map(lambda n: n / 100)


def facet(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    picked = st.sets(st.sampled_from(CODES[name]), max_size=4)
    return picked.map(lambda values: tuple(code for code in CODES[name] if code in values))


SEARCHES = st.text(
    st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=MAX_SEARCH
)
FILTERS = st.builds(
    Filters,
    **{name: facet(name) for name in FACETS},
    q=SEARCHES.map(lambda text: " ".join(text.split())),
)
CARDS: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.just({}),
    st.sampled_from(sorted(DATA.records_by_id)).map(lambda code: {"record": code}),
    st.sampled_from(sorted(DATA.events_by_id)).map(lambda code: {"event": code}),
    st.sampled_from(CODES["country"]).map(lambda code: {"place": code}),
    st.sampled_from(sorted({city_code(r.id) for r in DATA.records if r.host_city})).map(
        lambda code: {"place": code}
    ),
)


@st.composite
def states(draw: st.DrawFn) -> State:
    view = st.builds(Viewport, hundredths(-60, 80), hundredths(-180, 180), st.integers(3, 9))
    return State(
        filters=draw(FILTERS),
        as_of=draw(st.none() | st.dates(DATA.first_day, TODAY)),
        view=draw(st.none() | view),
        version=draw(st.sampled_from(("", DATA.version))),
        layer=draw(st.sampled_from(("", *LAYERS))),
        **draw(CARDS),
    )


@settings(max_examples=1000, deadline=None)
@given(states())
def test_a_thousand_states_come_back_as_they_were(state: State) -> None:
    link = encode(state)
    assert read(link) == (state, [])
    assert read("?" + link) == (state, [])
    assert ALPHABET.fullmatch(link), link
    for pair in filter(None, link.split("&")):
        assert pair.count("=") == 1
        assert pair.startswith("q=") or "%" not in pair
    assert encode(read(link)[0]) == link


@pytest.mark.parametrize(
    ("state", "link"),
    [
        (State(), ""),
        (
            State(filters=Filters(country=("NL",), status=("claim_only",))),
            "country=NL&status=claim_only",
        ),
        (State(filters=Filters(country=("BE", "NL"))), "country=BE&country=NL"),
        (
            State(filters=Filters(province=("unknown",), list=("other",))),
            "province=unknown&list=other",
        ),
        (State(filters=Filters(flag=("inquiry",), type=("charge",))), "flag=inquiry&type=charge"),
        (State(filters=Filters(jurisdiction=("wenzhou",))), "jurisdiction=wenzhou"),
        (State(filters=Filters(q="Viña ~ x")), "q=Vi%C3%B1a%20%7E%20x"),
        (State(filters=Filters(q="a&b=c#d?e/f%g+h")), "q=a%26b%3Dc%23d%3Fe%2Ff%25g%2Bh"),
        (State(as_of=date(2022, 12, 5)), "asof=2022-12-05"),
        (State(view=Viewport(52.1, 5.3, 6)), "view=52.10_5.30_6"),
        (State(view=Viewport(-0.001, -0.0, 3)), "view=0.00_0.00_3"),
        (State(record="nl-amsterdam-1", version="0a1b2c3d"), "record=nl-amsterdam-1&v=0a1b2c3d"),
    ],
)  # fmt: skip
def test_links_are_written_as_the_contract_says(state: State, link: str) -> None:
    assert encode(state) == link


def test_codes_are_the_public_contract() -> None:
    published = ["country", "province", "jurisdiction", "status", "flag", "type", "list"]
    assert [name for name in FACETS if name in published] == published
    assert len(CODES["country"]) == 249 + 2
    assert {"NL", "NA", "GB", "TW", "EU", "ZZ"} <= set(CODES["country"])
    assert not {"UK", "XK", "AN", "SU"} & set(CODES["country"])
    for codes in CODES.values():
        assert len(set(codes)) == len(codes)
        assert all(ALPHABET.fullmatch(code) and "%" not in code for code in codes)
    for thing in (*DATA.records_by_id, *DATA.events_by_id):
        assert re.fullmatch("[a-z0-9-]{1,80}", thing)


@pytest.mark.parametrize("name", FACETS)
def test_an_unknown_value_is_ignored_and_said(name: str) -> None:
    good = CODES[name][0]
    state, notices = read(f"{name}=no_such&{name}={good}&{name}=")
    assert state == State(filters=Filters().replace(**{name: (good,)}))
    assert notices == [f"Ignored in this link: {name}=“no_such” (unknown value)."]


@pytest.mark.parametrize("value", ["nl", "NL ", "Netherlands", "told_to_stop\n", "TOLD_TO_STOP"])
def test_values_are_codes_and_nothing_like_them(value: str) -> None:
    for name in ("country", "status"):
        state, notices = read(urlencode({name: value}))
        assert state == State()
        assert len(notices) == 1


def test_a_value_that_is_wrong_many_times_is_said_once() -> None:
    assert len(read("&".join(["country=xx"] * 1000))[1]) == 1


@pytest.mark.parametrize(
    "query",
    ["", "?", "utm_source=x&fbclid=y&FBCLID=z", "=", "&&&", "q", "q=", "country="],
)
def test_trackers_and_empty_fields_are_ignored_in_silence(query: str) -> None:
    assert read(query) == (State(), [])


@pytest.mark.parametrize("name", ["page", "contry", "utm", "x"])
def test_an_unknown_parameter_is_ignored_and_said(name: str) -> None:
    state, notices = read(f"country=NL&{name}=3")
    assert state == State(filters=Filters(country=("NL",)))
    assert notices == [f"Ignored in this link: {name}=“3” (the atlas has no such parameter)."]


def test_what_is_ignored_is_apart_from_other_notices() -> None:
    query = parse_query("v=0a1b2c3d&status=bad&page=3")
    link = read_link(query, DATA, TODAY)
    assert [(one.name, one.value) for one in link.ignored] == [("status", "bad"), ("page", "3")]
    assert len(link.notices) == 3
    assert [one.sentence for one in link.ignored] == [link.notices[0], link.notices[2]]


def test_a_link_has_twenty_notices_at_most_and_each_is_short() -> None:
    pairs = [(name, f"{number}" + "a" * 5000) for number in range(30) for name in FACETS]
    pairs += [(name, "a" * 5000) for name in ("from", "to", "asof", "view", "v", "record", "q")]
    for start in (0, len(pairs) - 7):
        _state, notices = read(urlencode(pairs[start:]))
        assert max(map(len, notices)) < 200
        assert len(notices) <= 21
    assert read(urlencode(pairs))[1][20:] == ["Further values were ignored."]


def test_one_bad_value_spoils_only_itself() -> None:
    query = "country=NL&status=bad&asof=bad&view=bad&record=bad&v=bad"
    query += "&event=nl-2022-12-20-closure-stated"
    state, notices = read(query)
    assert state == State(filters=Filters(country=("NL",)), event="nl-2022-12-20-closure-stated")
    assert len(notices) == 5
    for name in ("status", "asof", "view", "record", "v"):
        assert sum(f"Ignored in this link: {name}=“bad” (" in n for n in notices) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-12-05", date(2022, 12, 5)),
        ("2022-12", date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2022", date(2022, 12, 31)),
        ("2022-10/2022-11", date(2022, 11, 30)),
        (TODAY.isoformat(), TODAY),
        # today, where the clocks are ahead of UTC
        ("2026-11-23", date(2026, 11, 23)),
        (DATA.first_day.isoformat(), DATA.first_day),
    ],
)
def test_as_of_is_the_last_day_of_what_is_said(text: str, day: date) -> None:
    assert read(urlencode({"asof": text})) == (State(as_of=day), [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-11-24", "that date is in the future"),
        ("2026-11", "that date is in the future"),
        ("2026", "that date is in the future"),
        ("2999-12-31", "that date is in the future"),
        ("2015-10-30", "the ledger begins on 31 October 2015"),
        ("0001-01-01", "the ledger begins on 31 October 2015"),
        ("2022-13", "is not a calendar date"),
        ("2022-02-29", "is not a calendar date"),
        ("9999-12-31", "is not a calendar date"),
        ("yesterday", "is not a date like 2022, 2022-12 or 2022-12-05"),
        ("2022-12-05\n", "is not a date like 2022, 2022-12 or 2022-12-05"),
        ("２０２２", "is not a date like 2022, 2022-12 or 2022-12-05"),
        ("2022/2021", "ends before it begins"),
    ],
)
def test_a_day_that_cannot_be_shown_is_ignored_and_said(text: str, why: str) -> None:
    state, notices = read(urlencode({"asof": text}))
    assert state == State()
    assert len(notices) == 1
    assert notices[0].startswith(f"Ignored in this link: asof=“{text}” (")
    assert why in notices[0]


@pytest.mark.parametrize(
    "text",
    [
        "0_0", "0_0_0_0", "a_b_c", "nan_nan_nan", "inf_0_1", "1e1_0_1", "52,1_5,3_6", "_",
        "0_0_2\n", "٥_٥_٥", "1234567_0_3", "0_0_3.1234567",
    ],
)  # fmt: skip
def test_a_view_of_another_form_is_ignored_and_said(text: str) -> None:
    assert read(urlencode({"view": text})) == (
        State(),
        [f"Ignored in this link: view=“{text}” (the form is latitude_longitude_zoom)."],
    )


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("80_180_9", Viewport(80, 180, 9)),
        ("52.1_5.3_6", Viewport(52.1, 5.3, 6)),
        ("25.00_15.00_1.75", Viewport(25, 15, 3)),
        ("52.123_5.30_4.5", Viewport(52.12, 5.3, 5)),
        ("-90.00_-180.01_0", Viewport(-60, -180, 3)),
        ("91_999_20", Viewport(80, 180, 9)),
        ("0_0_-1", Viewport(0, 0, 3)),
    ],
)
def test_a_view_out_of_range_is_brought_back(text: str, view: Viewport) -> None:
    assert read(f"view={text}") == (State(view=view), [])
    assert read(encode(State(view=view)))[0].view == view


@given(st.floats(), st.floats(), st.floats())
def test_a_view_from_the_map_always_fits_a_link(lat: float, lon: float, zoom: float) -> None:
    view = rounded(lat, lon, zoom)
    assert read(encode(State(view=view))) == (State(view=view), [])


def test_another_ledger_version_is_said_with_both() -> None:
    state, notices = read("v=0a1b2c3d")
    assert state == State(version="0a1b2c3d")
    assert len(notices) == 1
    assert "0a1b2c3d" in notices[0]
    assert DATA.version in notices[0]
    assert read(f"v={DATA.version}") == (State(version=DATA.version), [])


@pytest.mark.parametrize(
    "text", ["0A1B2C3D", "0a1b2c3", "0a1b2c3d4", "0a1b2c3d\n", "latest", "0a1b2c3g"]
)
def test_what_is_no_version_is_ignored_and_said(text: str) -> None:
    state, notices = read(urlencode({"v": text}))
    assert state == State()
    assert notices == [
        f"Ignored in this link: v=“{text}” (a version has eight characters, 0–9 or a–f)."
    ]


def test_one_card_is_open_at_most() -> None:
    query = "record=nl-amsterdam-1&event=nl-2022-12-20-closure-stated&place=NL"
    assert read(query) == (State(record="nl-amsterdam-1"), [])
    assert read("event=nl-2022-12-20-closure-stated&place=NL") == (
        State(event="nl-2022-12-20-closure-stated"),
        [],
    )
    assert read("place=es-madrid") == (State(place="es-madrid"), [])
    assert read("record=nl-rotterdam-1&record=nl-amsterdam-1")[0].record == "nl-amsterdam-1"


KINDS = {"record": "record", "event": "entry", "place": "place"}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("value", ["nl-amsterdam-99", "vn-1"])
def test_an_unknown_card_is_ignored_and_said(name: str, value: str) -> None:
    state, notices = read(urlencode({name: value}))
    assert state == State()
    assert notices == [
        f"Ignored in this link: {name}=“{value}” (the ledger has no such {KINDS[name]} today)."
    ]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("../../etc/passwd", ""),
        ("NL-AMSTERDAM-1", " Did you mean record=nl-amsterdam-1?"),
        ("nl-amsterdan-1", " Did you mean record=nl-amsterdam-1?"),
        ("nl-amsterd", " Did you mean record=nl-amsterdam-1?"),
        ("nl-amsterdam-1-12", " Did you mean record=nl-amsterdam-1?"),
    ],
)
def test_a_damaged_id_is_said_to_be_one(name: str, value: str, asked: str) -> None:
    state, notices = read(urlencode({name: value}))
    assert state == State()
    why = f"no {KINDS[name]} has this ID, and the link may be damaged"
    assert notices == [f"Ignored in this link: {name}=“{value}” ({why}).{asked}"]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("asof=05/12/2022", "Did you mean asof=2022-12-05, asof=2022-05-12?"),
        ("from=1-2-2023", "Did you mean from=2023-02-01, from=2023-01-02?"),
        ("status=told_to_stpo", "Did you mean status=told_to_stop?"),
        ("stauts=told_to_stop", "Did you mean status=told_to_stop?"),
    ],
)
def test_what_is_nearly_known_is_asked(query: str, asked: str) -> None:
    _state, notices = read(query)
    assert len(notices) == 1
    assert asked in notices[0]


def test_what_is_given_twice_is_said() -> None:
    state, notices = read("asof=2022-12-05&asof=2023&asof=2023")
    assert state == State(as_of=date(2023, 12, 31))
    assert notices == [
        "Ignored in this link: asof=“2022-12-05” (asof may be given once, and the last one counts)."
    ]


def test_a_record_on_hold_is_unknown_to_links() -> None:
    assert read("record=mn-ulaanbaatar-1")[0] == State()
    assert "no such record" in read("record=mn-ulaanbaatar-1")[1][0]
    assert "no such place" in read("place=mn-ulaanbaatar")[1][0]


def test_languages() -> None:
    assert read("lang=en") == (State(), [])
    state, notices = read("lang=de")
    assert state == State()
    assert notices == ["Ignored in this link: lang=“de” (the atlas is in English only so far)."]


HOSTILE = (
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "${alert(1)}",
    "{value} {0} {name.__class__}",
    "%s %n",
    "\x00\x01\x1b[31m",
    "‮evil",
    "a" * 5000,
    "<b>" * 2000,
    "\ud83d\ude00",
    "2022-12-" + "0" * 4000,
    "9" * 4000 + "_0_0",
    "' OR 1=1 --",
    "\u2028\u2029",
)


@pytest.mark.parametrize(
    "period",
    ["2023-01-31_2022-09-01", "2023-02-30_2023-03-01", "0000", "9999", "2022-13-01_2023-01-01"],
)
def test_a_period_that_no_calendar_has_is_said(period: str) -> None:
    state, notices = read(f"period={period}")
    assert state.period == ""
    assert notices == [f"Ignored in this link: period=“{period}” (unknown value)."]


def test_what_is_refused_is_not_suggested() -> None:
    for text in ("2022-12/2023-01", "2022/2023", "2022-12-05/2022-12-06"):
        for name in ("from", "to", "asof"):
            assert all("Did you mean" not in line for line in read(f"{name}={text}")[1]), text


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", [*FACETS, "asof", "view", "record", "event", "place", "lang", "v"])
def test_hostile_values_raise_nothing_and_are_cut_in_what_is_said(name: str, value: str) -> None:
    state, notices = decode({name: [value]}, DATA, TODAY)
    assert state == State()
    assert len(notices) == 1
    assert notices[0].startswith(f"Ignored in this link: {name}=“")
    assert value[:40] in notices[0]
    assert len(notices[0]) < 250
    assert encode(state) == ""


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_searches_are_text(value: str) -> None:
    state, notices = decode({"q": [value]}, DATA, TODAY)
    if len(value) > MAX_SEARCH:
        assert state.filters == NO_FILTERS
        assert len(notices) == 1
        assert "at most 100 characters" in notices[0]
        assert len(notices[0]) < 200
    else:
        assert notices == []
        assert state.filters.q.isprintable()
        assert ALPHABET.fullmatch(encode(state))


def test_a_search_of_a_hundred_characters_fits_and_one_more_does_not() -> None:
    assert read("q=" + "x" * 100) == (State(filters=Filters(q="x" * 100)), [])
    state, notices = read("q=" + "x" * 101)
    assert state == State()
    assert len(notices) == 1


@given(st.text(max_size=60))
def test_a_search_comes_out_clean_and_stays_so(text: str) -> None:
    state, notices = decode({"q": [text]}, DATA, TODAY)
    assert notices == []
    assert state.filters.q == " ".join(state.filters.q.split())
    assert state.filters.q.isprintable()
    assert read(encode(state)) == (state, [])


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [*FACETS, "q", "asof", "view", "record", "event", "place", "lang", "v", "x"]
        ),
        st.lists(st.text(max_size=30), max_size=3),
    )
)
def test_any_parameters_make_a_state_that_its_own_link_opens(parameters: Any) -> None:
    state, notices = decode(parameters, DATA, TODAY)
    assert all(isinstance(n, str) and len(n) < 300 for n in notices)
    again, said = read(encode(state))
    assert again == state
    assert all("ledger has changed since" in n for n in said)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_query_string_raises_nothing(query: str) -> None:
    state, _notices = read(query)
    assert ALPHABET.fullmatch(encode(state))


def test_a_layer_comes_back_and_an_unknown_one_is_said() -> None:
    assert read("layer=coverage") == (State(layer="coverage"), [])
    state, said = read("layer=heat&country=NL")
    assert state == State(filters=Filters(country=("NL",)))
    assert len(said) == 1
    assert "layer=“heat”" in said[0]
