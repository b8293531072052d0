"""A reader of what a previewer reads."""

from __future__ import annotations

from html.parser import HTMLParser

SITE = "Alleged Stations Atlas"
#: elements without an end
VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "wbr", "source"})


class Head(HTMLParser):
    """Reads back what a previewer reads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.meta: dict[str, str] = {}
        self.title = self.canonical = self.language = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = {name: value or "" for name, value in attrs}
        self.elements.append(tag)
        if tag == "html":
            self.language = given_["lang"]
        elif tag == "meta" and "content" in given_:
            key = given_.get("property") or given_["name"]
            assert key not in self.meta, f"{key} is said twice"
            self.meta[key] = given_["content"]
        elif tag == "link" and given_.get("rel") == "canonical":
            self.canonical = given_["href"]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open == ["html", "head", "title"]:
            self.title += data
