"""Paths as they were meant: in any case, with signs, slashes or a query that became part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from geo.link.addresses import SHARE_PAGES
from geo.link.meant_values import decoded, meant_values, visible
from geo.link.normalising import says_what_it_means, written_query
from geo.link.parameters import parameter

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# a whole address in place of a path
_OTHER_HOST = re.compile(r"/*https?:/+[^/]*", re.IGNORECASE)
# where a query begins that a program has taken for a part of the path
_QUERY = re.compile("[?&;\uff1f\uff06\uff1b]|/(?=[A-Za-z_]{1,30}=)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
# a path, and behind it words of another script
_BEGINNING = re.compile(r"[A-Za-z0-9._/-]*(?=[^A-Za-z0-9._/-][^A-Za-z0-9]*\Z)")
#: how often an address is read again until nothing changes
_ROUNDS = 4


class KnownPaths:
    """
    Reads paths by those that exist.

    Parameters
    ----------
    templates : iterable of str
        As Starlette writes them. One that takes any rest of a path is left out.
    """

    def __init__(self, templates: Iterable[str]) -> None:
        kept = {t for t in templates if ":path}" not in t and (t == "/" or not t.endswith("/"))}
        # what is written out comes before what has a placeholder
        ordered = sorted(kept, key=lambda t: (t.count("{"), t))
        self._templates = [(t, _pattern(t)) for t in ordered]

    def meant(self, path: str) -> tuple[str, str] | None:
        """
        Return the path that another one stands for.

        Parameters
        ----------
        path : str
            As it was sent, percent-decoded once.

        Returns
        -------
        tuple of (str, str) or None
            An existing path, and the query that was in the other, percent-encoded; None if
            none is plainly meant.
        """
        if "\0" in path or ".." in path.replace("\\", "/").split("/"):
            return None
        text, hidden = _apart(_OTHER_HOST.sub("", decoded(path)))
        parts = (part.strip() for part in visible(text).replace("\\", "/").split("/"))
        whole = "/" + "/".join(filter(None, parts))
        beginning = _BEGINNING.match(whole)
        forms = (whole, _INDEX.sub("", whole) or "/", _trimmed(whole), beginning and beginning[0])
        for form in forms:
            if form and (known := self._known(form)):
                return known, hidden
        return None

    def _known(self, path: str) -> str:
        """Return the existing path that differs in case and values alone; empty if none does."""
        for template, pattern in self._templates:
            found = pattern.fullmatch(path)
            if found is None:
                continue
            values = {
                name: _value(template, name, text) for name, text in found.groupdict().items()
            }
            if all(values.values()):
                return template.format(**values)
        return ""


def _pattern(template: str) -> re.Pattern[str]:
    # every other part is the name of a placeholder
    parts = _PLACEHOLDER.split(template)
    written = (f"(?P<{p}>[^/]+)" if n % 2 else re.escape(p) for n, p in enumerate(parts))
    return re.compile("".join(written), re.IGNORECASE)


def _trimmed(path: str) -> str:
    end = next((n for n in range(len(path), 0, -1) if path[n - 1].isalnum()), 0)
    return path[:end] or "/"


def _apart(path: str) -> tuple[str, str]:
    """Part a path from the query in it."""
    text = unicodedata.normalize("NFKC", path)
    found = _QUERY.search(text)
    if found is None:
        return text, ""
    return text[: found.start()], quote(text[found.end() :], safe="&=;?%+", errors="replace")


def _value(template: str, name: str, text: str) -> str:
    """Return the value of a placeholder as an address writes it; empty if it cannot be read."""
    kind = next((kind for kind, start in SHARE_PAGES.items() if template.startswith(start)), name)
    if kind not in ("record", "event", "country"):
        return text
    values = meant_values(parameter(kind), text)
    return values[0] if values and len(values) == 1 else ""


def meant_address(path: str, query: str, known: KnownPaths) -> str | None:
    """
    Return the address that a changed one means.

    Parameters
    ----------
    path : str
        As it was sent, percent-decoded once.
    query : str
        As it was sent.
    known : KnownPaths
        The paths that exist.

    Returns
    -------
    str or None
        Path and query, on this server in any case; None where the address says already what
        it means, or where nothing is plainly meant. The address of an address is itself.
    """
    target = None
    for _round in range(_ROUNDS):
        found = known.meant(path)
        if found is None:
            return target
        there, hidden = found
        sent = "&".join(filter(None, (hidden, query)))
        if there == path and not hidden and says_what_it_means(sent):
            return target
        path, query = there, written_query(sent)
        target = f"{path}?{query}" if query else path
    return None
