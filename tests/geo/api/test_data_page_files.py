"""The files that the Data page links to are the API's files of the selection that it shows."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlsplit

import pytest

from geo.api.endpoints import DATA
from geo.configuration import Configuration
from geo.exports.file_names import file_name
from geo.link.addresses import PAGES
from geo.screen.context import Screen
from geo.screen.data import events_table, records_table
from geo.web.headers import content_disposition
from tests.asgi import Answer, call
from tests.geo.api.data_app import APP, opened
from tests.geo.screen.forms import Block
from tests.ledger_files import TODAY

ADDRESSES = [
    "",
    "country=NL&asof=2022-12-05&record=nl-amsterdam-1&view=1_2_3",
    "q=police&layer=coverage&sort=-claimed_on&listed=10",
    "status=told_to_stop&from=2022-09&to=2023&certain=1",
]
ENDINGS = {
    "records.csv": "",
    "records.geojson": "",
    "workbook.xlsx": "",
    "package.zip": "",
    "events.csv": "events",
}


def _links(query: str) -> dict[str, dict[str, str]]:
    """The links to files on the Data page, by the name of the endpoint."""
    screen = Screen(opened(query), Configuration(), "data", "https://atlas.example/")
    links = [
        link
        for table in (records_table, events_table)
        for link in Block(table(screen)).links
        if "download" in link
    ]
    return {urlsplit(link["href"]).path.removeprefix("/api/"): link for link in links}


def _get(href: str) -> Answer:
    address = urlsplit(href)
    return call(APP, address.path, query=address.query.encode(), headers={"host": "a.example"})


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_page_links_to_the_files_of_its_selection(query: str) -> None:
    links, page = _links(query), opened(query)
    assert links.keys() == ENDINGS.keys()
    records = list(csv.DictReader(io.StringIO(_text(links["records.csv"]), newline="")))
    assert [row["record"] for row in records] == [r.id for r in page.selection.records]
    features = json.loads(_text(links["records.geojson"]))["features"]
    assert [feature["id"] for feature in features] == [r.id for r in page.selection.records]
    events = list(csv.DictReader(io.StringIO(_text(links["events.csv"]), newline="")))
    assert [row["event"] for row in events] == [e.id for e in page.selection.events]


def _text(link: dict[str, str]) -> str:
    answer = _get(link["href"])
    assert answer.status == 200
    assert "x-atlas-notices" not in answer.headers
    return answer.body.decode("utf-8-sig")


@pytest.mark.parametrize("query", [query for query in ADDRESSES if "layer" not in query])
def test_the_page_s_own_parameters_give_the_same_bytes_and_the_same_name(query: str) -> None:
    for name, link in _links(query).items():
        linked, same = _get(link["href"]), _get(f"/api/{name}?{query}")
        assert linked.body == same.body
        assert linked.headers["content-disposition"] == same.headers["content-disposition"]


@pytest.mark.parametrize("query", ADDRESSES)
def test_a_file_is_saved_under_the_name_of_the_selection(query: str) -> None:
    page = opened(query)
    for name, link in _links(query).items():
        ending = name.rpartition(".")[2]
        wanted = file_name(page.state, page.dataset.version, TODAY, ending, ENDINGS[name])
        saved = _get(link["href"]).headers["content-disposition"]
        assert saved == content_disposition(wanted, inline=False)
        # a name in the link would have to be kept like the header's
        assert link["download"] == ""


def test_a_file_links_to_a_page_that_exists() -> None:
    assert {a.file.page.strip("/") for a in DATA if a.file} <= set(PAGES.values())
