"""Each rule of the ledger, broken once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.checks import rules_places
from geo.checks.rules_places import lies_in
from geo.checks.rules_text import bare_capital, house_word, own_words, url_fault
from geo.paths import PROJECT
from tests.ledger_files import LedgerFiles

CLAIM = "ie-2022-09-12-claim"
STOP = "ie-2022-10-25-told-to-stop"
ANSWER = "ie-2022-10-25-closure-stated"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def test_the_copy_of_the_real_ledger_is_clean(files: LedgerFiles) -> None:
    assert files.new() == []


# dates


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("said_on", "2023-02-29", "“2023-02-29” is not a calendar date"),
        ("said_on", "2022-13", "“2022-13” is not a calendar date"),
        ("said_on", "0000", "“0000” is not a calendar date"),
        ("said_on", "2022-12/2022-11", "“2022-12/2022-11” ends before it begins"),
        ("happened_on", "2026-11-23", '"2026-11-23" is in the future'),
        ("said_on", "2027", '"2027" is in the future'),
    ],
)
def test_dates_are_real_run_forwards_and_are_past(
    files: LedgerFiles, column: str, cell: str, sentence: str
) -> None:
    row = files.edit("investigations", CLAIM, **{column: cell})
    # a date that moves may also put the row out of order, which is a warning
    wrong = [line for line in files.new() if not line.startswith("warning: ")]
    assert wrong == [f"investigations.csv:{row} {column}: {sentence}"]


def test_the_year_that_is_running_is_not_in_the_future(files: LedgerFiles) -> None:
    files.edit("counts", files.rows("counts")[0]["id"], period="2026")
    files.edit("stations", "ie-dublin-1", last_checked="2026-11-22")
    assert files.new() == []


def test_dates_of_every_file_are_read(files: LedgerFiles) -> None:
    first = {name: next(iter(files.rows(name)[0].values())) for name in ("sources", "counts")}
    lines = [
        f"sources.csv:{files.edit('sources', first['sources'], published='2027')} published",
        f"counts.csv:{files.edit('counts', first['counts'], period='2027-01/')} period",
        f"stations.csv:{files.edit('stations', 'ie-dublin-1', last_checked='2027-01-01')} "
        "last_checked",
    ]
    assert [line.partition(":")[0] for line in files.new()] == [
        "counts.csv",
        "sources.csv",
        "stations.csv",
    ]
    assert {line.rpartition(": ")[0] for line in files.new()} == set(lines)


# countries and ids


def test_a_country_that_does_not_exist(files: LedgerFiles) -> None:
    first = files.rows("counts")[0]["id"]
    row = files.edit("counts", first, country="XK")
    assert files.new() == [f'counts.csv:{row} country: "XK" is not an ISO 3166-1 country code']
    files.edit("counts", first, country="EU")
    assert files.new() == []


def test_nobody_hosts_in_the_european_union(files: LedgerFiles) -> None:
    row = files.edit("stations", "ie-dublin-1", host_country="EU")
    place = f"stations.csv:{row} host_country:"
    assert [line for line in files.new() if line.startswith(place)] == [
        f'{place} "EU" is not an ISO 3166-1 country code'
    ]


def test_namibia_is_a_country(files: LedgerFiles) -> None:
    files.edit("counts", files.rows("counts")[0]["id"], country="NA")
    assert files.new() == []


def test_a_record_id_of_another_country(files: LedgerFiles) -> None:
    row = files.edit("stations", "ie-dublin-1", host_country="GB")
    assert (
        f'stations.csv:{row} id: "ie-dublin-1" must begin with “gb-”, to match host_country'
    ) in files.new()


def test_an_event_id_of_another_country(files: LedgerFiles) -> None:
    row = files.edit("investigations", "ca-2022-11-15-protest", country="US")
    assert [line for line in files.new() if not line.startswith("warning: ")] == [
        f'investigations.csv:{row} id: "ca-2022-11-15-protest" must begin with “us-”, '
        "to match country"
    ]


def test_an_event_about_a_record_of_another_country(files: LedgerFiles) -> None:
    row = files.edit("investigations", CLAIM, about="ie-dublin-1 nl-rotterdam-1")
    assert files.new() == [
        f'investigations.csv:{row} about: "nl-rotterdam-1" is a record of NL, '
        "but the event belongs to IE"
    ]


def test_the_world_may_speak_about_any_record(files: LedgerFiles) -> None:
    files.add(
        "investigations", CLAIM, id="zz-2022-09-12-claim-9", country="ZZ", about="nl-rotterdam-1"
    )
    assert files.new() == []


# latest words


@pytest.mark.parametrize(
    ("actor", "word", "entitled"),
    [
        ("press", "told_to_stop", "host_authority"),
        ("china", "told_to_stop", "host_authority"),
        ("host_authority", "party_says_closed", "china or operator"),
    ],
)
def test_who_may_set_a_latest_word(
    files: LedgerFiles, actor: str, word: str, entitled: str
) -> None:
    row = files.edit("investigations", STOP, actor_type=actor, sets=word, note="Unusual")
    assert files.new() == [
        f'investigations.csv:{row} sets: only {entitled} may set "{word}", not "{actor}"'
    ]


@pytest.mark.parametrize("about", ["country", "world"])
def test_a_latest_word_needs_a_record(files: LedgerFiles, about: str) -> None:
    row = files.edit("investigations", STOP, about=about)
    assert files.new() == [
        f'investigations.csv:{row} sets: "told_to_stop" can only be set on records, '
        f'but about says "{about}"'
    ]


def test_country_stands_alone(files: LedgerFiles) -> None:
    row = files.edit("investigations", STOP, about="country ie-dublin-1", sets="")
    assert files.new() == [
        f'investigations.csv:{row} about: lists "country" with other values: '
        "it must be the only one"
    ]


def test_an_unusual_word_is_a_warning_unless_a_note_says_why(files: LedgerFiles) -> None:
    row = files.edit("investigations", STOP, sets="inquiry_closed", note="")
    assert files.new() == [
        f'warning: investigations.csv:{row} sets: "inquiry_closed" is unusual for told_to_stop, '
        "which usually sets told_to_stop: explain in note"
    ]
    files.edit("investigations", STOP, note="The minister said both.")
    assert files.new() == []


def test_a_word_set_by_a_kind_that_sets_none(files: LedgerFiles) -> None:
    row = files.edit("investigations", STOP, event_type="statement", note="")
    assert files.new() == [
        f'warning: investigations.csv:{row} sets: "told_to_stop" is unusual for statement, '
        "which usually sets nothing: explain in note"
    ]


def test_a_missing_word_is_a_warning_unless_a_note_says_why(files: LedgerFiles) -> None:
    row = files.edit("investigations", ANSWER, sets="", note="")
    assert files.new() == [
        f"warning: investigations.csv:{row} sets: is empty, but closure_stated usually sets "
        "authority_says_closed or party_says_closed: explain in note"
    ]


@pytest.mark.parametrize(
    "cells", [{"about": "country"}, {"actor_type": "press"}, {"repeat_of": CLAIM}]
)
def test_who_cannot_set_a_word_is_not_asked_for_one(
    files: LedgerFiles, cells: dict[str, str]
) -> None:
    files.edit("investigations", ANSWER, sets="", note="", **cells)
    assert files.new() == []


@pytest.mark.parametrize("column", ["repeat_of", "differs_from"])
def test_an_event_does_not_point_at_itself(files: LedgerFiles, column: str) -> None:
    row = files.edit("investigations", CLAIM, **{column: CLAIM})
    assert files.new() == [f"investigations.csv:{row} {column}: refers to the event itself"]


# what everything rests on


def test_a_record_without_a_claim(files: LedgerFiles) -> None:
    row = files.edit("stations", "ie-dublin-1")
    files.edit("investigations", CLAIM, event_type="statement")
    for event in files.rows("investigations"):
        if event["event_type"] == "claim" and "ie-dublin-1" in event["about"].split():
            others = [word for word in event["about"].split() if word != "ie-dublin-1"]
            files.edit("investigations", event["id"], about=" ".join(others))
    assert files.new() == [
        f'stations.csv:{row} id: no claim in investigations.csv is about "ie-dublin-1"'
    ]


def test_a_source_that_nothing_cites(files: LedgerFiles) -> None:
    row = files.add(
        "sources",
        files.rows("sources")[0]["id"],
        id="example-undated",
        url="https://example.org/unused",
    )
    assert files.new() == [
        f'sources.csv:{row} id: no record, event, count or origin cites "example-undated"'
    ]


def test_a_row_that_is_cut_short_still_cites_its_sources(files: LedgerFiles) -> None:
    lines = files.bytes("origins").split(b"\n")
    index = next(i for i, line in enumerate(lines) if line.startswith(b"CN-JS,Nantong (Haimen)"))
    lines[index] = lines[index].replace(b",2017-08,", b",", 1)
    files.bytes("origins", b"\n".join(lines))
    assert files.new() == [f"origins.csv:{index + 1}: has 6 cells, but the header has 7"]


def test_withheld_ids_that_resolve_to_nothing(files: LedgerFiles) -> None:
    base = {"since": "2026-11-21", "ground": "privacy"}
    files.add("withheld", kind="record", id="ie-dublin-1", **base)
    files.add("withheld", kind="event", id=CLAIM, **base)
    files.add("withheld", kind="field", id="ie-dublin-1", field="summary", **base)
    assert files.new() == []
    row = files.add("withheld", kind="record", id="ie-dublin-7", **base)
    event = files.add("withheld", kind="event", id="ie-dublin-1", **base)
    body = files.add("withheld", kind="field", id="fuzhou", field="note", **base)
    field = files.add("withheld", kind="field", id="ie-dublin-1", field="sumary", **base)
    known = 'id: no {} has the id "{}", so this row withholds nothing'
    assert files.new() == [
        f"withheld.csv:{row} {known.format('record', 'ie-dublin-7')} (did you mean ie-dublin-1?)",
        f"withheld.csv:{event} {known.format('event', 'ie-dublin-1')} "
        "(it is in stations.csv: the kind would be record)",
        f"withheld.csv:{body} {known.format('field', 'fuzhou')} (did you mean CN-FJ/Fuzhou?)",
        f'withheld.csv:{field} field: "sumary" is not a column of the row with the id '
        '"ie-dublin-1": the whole row is withheld',
    ]


def test_a_withheld_id_may_be_in_an_older_release_alone(files: LedgerFiles) -> None:
    files.add("counts", "ca-ngo-2022-09", id="ca-other-2022-09")
    files.release()
    files.drop("counts", "ca-other-2022-09")
    base = {"kind": "field", "field": "note", "since": "2026-11-21", "ground": "privacy"}
    files.add("withheld", id="ca-other-2022-09", **base)
    files.add("withheld", id="NL//Rotterdam", **{**base, "field": "attribution"})
    assert files.new() == []


# places


def place(files: LedgerFiles, **cells: str) -> int:
    base = {"country": "NL", "city": "Nowhere", "precision": "city", "geocoder": "manual"}
    return files.add("places", **{**base, "latitude": "52.1", "longitude": "5.1", **cells})


def test_a_city_in_its_country(files: LedgerFiles) -> None:
    place(files)
    assert files.new() == []


@pytest.mark.parametrize(("lat", "lon"), [("5.1", "52.1"), ("51.2", "6.8"), ("-52.1", "5.1")])
def test_a_city_outside_its_country(files: LedgerFiles, lat: str, lon: str) -> None:
    row = place(files, latitude=lat, longitude=lon)
    assert files.new() == [f"places.csv:{row} latitude: {lat}, {lon} lies outside Netherlands"]


@pytest.mark.parametrize(
    ("latitude", "rounded"), [("52.123", "52.12"), ("52.0907374", "52.09"), ("52.999", "53.00")]
)
def test_a_point_is_no_more_exact_than_a_city(
    files: LedgerFiles, latitude: str, rounded: str
) -> None:
    row = place(files, latitude=latitude)
    assert files.new() == [
        f'places.csv:{row} latitude: "{latitude}" shows a street rather than a city: '
        f"round it to {rounded}"
    ]


def test_zeros_behind_are_not_more_exact(files: LedgerFiles) -> None:
    place(files, latitude="52.100", longitude="5.1000000")
    assert files.new() == []


@pytest.mark.parametrize(
    ("country", "lat", "lon", "inside"),
    [
        ("PT", 32.65, -16.91, True),
        ("KR", 33.5, 126.52, True),
        ("FR", 4.93, -52.31, True),
        ("US", 21.31, -157.86, True),
        ("FJ", -16.8, -179.99, True),
        ("NL", 51.15, 5.2, True),
        ("NL", 50.85, 4.35, False),
        ("ZZ", 0.0, 0.0, True),
    ],
)
def test_islands_and_parts_overseas_are_inside(
    country: str, lat: float, lon: float, inside: bool
) -> None:
    assert lies_in(country, lat, lon) is inside


def test_without_an_outline_nothing_is_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules_places, "OUTLINE", tmp_path / "missing.json")
    assert lies_in("NL", -52.1, 5.1)


@pytest.mark.parametrize(
    ("cells", "field", "sentence"),
    [
        ({"longitude": ""}, "latitude", "is given alone: give both coordinates or neither"),
        ({"latitude": ""}, "longitude", "is given alone: give both coordinates or neither"),
        (
            {"latitude": "", "longitude": ""},
            "latitude",
            "a city needs coordinates, and this one has none",
        ),
        (
            {"precision": "region", "region": "Utrecht", "city": ""},
            "latitude",
            "a country or a region has no coordinates: leave both cells empty",
        ),
        (
            {"city": "", "region": "Utrecht"},
            "city",
            "is empty, but precision says it is a city",
        ),
    ],
)
def test_coordinates_agree_with_the_precision(
    files: LedgerFiles, cells: dict[str, str], field: str, sentence: str
) -> None:
    row = place(files, **cells)
    assert files.new() == [f"places.csv:{row} {field}: {sentence}"]


def test_a_city_that_was_not_looked_up_is_one_warning(files: LedgerFiles) -> None:
    row = files.edit("stations", "ca-toronto-1", host_city="Atlantis")
    files.edit("stations", "ca-toronto-2", host_city="Atlantis")
    assert files.new() == [
        f"warning: stations.csv:{row} host_city: Atlantis has no row in places.csv: "
        "run `make geocode`"
    ]


# words


@pytest.mark.parametrize(
    ("name", "key", "column"),
    [
        ("stations", "ie-dublin-1", "summary"),
        ("stations", "ie-dublin-1", "place_label"),
        ("investigations", CLAIM, "summary"),
        ("investigations", CLAIM, "note"),
        ("investigations", CLAIM, "authority"),
    ],
)
def test_house_words_stand_in_quotation_marks(
    files: LedgerFiles, name: str, key: str, column: str
) -> None:
    row = files.edit(name, key, **{column: "The Covert office"})
    assert files.new() == [
        f'{name}.csv:{row} {column}: "Covert" needs quotation marks: '
        "quote it and say whose word it is"
    ]
    files.edit(name, key, **{column: "The “covert” office"})
    assert files.new() == []


@pytest.mark.parametrize(
    "word",
    ["secret", "Secretly", "illegal", "illegally", "covert", "clandestine", "spy", "spies"],
)
def test_house_words_and_their_forms(word: str) -> None:
    assert house_word(f"The {word} office") == word
    for form in ('Said "{}" now', "Said “{}” now", "Said „{}“ now", "Said «{}» now"):
        assert not house_word(form.format(word))


def test_words_that_only_look_like_house_words() -> None:
    assert not house_word("The secretary of state, the secretariat, the coverage, a spyglass")


def test_a_quotation_that_is_not_closed_protects_nothing() -> None:
    assert own_words('He said "one" and "two').split() == ["He", "said", "…", "and", '"two']


@pytest.mark.parametrize(
    "text",
    [
        "Beijing said that it was wrong.",
        "The note: London has also denied it.",
        "According to Beijing, all is well, said according to Beijing.",
        "The desk was ordered closed by Rome.",
        "Had told Paris that it was closed",
        "The Hague wants it shut.",
        "was asked by Washington to leave",
        "In May Dublin ordered it to close",
    ],
)
def test_a_capital_for_a_government(text: str) -> None:
    assert bare_capital(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ambassador in Beijing said that no plan existed.",
        "Officials in Rome and Milan said so.",
        "Amsterdam police said that they found none.",
        "the two London places; the Tokyo site; the Dublin office",
        "run by Paris police",
        "a contact point north of Paris, said to date from 2018",
        "moved from Berlin to The Hague",
        "The embassy in New Delhi denied it.",
        "activities outside the Vienna Convention must stop",
    ],
)
def test_a_capital_as_a_place(text: str) -> None:
    assert not bare_capital(text)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("summary", "Beijing denies the claim."),
        ("note", "Denied by Beijing"),
        ("authority", "Beijing"),
        ("authority", "Beijing, per Reuters"),
    ],
)
def test_governments_are_not_called_by_their_capitals(
    files: LedgerFiles, column: str, text: str
) -> None:
    row = files.edit("investigations", CLAIM, **{column: text})
    assert files.new() == [
        f'investigations.csv:{row} {column}: "Beijing" is used for a government: '
        "name the body that spoke"
    ]
    files.edit("investigations", CLAIM, **{column: f'Somebody wrote "{text}"'})
    assert files.new() == []


# cells as data


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("javascript:alert(1)", "does not begin with http:// or https://"),
        ("data:text/html,x", "does not begin with http:// or https://"),
        ("ftp://example.org/", "does not begin with http:// or https://"),
        ("//example.org/", "does not begin with http:// or https://"),
        ("https:example.org", "names no host"),
        ("https:///etc/passwd", "names no host"),
        ("https://user:secret@example.org/", "contains a user name before the host"),
        ("https://example.org@evil.example/", "contains a user name before the host"),
        (
            "https://example.org/a b",
            "contains a space, a control character or a character that must be percent-encoded",
        ),
        (
            "https://example.org/é",
            "contains a space, a control character or a character that must be percent-encoded",
        ),
        ("https://[::1", "is not a web address"),
        ("https://example.org:port/", "is not a web address"),
        ("https://a\\b.example/", "names no host"),
        ("https://example.org/a?b=1#c", ""),
        ("http://example.org:8080", ""),
    ],
)
def test_addresses(address: str, fault: str) -> None:
    assert url_fault(address) == fault


def test_only_one_function_judges_what_may_become_a_link() -> None:
    begins = re.compile(r"""startswith\(\(?["']https?:""")
    sources = [*PROJECT.glob("geo/**/*.py"), *PROJECT.glob("geo/views/templates/*.html")]
    judges = [f.name for f in sources if begins.search(f.read_text(encoding="utf-8"))]
    # the place search asks whether a contact can be written to, and makes no link of it
    assert judges == ["nominatim.py"]


@pytest.mark.parametrize("column", ["url", "archive_url"])
def test_an_unsafe_address_is_one_line(files: LedgerFiles, column: str) -> None:
    row = files.edit("sources", "oireachtas-2022-10-25", **{column: "javascript:alert(1)"})
    assert files.new() == [
        f'sources.csv:{row} {column}: "javascript:alert(1)" does not begin with http:// or https://'
    ]


@pytest.mark.parametrize(("column", "length"), [("unit", 31), ("period", 401), ("country", 401)])
def test_no_cell_is_longer_than_a_reader_bears(
    files: LedgerFiles, column: str, length: int
) -> None:
    row = files.edit("counts", files.rows("counts")[0]["id"], **{column: "a" * length})
    most = length - 1
    assert (
        f"counts.csv:{row} {column}: is 1 character too long ({length}; at most {most})"
    ) in files.new()


def test_a_list_may_be_as_long_as_its_entries_are_many(files: LedgerFiles) -> None:
    irish = [row["id"] for row in files.rows("sources") if len(row["id"]) > 15]
    files.edit("stations", "ie-dublin-1", source_ids=" ".join(irish[:60]))
    assert files.new() == []
