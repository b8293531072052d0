"""oEmbed: what a publishing system gets for an address of the atlas, and for any other."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from geo.configuration import Configuration
from tests.asgi import Answer, call
from tests.geo.web.whole_app import whole_app

HOME = "https://atlas.example:8501"
ALLOWED = Configuration(publisher="The Publisher", embedded_by=("https://paper.example",))
APP = whole_app(configuration=ALLOWED)


def ask(url: str, more: str = "", app: object = APP) -> Answer:
    query = f"url={quote(url, safe='')}{more}"
    return call(app, "/oembed", query=query.encode())  # type: ignore[arg-type]


def read(url: str, more: str = "") -> dict[str, Any]:
    answer = ask(url, more)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def framed(html: str) -> str:
    (source,) = re.findall(r'^<iframe src="([^"]+)"', html)
    return unescape(source)


@pytest.mark.parametrize(
    ("path", "embed"),
    [
        ("/", "/embed"),
        ("", "/embed"),
        ("/?country=NL&asof=2022-12-05", "/embed?country=NL&asof=2022-12-05"),
        ("/?view=52.00_5.00_6&record=nl-rotterdam-1", "/embed?record=nl-rotterdam-1"),
        ("/?view=52.00_5.00_6&layer=coverage", "/embed?view=52.00_5.00_6&layer=coverage"),
        ("/timeline?rows=country&listed=40", "/embed/timeline?rows=country"),
        ("/timeline?event=nl-2022-11-01-told-to-stop", "/embed?event=nl-2022-11-01-told-to-stop"),
        ("/countries?country=NL", "/embed?country=NL"),
        ("/s/nl-rotterdam-1?asof=2023-05-01", "/embed?asof=2023-05-01&record=nl-rotterdam-1"),
        ("/s/NL-Rotterdam-1/", "/embed?record=nl-rotterdam-1"),
        ("/e/nl-2022-11-01-told-to-stop", "/embed?event=nl-2022-11-01-told-to-stop"),
        ("/c/NL?record=nl-rotterdam-1", "/embed?place=NL"),
        ("/v?country=NL&record=nl-rotterdam-1", "/embed?country=NL"),
        ("/embed/timeline?country=NL", "/embed/timeline?country=NL"),
        ("/embed?place=NL", "/embed?place=NL"),
    ],
)
def test_an_address_of_the_atlas_gets_the_frame_of_its_view(path: str, embed: str) -> None:
    found = read(HOME + path)
    assert framed(found["html"]) == HOME + embed
    assert found["version"] == "1.0"
    assert found["type"] == "rich"
    assert found["provider_name"] == "The Publisher"
    assert found["provider_url"] == f"{HOME}/"
    assert f'title="{found["title"]}"' in found["html"].replace("&#39;", "'")
    assert f'width="{found["width"]}" height="{found["height"]}"' in found["html"]
    path, _mark, query = embed.partition("?")
    assert call(APP, path, query=query.encode()).status == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/", "https://atlas.example/", "http://atlas.example:8501/",
        "https://atlas.example:8501@evil.example/", "//atlas.example:8501/", "/s/nl-rotterdam-1",
        "javascript:alert(1)", "", "https://[", f"{HOME}.evil.example/", f"{HOME}/s/nl-nowhere-9",
        f"{HOME}/?record=nl-nowhere-9", f"{HOME}/api/records.csv", f"{HOME}/no", f"{HOME}/changes",
        f"{HOME}/figure.svg", f"{HOME}/embed/code",
    ],
)  # fmt: skip
def test_anything_else_is_404_and_leads_nowhere(url: str) -> None:
    answer = ask(url)
    assert answer.status == 404
    assert "location" not in answer.headers
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/?country=Atlantis", "country=“Atlantis” (unknown value)"),
        ("/?country=NL&country=Atlantis", "country=“Atlantis” (unknown value)"),
        ("/timeline?country=NL&from=2022-13", "from=“2022-13”"),
        ("/v?sheet=2", "sheet=“2” (the atlas has no such parameter)"),
        ("/s/nl-rotterdam-1?asof=2999-01-01", "asof=“2999-01-01”"),
    ],
)
def test_no_frame_shows_more_than_the_address_asks_for(path: str, reason: str) -> None:
    answer = ask(HOME + path)
    assert answer.status == 404
    assert reason in json.loads(answer.text)["detail"]


@pytest.mark.parametrize(("width", "height"), [(320, 5000), (600, 300), (280, 200), (5000, 9000)])
def test_the_frame_is_no_larger_than_asked_for(width: int, height: int) -> None:
    found = read(f"{HOME}/?record=nl-rotterdam-1", f"&maxwidth={width}&maxheight={height}")
    assert found["width"] == min(600, width)
    assert 0 < found["height"] <= height


def test_a_narrower_frame_is_higher() -> None:
    heights = [
        read(f"{HOME}/?record=nl-rotterdam-1", f"&maxwidth={w}")["height"] for w in (300, 450, 600)
    ]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3


def test_xml_says_the_same_as_json() -> None:
    url = f"{HOME}/?q=AT%26T&country=NL"
    answer = ask(url, "&format=xml")
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    members = {element.tag: element.text for element in ElementTree.fromstring(answer.text)}
    assert members == {name: str(value) for name, value in read(url).items()}


def test_what_cannot_be_answered_is_said_by_its_status() -> None:
    assert ask(f"{HOME}/", "&format=yaml").status == 501
    assert call(APP, "/oembed").status == 400
    for value in ("0", "-1", "wide", "1e3", "9999999", "%EF%BC%91"):
        assert ask(f"{HOME}/", f"&maxwidth={value}").status == 400
    closed = whole_app(configuration=Configuration(publisher="The Publisher"))
    assert ask(f"{HOME}/", app=closed).status == 403


@pytest.mark.parametrize("path", ["/", "/timeline", "/s/nl-rotterdam-1", "/c/NL", "/v"])
def test_pages_name_the_address_that_describes_their_embed(path: str) -> None:
    text = call(APP, path, query=b"asof=2023-05-01").text
    (found,) = re.findall(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', text
    )
    here, _mark, query = unescape(found).partition("?")
    assert here == f"{HOME}/oembed"
    assert call(APP, "/oembed", query=query.encode()).status == 200
    closed = whole_app(configuration=Configuration(publisher="The Publisher"))
    assert "oembed" not in call(closed, path).text


def test_a_hostile_address_stays_an_attribute() -> None:
    found = read(f'{HOME}/?q="><script>alert(1)</script>')
    assert "<script" not in found["html"]
    assert found["html"].count('"') == 12
