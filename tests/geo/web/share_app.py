"""The plain pages over a folder, and a reader of them that runs no script."""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from geo.configuration import Configuration
from geo.link.normalising import read_query
from geo.link.opening import Opened, open_address
from geo.web.plain_pages import share_routes
from geo.web.sitemap import sitemap_routes
from tests.asgi import Answer, call
from tests.ledger_files import DATA, TODAY

PAGES = ["/", "/timeline", "/countries", "/data", "/about"]
PUBLISHED = Configuration(publisher="The Publisher", contact="desk@atlas.example")
VOID = {"meta", "link", "img", "br", "hr", "circle", "path", "rect"}


@cache
def app(folder: Path = DATA, configuration: Configuration = PUBLISHED) -> Starlette:
    def open_(query: str) -> Opened:
        return open_address(folder, read_query(query), TODAY)

    return Starlette(
        routes=[
            *share_routes(open_, lambda: configuration, PAGES),
            *sitemap_routes(open_, lambda: configuration, PAGES),
        ]
    )


class Page(HTMLParser):
    """What somebody reads who runs no script."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.html = answer.text
        self.meta: dict[str, str] = {}
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.rows: dict[str, list[str]] = {}
        self.elements: list[str] = []
        self.title = self.canonical = self.followed = self.text = self.data = ""
        self.picture: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(self.html)
        self.close()
        assert not self._open, "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append(tag)
        self.attributes += given.items()
        if tag == "meta" and "content" in given:
            key = given.get("property") or given["name"]
            assert key not in self.meta, f"{key} is said twice"
            self.meta[key] = given["content"]
        if tag == "link":
            assert given["rel"] in ("canonical", "alternate")
            if given["rel"] == "canonical":
                self.canonical = given["href"]
            else:
                self.followed = given["href"]
        if tag == "script":
            self.scripts.append(given.get("type", ""))
        if tag == "img":
            self.picture = given
        if tag == "a":
            self.links.append(given["href"])
        if "data-record" in given:
            self.ids.append(given["data-record"])
        if "data-row" in given:
            self.rows.setdefault(given["data-row"], []).append("")
        if tag not in VOID:
            self._open.append((tag, given.get("data-row", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _row in self._open]
        if "title" in inside:
            self.title += data
        elif "script" in inside:
            self.data += data
        elif "style" not in inside:
            self.text += data
            for row in (row for _tag, row in self._open if row):
                self.rows[row][-1] += data

    @property
    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.data)
        return found

    @property
    def noindex(self) -> bool:
        return self.meta.get("robots") == "noindex"


def read(path: str, query: str = "", application: Starlette | None = None) -> Page:
    """Ask for a page that must be there."""
    answer = call(application or app(), path, query=query.encode())
    assert answer.status == 200, answer.text
    return Page(answer)
