"""What in a document could run or load something: the elements and attributes to look for."""

from __future__ import annotations

from html.parser import HTMLParser

FORBIDDEN = frozenset(
    {
        "iframe", "object", "embed", "base", "marquee", "template", "math", "animate", "set",
        "foreignobject", "frame", "applet", "portal",
    }
)  # fmt: skip
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href"})
#: of addresses in links: a path, a fragment, or a scheme that runs nothing
HARMLESS = ("/", "#", "?", "http://", "https://", "mailto:", "data:image/")


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.scripts += tag == "script"
        if tag in FORBIDDEN or (tag == "meta" and "http-equiv" in given):
            self.faults.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or name in ("srcdoc", "autofocus"):
                self.faults.append(f"<{tag} {name}>")
            if name in ADDRESSES and value and not value.startswith(HARMLESS):
                self.faults.append(f"<{tag} {name}={value[:60]!r}>")
            if name in ADDRESSES and "//attacker" in value.partition("?")[0]:
                self.faults.append(f"<{tag} {name}={value[:60]!r}>")


def dangers(html: str) -> tuple[int, list[str]]:
    """
    Look for what a hostile text would have to become to do anything.

    Parameters
    ----------
    html : str
        A document.

    Returns
    -------
    scripts : int
        Number of script elements, to be compared with that of a harmless page.
    faults : list of str
        Elements and attributes that no page of the atlas has.
    """
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return finder.scripts, finder.faults


def straight(text: str) -> str:
    """
    Undo what readers are shown for the straight marks of cells, to compare a page with cells.

    Parameters
    ----------
    text : str
        A cell, or the text of a page.

    Returns
    -------
    str
        With ``"`` and ``'`` alone.
    """
    return text.translate({ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'"})
