"""The citation of an address as a file: the same citation in every form."""

from __future__ import annotations

import json
import re

import pytest

from geo.exports.citations import FORMATS
from tests.asgi import call
from tests.geo.api.data_app import APP

QUERIES = (b"", b"country=NL&asof=2022-12-05", b"record=nl-rotterdam-1&country=ES", b"place=NL")


@pytest.mark.parametrize("query", QUERIES)
def test_all_forms_cite_the_same_address(query: bytes) -> None:
    (item,) = json.loads(call(APP, "/api/citation.json", query=query).body)
    assert item["URL"].startswith("https://atlas.example:8501/?")
    assert {"asof", "v"} <= set(re.findall(r"[?&](\w+)=", item["URL"]))
    for form in FORMATS:
        answer = call(APP, f"/api/citation.{form.ending}", query=query)
        assert answer.status == 200
        assert answer.headers["content-type"] == form.media_type
        assert item["URL"] in answer.text
        assert item["version"] in answer.text


def test_filters_are_no_part_of_a_records_citation() -> None:
    text = call(APP, "/api/citation.txt", query=b"record=nl-rotterdam-1&country=ES").text
    assert "record=nl-rotterdam-1" in text
    assert "country=ES" not in text


def test_the_file_is_named_by_what_it_cites() -> None:
    headers = call(APP, "/api/citation.bib", query=b"record=nl-rotterdam-1").headers
    assert 'filename="atlas_citation_nl-rotterdam-1_' in headers["content-disposition"]
    assert headers["content-disposition"].startswith("attachment")


def test_what_is_ignored_is_reported() -> None:
    assert call(APP, "/api/citation.ris", query=b"country=Atlantis").status == 400
    headers = call(APP, "/api/citation.ris", query=b"country=Atlantis&lenient=1").headers
    assert "Atlantis" in headers["x-atlas-notices"]
