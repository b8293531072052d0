"""What a browser makes of the links and the form of a screen."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

_VOID = ("input", "br", "img", "source")


@dataclass(kw_only=True)
class Field:
    """An input of a block; ``form`` is the id of the form that it belongs to."""

    name: str
    kind: str
    value: str
    checked: bool
    form: str


class Block(HTMLParser):
    """The links, buttons, forms and fields of a block, as a browser would make them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[dict[str, str]] = []
        self.buttons: list[dict[str, str]] = []
        self.forms: dict[str, dict[str, str]] = {}
        self.fields: list[Field] = []
        self._open: list[tuple[str, str]] = []
        self.feed(str(html))
        self.close()
        assert not self._open, "an element was left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(a)
        elif tag == "button":
            self.buttons.append({**a, "inside": " ".join(t for t, _id in self._open)})
        elif tag == "form":
            self.forms[a["id"]] = a
        elif tag == "input":
            inside = next((i for t, i in reversed(self._open) if t == "form"), "")
            self.fields.append(
                Field(
                    name=a.get("name", ""),
                    kind=a.get("type", "text"),
                    value=a.get("value", ""),
                    checked="checked" in a,
                    form=a.get("form", inside),
                )
            )
        if tag not in _VOID:
            self._open.append((tag, a.get("id", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # a shape of a symbol

    def handle_endtag(self, tag: str) -> None:
        opened, _id = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"


def submitted(blocks: list[Block], form: str) -> str:
    """The query that a browser makes of a form whose fields are in blocks."""
    return urlencode(
        [
            (field.name, field.value)
            for block in blocks
            for field in block.fields
            if field.form == form and field.name and (field.kind != "checkbox" or field.checked)
        ]
    )
