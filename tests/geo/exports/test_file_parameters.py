"""The form of a file: asked for in its address, and no part of the link."""

from __future__ import annotations

import csv
import io

import pytest

from geo.exports.file_parameters import FILE_PARAMETERS, read_file_query, taken
from geo.link.parameters import parameters
from tests.asgi import Answer, call
from tests.geo.api.data_app import APP

PATHS = ("/api/records.csv", "/api/events.csv")
SEPARATORS = {
    ",": ("sep=,", "sep=%2C", "sep=comma", "sep="),
    ";": ("sep=;", "sep=%3B", "sep=%3b", "sep=semicolon", "SEP=Semicolon", "sep=;&sep=%3B"),
    "\t": ("sep=%09", "sep=tab", "sep=TAB"),
}


def asked(path: str, query: str) -> Answer:
    return call(APP, path, query=query.encode())


def cells(answer: Answer, separator: str) -> list[list[str]]:
    text = io.StringIO(answer.body.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=separator, strict=True))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_cells_are_separated_by_what_is_asked_for(path: str, separator: str) -> None:
    usual = asked(path, "country=NL")
    for query in SEPARATORS[separator]:
        for whole in (f"{query}&country=NL", f"country=NL&{query}"):
            answer = asked(path, whole)
            assert answer.status == 200, whole
            assert cells(answer, separator) == cells(usual, ",")
            same = ("etag", "content-disposition", "link", "content-type")
            for name in same if separator == "," else same[1:]:
                assert answer.headers[name] == usual.headers[name]


@pytest.mark.parametrize("query", ["sep=,&sep=;", "bom=0&bom=1", "lenient=1&lenient=0"])
def test_two_answers_to_one_question_are_said(query: str) -> None:
    answer = asked(PATHS[0], query)
    assert answer.status == 400
    assert "may be given once" in answer.text
    last = query.partition("&")[2]
    assert asked(PATHS[0], f"lenient=1&{query}").status == (400 if "lenient=0" in last else 200)


@pytest.mark.parametrize("path", PATHS)
def test_the_byte_order_mark_can_be_left_out(path: str) -> None:
    with_mark, without = asked(path, "country=NL&bom=1"), asked(path, "bom=0&country=NL")
    assert with_mark.body == b"\xef\xbb\xbf" + without.body
    assert with_mark.body == asked(path, "country=NL").body
    assert with_mark.headers["etag"] == asked(path, "country=NL").headers["etag"]
    assert without.headers["etag"] != with_mark.headers["etag"]


@pytest.mark.parametrize("query", ["bom=0", "sep=;", "sep=tab"])
@pytest.mark.parametrize("path", ["/api/records.geojson", "/api/events.json", "/api/version"])
def test_only_csv_has_such_a_form(path: str, query: str) -> None:
    assert asked(path, query).status == 400
    assert asked(path, f"{query}&lenient=1").status == 200


@pytest.mark.parametrize("query", ["sep=x", "sep=;;", "bom=no", "sep=%3B%09"])
def test_another_form_is_refused(query: str) -> None:
    assert asked("/api/records.csv", query).status == 400


@pytest.mark.parametrize(
    "query",
    [
        "country=NL;bom=0;sep=tab",
        "bom=0;sep=tab;country=NL",
        "country=NL&amp;bom=0&amp;sep=tab",
        "country=NL&amp;amp;BOM=0&amp;amp;Sep=Tab",
        "country%3DNL%26bom%3D0%26sep%3Dtab",
        "sep=tab&country=NL&bom=0.",
        "country=NL&sep=%22tab%22&bom=0)",
        "country=NL&sep=%2509&bom=%EF%BC%90",
        "country=NL&sep=tab&bom=0;",
    ],
)
def test_a_changed_address_asks_for_the_same_form(query: str) -> None:
    answer = asked(PATHS[0], query)
    assert answer.status == 200
    assert answer.body == asked(PATHS[0], "country=NL&bom=0&sep=tab").body


@pytest.mark.parametrize("query", ["country=NL;sep=;", "sep=;;country=NL", "country=NL&amp;sep=;"])
def test_a_semicolon_separates_cells_and_parameters(query: str) -> None:
    assert asked(PATHS[0], query).body == asked(PATHS[0], "country=NL&sep=semicolon").body


@pytest.mark.parametrize("value", ["!1", "-1", "~1", "1+1", "11"])
def test_no_other_value_makes_a_file_lenient(value: str) -> None:
    assert asked(PATHS[0], f"country=Atlantis&lenient={value}").status == 400


def test_the_link_is_what_is_left_as_it_was_sent() -> None:
    query = "q=a%26b+c&bom=0&country=NL&&country=%C3%A9&sep=%3B&lenient=1&x"
    read = read_file_query(query, "text/csv; charset=utf-8")
    assert read.link == "q=a%26b+c&country=NL&&country=%C3%A9&x"
    assert (read.lenient, read.form.mark, read.form.separator) == (True, False, ";")
    assert not read.ignored


def test_its_names_are_none_of_the_link() -> None:
    assert not {p.name for p in FILE_PARAMETERS} & {row.name for row in parameters()}
    assert set(taken("text/csv; charset=utf-8")) == set(FILE_PARAMETERS)
    for parameter in FILE_PARAMETERS:
        assert parameter.example in parameter.values
