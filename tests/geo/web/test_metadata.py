"""What a page says of itself to previewers and reference managers."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from geo.exports.citations import corporate
from tests.asgi import call
from tests.geo.api.documents import Head
from tests.geo.web.whole_app import PUBLISHED, whole_app

EVENT = "zz-2022-09-12-claim"
DASHBOARD = ("/", "/timeline", "/countries", "/data", "/about")
PLAIN_PAGES = ("/s/nl-rotterdam-1", f"/e/{EVENT}", "/c/NL", "/v", "/changes")
CARDS = {
    "/s/nl-rotterdam-1": "record=nl-rotterdam-1",
    f"/e/{EVENT}": f"event={EVENT}",
    "/c/NL": "place=NL",
}
ALL = (*DASHBOARD, *PLAIN_PAGES, "/api")
QUERIES = (b"", b"asof=2022-12-05&country=NL")
APP = whole_app()


@pytest.fixture(autouse=True)
def _published(monkeypatch: pytest.MonkeyPatch) -> None:
    # what the API reads by itself
    monkeypatch.setenv("ATLAS_PUBLISHER", PUBLISHED.publisher)


@cache
def read(path: str, query: bytes = b"") -> str:
    return call(APP, path, query=query).text


def manager_reads(page: str) -> dict[str, str]:
    """
    Take fields from a head by the precedence of Zotero's translator of embedded metadata.

    citation_ names come before Dublin Core, and that before Open Graph; an author is divided
    at its comma, or else at its last blank; a name of Zotero's own is a field of the item.
    """
    meta = Head(page.partition("</head>")[0] + "</head></html>").meta
    author = meta.get("citation_author") or meta.get("DC.creator", "")
    if "," in author:
        last, first = (part.strip() for part in author.rstrip(", ").partition(",")[::2])
    else:
        first, _blank, last = author.rpartition(" ")
    return {
        "type": meta.get("z:itemType", "webpage"),
        "last": last,
        "first": first,
        "title": meta.get("citation_title") or meta.get("DC.title") or meta["og:title"],
        "date": meta.get("citation_publication_date") or meta.get("DC.date", ""),
        "version": meta.get("z:versionNumber", ""),
        "url": meta.get("citation_public_url") or meta.get("og:url", ""),
    }


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", ALL)
def test_a_reference_manager_gets_author_title_date_version_and_address(
    path: str, query: bytes
) -> None:
    page = read(path, query)
    fields = manager_reads(page)
    asked = query.decode()
    if path in CARDS:
        asked = "&".join(filter(None, [CARDS[path], "asof=2022-12-05" if query else ""]))
    (item,) = json.loads(
        call(APP, "/api/citation.json", query=b"" if path == "/api" else asked.encode()).body
    )
    assert fields["type"] == item["type"]
    assert fields["first"] == ""
    assert [{"literal": fields["last"]}] == item["author"]
    assert fields["date"] == "/".join(f"{n:02}" for n in item["issued"]["date-parts"][0])
    assert fields["version"] == item["version"]
    assert fields["url"].startswith("https://")
    assert {"asof", "v"} <= set(re.findall(r"[?&](\w+)=", fields["url"]))
    if path not in ("/about", "/changes"):
        assert fields["title"] == item["title"]


@pytest.mark.parametrize("path", [*DASHBOARD, *PLAIN_PAGES])
def test_linked_data_says_what_the_page_is_part_of(path: str) -> None:
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(path))
    data = json.loads(written)
    assert data["@type"] in ("WebPage", "Dataset")
    assert data["isPartOf"]["@type"] == "Dataset"
    assert data["version"] == data["isPartOf"]["version"] == manager_reads(read(path))["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["dateModified"])
    assert data["license"].startswith("https://creativecommons.org/")


@pytest.mark.parametrize("path", ALL)
def test_every_page_has_a_preview_and_a_canonical_address(path: str) -> None:
    head = Head(read(path).partition("</head>")[0] + "</head></html>")
    assert head.canonical == head.meta["og:url"] == f"https://atlas.example:8501{path}"
    assert head.meta["og:title"] == head.title
    assert head.meta["og:description"] == head.meta["description"]
    assert head.meta["og:image"].startswith("https://atlas.example:8501/preview.png")
    assert head.meta["twitter:card"] == "summary_large_image"


def test_a_page_that_is_not_there_has_a_title_for_previews_and_repeats_nothing() -> None:
    head = Head(call(APP, "/s/xx-no-1").text)
    assert head.meta["og:title"] == head.title
    assert head.meta["robots"] == "noindex"
    assert "xx-no-1" not in "".join(head.meta.values())


def test_without_a_host_no_address_is_cited() -> None:
    meta = Head(call(APP, "/", headers={"host": "evil.example/x"}).text).meta
    assert "citation_public_url" not in meta
    assert meta["citation_author"] == corporate(meta["citation_author"])
