"""Below a path of a host, every address of every page leads below that path, and is answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from starlette.types import Message, Receive, Scope, Send

from geo.configuration import BadSetting, Configuration
from geo.link.root import root, rooted
from geo.server.below_path import BelowPath, check_root
from tests.asgi import Answer, call
from tests.geo.web.whole_app import whole_app
from tests.links import own_paths
from tests.sizes import FULL

ROOT = "/interactives/atlas"
Get = Callable[[str], Answer]
#: one of each kind; what they name is asked for too
BEGINNINGS = [
    "/",
    "/?view=52.10_5.30_6&country=NL",
    "/?record=nl-rotterdam-1",
    "/timeline?country=NL",
    "/countries",
    "/data?sort=-claimed_on",
    "/about",
    "/s/nl-rotterdam-1",
    "/c/NL",
    "/v?country=NL",
    "/changes",
    "/api",
    "/feeds/NL/events.atom",
    "/sitemap.xml",
    "/nowhere",
    "/timelin",
]
#: pictures take a second each, and name nothing
SLOW = (".png", ".svg")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Get]:
    """The atlas below a path, at the address that its links name."""
    monkeypatch.setenv("ATLAS_ROOT", f"{ROOT}/")
    monkeypatch.setenv("ATLAS_ADDRESS", "http://atlas.example")
    monkeypatch.setenv("ATLAS_PUBLISHER", "The Publisher")
    root.cache_clear()
    app = whole_app(configuration=Configuration.from_environment())

    def get(address: str) -> Answer:
        path, _mark, query = address.partition("?")
        sent = {"path": unquote(path), "raw_path": path.encode(), "scheme": "http"}
        return call(app, query=query.encode(), headers={"host": "atlas.example"}, scope=sent)

    yield get
    root.cache_clear()


def _named(site: Get, path: str) -> set[str]:
    answer = site(path)
    kind = answer.headers["content-type"]
    return own_paths(urljoin("http://atlas.example", path), kind, answer.text)


def test_every_address_is_below_the_path_and_is_answered(site: Get) -> None:
    seen: set[str] = set()
    for beginning in BEGINNINGS:
        named = _named(site, ROOT + beginning)
        assert named, beginning
        assert {path for path in named if not path.startswith(f"{ROOT}/")} == set(), beginning
        seen |= named
    # everyday one of each kind, such as the first record
    kinds: dict[str, str] = {}
    for address in sorted(seen):
        path = address.removeprefix(ROOT).partition("?")[0]
        if not path.endswith(SLOW):
            kinds.setdefault(path if FULL else path.rpartition("/")[0] or path, address)
    asked = list(kinds.values())
    refused = {path: status for path in asked if (status := site(path).status) != 200}
    # streamlit-folium's frame and the components are Streamlit's own routes
    assert {p: s for p, s in refused.items() if "/component/" not in p} == {}
    assert len(asked) >= 15


def test_style_sheets_name_files_below_the_path(site: Get) -> None:
    named = _named(site, f"{ROOT}/")
    sheets = [path for path in named if ".css" in path]
    # those inside the document are the ones that it fetches ahead
    fonts = {path for path in named if ".woff2" in path}
    assert sheets
    assert len(fonts) == len(_named(site, f"{ROOT}/assets/atlas-1/fonts.css"))
    for sheet in [*sheets, f"{ROOT}/assets/atlas-1/fonts.css"]:
        for path in _named(site, sheet):
            assert site(path).status == 200, (sheet, path)


@pytest.mark.parametrize("path", ["/", "/timeline?country=NL", "/s/nl-rotterdam-1", "/api"])
def test_a_proxy_may_take_the_path_away(site: Get, path: str) -> None:
    below, stripped = site(ROOT + path), site(path)
    assert below.status == stripped.status == 200
    assert below.text == stripped.text
    assert below.headers["content-security-policy"] == stripped.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (ROOT, f"{ROOT}/"),
        (f"{ROOT}?country=NL", f"{ROOT}/?country=NL"),
        (f"{ROOT}/c/nl", f"{ROOT}/c/NL"),
        ("/c/nl", f"{ROOT}/c/NL"),
        (f"{ROOT}/timeline/", f"{ROOT}/timeline"),
        (f"{ROOT}/s%2Fnl-rotterdam-1", f"{ROOT}/s/nl-rotterdam-1"),
        ("/interactives%2Fatlas/timeline", f"{ROOT}/timeline"),
        ("/Interactives/Atlas/timeline?country=NL", f"{ROOT}/timeline?country=NL"),
        ("/interactives//atlas/timeline", f"{ROOT}/timeline"),
        ("//interactives/atlas//s/nl-rotterdam-1", f"{ROOT}/s/nl-rotterdam-1"),
        (f"{ROOT})", f"{ROOT}/%29"),
        (f"{ROOT};country=NL", f"{ROOT}/%3Bcountry%3DNL"),
        (f"{ROOT}%3Fcountry=NL", f"{ROOT}/%3Fcountry%3DNL"),
        (f"{ROOT}/%3Bcountry%3DNL", f"{ROOT}/?country=NL"),
        (f"{ROOT}/%29", f"{ROOT}/"),
    ],
)
def test_redirects_stay_below_the_path(site: Get, path: str, target: str) -> None:
    answer = site(path)
    assert answer.status in (301, 308)
    assert answer.headers["location"] == target


@pytest.mark.parametrize(
    "path",
    [
        "/interactives/atlasx/timeline",
        "/interactives/atlas-2/timeline",
        "/interactives/timeline",
        f"{ROOT}{ROOT}/timeline",
        f"{ROOT}/_stcore/metrics",
    ],
)
def test_other_paths_are_none_of_the_atlas(site: Get, path: str) -> None:
    assert site(path).status == 404


def test_headers_name_addresses_below_the_path(site: Get) -> None:
    link = site(f"{ROOT}/api/records.csv").headers["link"]
    assert f"<{ROOT}/api/openapi.json>" in link
    assert "<https://" in link


def test_documents_name_the_path(site: Get) -> None:
    at = f"http://atlas.example{ROOT}"
    assert json.loads(site(f"{ROOT}/api/openapi.json").text)["servers"] == [{"url": ROOT}]
    assert f"<loc>{at}/s/nl-rotterdam-1</loc>" in site(f"{ROOT}/sitemap.xml").text
    assert f"{at}/sitemap.xml" in site(f"{ROOT}/robots.txt").text
    assert f'rel="canonical" href="{at}/timeline"' in site(f"{ROOT}/timeline").text
    assert f'property="og:image" content="{at}/preview.png"' in site(f"{ROOT}/").text
    assert f'href="{at}/e/' in site(f"{ROOT}/feeds/events.atom").text


def test_an_address_is_put_below_the_path_once(site: Get) -> None:
    assert rooted(rooted("/timeline?a=1")) == f"{ROOT}/timeline?a=1"
    for other in ("https://a.example/b", "#part", "", "//a.example", "./static/js/a.js"):
        assert rooted(other) == other


@pytest.mark.parametrize(
    ("mounted", "path", "inside"),
    [
        ("", f"{ROOT}/timeline", "/timeline"),
        ("", "/timeline", "/timeline"),
        # as servers that are told of a path give it on, whether or not the proxy keeps it
        (ROOT, f"{ROOT}/timeline", "/timeline"),
        (ROOT, f"{ROOT}{ROOT}/timeline", "/timeline"),
        ("/interactives", f"{ROOT}/timeline", "/timeline"),
    ],
)
def test_servers_may_be_told_of_the_path_too(mounted: str, path: str, inside: str) -> None:
    seen: list[tuple[str, str]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((scope["path"], scope["root_path"]))

    async def unused(*_message: Message) -> Any:
        raise AssertionError("nothing is sent or received")

    scope = {"type": "websocket", "path": path, "root_path": mounted, "query_string": b""}
    asyncio.run(BelowPath(app, ROOT)(scope, unused, unused))
    assert seen == [(inside, "")]


@pytest.mark.parametrize("value", ["", "/", "/atlas", "/interactives/atlas/", "/a-b_c.d/2022"])
def test_a_root_is_a_path(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_ROOT", value)
    assert Configuration.from_environment().root == value.rstrip("/")


@pytest.mark.parametrize(
    "value", ["atlas", "//atlas", "/a//b", "/../a", "/a?b", "/a b", "https://a.example/b", "/ä"]
)
def test_what_is_no_path_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_ROOT", value)
    with pytest.raises(BadSetting, match=r"^ATLAS_ROOT is the path below which"):
        Configuration.from_environment()


@pytest.mark.parametrize("value", ["/data", "/s/x", "/api/v1", "/_stcore", "/static/atlas"])
def test_a_root_is_no_address_of_the_atlas(value: str) -> None:
    configuration = Configuration(root=value)
    with pytest.raises(BadSetting, match=r"^ATLAS_ROOT may not begin with"):
        whole_app(configuration=configuration)
    check_root("", ["/data"])
