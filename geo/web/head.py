"""The head of an HTML document: title, description, Open Graph, canonical address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Scope

from geo.wording import _

# a name, an IPv4 or a bracketed IPv6 address, and a port: nothing else is put into a link
_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
# elements inside comments are left alone
_HTML = re.compile(r"<!--.*?-->|<html\b[^>]*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<!--.*?-->|<title\b[^>]*>.*?</title\s*>", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"<!--.*?-->|<head\b[^>]*>", re.IGNORECASE | re.DOTALL)
_NOSCRIPT = re.compile(r"<!--.*?-->|<noscript\b[^>]*>.*?</noscript\s*>", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<!--.*?-->|<body\b[^>]*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Image:
    """The picture of a page, for its preview: an absolute address, and what it shows."""

    address: str
    width: int
    height: int
    alt: str
    media_type: str = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """
    What the head of a page says, as plain text.

    Attributes
    ----------
    site, title, description : str
        Of the site, of the page, and of what the page shows; the last may be empty.
    robots : str or None
        Content of a robots tag.
    address : str or None
        For the canonical link and ``og:url``.
    image : Image or None
        The picture of the page.
    feed : str
        Address of the feed that follows this page's selection; empty for none.
    """

    site: str
    title: str
    description: str
    robots: str | None = None
    address: str | None = None
    image: Image | None = None
    feed: str = ""


def page_address(scope: Scope, query: str) -> str | None:
    """
    Return the absolute address of a request, as the client asked for it.

    Parameters
    ----------
    scope : Scope
        The request; behind a proxy the server has put the outer scheme into it.
    query : str
        The query to put into the address, without the question mark.

    Returns
    -------
    str or None
        None if the Host header is missing or malformed.
    """
    host = Headers(scope=scope).get("host", "")
    if not _HOST.fullmatch(host):
        return None
    path = quote(scope["path"], safe="/~:@!$&'()*+,;=")
    tail = "?" + quote(query, safe="%=&+-._~:,;/?@!$'()*[]") if query else ""
    return f"{scope.get('scheme', 'http')}://{host}{path}{tail}"


def absolute(scope: Scope, address: str) -> str:
    """
    Return an address of the atlas as the client reaches it.

    Parameters
    ----------
    scope : Scope
        The request, with its Host header.
    address : str
        Path and query.

    Returns
    -------
    str
        With scheme and host; as given if the Host header is missing or malformed.
    """
    path, _mark, query = address.partition("?")
    return page_address({**scope, "path": path}, query) or address


def clean(text: str) -> str:
    """Return the text on one line, without characters that HTML or UTF-8 cannot carry."""
    characters = (c if c.isprintable() or c.isspace() else "\ufffd" for c in text)
    return " ".join("".join(characters).split())


def _picture(image: Image) -> tuple[dict[str, str], dict[str, str]]:
    """Return the properties of a picture for Open Graph, and its names for Twitter's cards."""
    properties = {
        "og:image": image.address,
        "og:image:type": image.media_type,
        "og:image:width": str(image.width),
        "og:image:height": str(image.height),
        "og:image:alt": image.alt,
    }
    names = {
        "twitter:card": "summary_large_image",
        "twitter:image": image.address,
        "twitter:image:alt": image.alt,
    }
    return properties, names


def tags(head: PageHead) -> str:
    """Return the title, meta and link elements of a page, escaped, one a line."""
    properties = {"og:type": "website", "og:site_name": head.site, "og:title": head.title}
    names = {}
    if head.description:
        names["description"] = head.description
        properties["og:description"] = head.description
    if head.robots:
        names["robots"] = head.robots
    if head.address:
        properties["og:url"] = head.address
    if head.image:
        of_graph, of_card = _picture(head.image)
        properties |= of_graph
        names |= of_card
    lines = [f"<title>{escape(clean(head.title))}</title>"]
    lines += [f'<meta name="{n}" content="{escape(clean(v))}">' for n, v in names.items()]
    lines += [f'<meta property="{p}" content="{escape(clean(v))}">' for p, v in properties.items()]
    if head.address:
        lines.append(f'<link rel="canonical" href="{escape(head.address)}">')
    if head.feed:
        # feed readers look for it (autodiscovery): "follow this page" follows its selection
        lines.append(
            f'<link rel="alternate" type="application/atom+xml" title="{escape(head.site)}" '
            f'href="{escape(head.feed)}">'
        )
    return "\n    ".join(lines)


def without_script(title: str, description: str, plain: str = "") -> str:
    """
    Write the ``noscript`` element: what the page is, and where it needs no script.

    Parameters
    ----------
    title, description : str
        Plain text; escaped here.
    plain : str
        Address of the same view as a plain page; empty for none.

    Returns
    -------
    str
        Escaped HTML.
    """
    need = _("The atlas itself needs JavaScript: please turn it on to see the map and the records.")
    parts = [f"<h1>{escape(clean(title))}</h1>"]
    parts += [f"<p>{escape(text)}</p>" for text in (clean(description), need) if text]
    if plain:
        words = escape(_("Read this view as a plain page"))
        parts.append(f'<p><a href="{escape(plain)}">{words}</a></p>')
    return "<noscript>" + "".join(parts) + "</noscript>"


def _replace(element: re.Pattern[str], new: Callable[[str], str], page: str) -> str:
    """Replace the first element that is outside a comment by ``new(old)``."""
    for match in element.finditer(page):
        if not match.group().startswith("<!--"):
            return page[: match.start()] + new(match.group()) + page[match.end() :]
    return page


def rewrite(shell: str, head: PageHead, *, language: str, plain: str = "") -> str:
    """
    Write a page's head into an HTML document.

    Parameters
    ----------
    shell : str
        Streamlit's index.html; a text without ``<head>`` and ``<body>`` gets nothing.
    head : PageHead
        What its head says; escaped here.
    language : str
        Of the document, as in ``<html lang>``.
    plain : str
        Address of the same view as a plain page; empty for none.

    Returns
    -------
    str
        The document.
    """
    elements = tags(head)
    words = without_script(head.title, head.description, plain)
    page = _replace(_HTML, lambda old: f'<html lang="{escape(language)}">', shell)
    page = _replace(_TITLE, lambda old: "", page)
    # first in the head: previewers read the beginning of a document only. The encoding
    # is said in the answer's header, so nothing has to stand before it
    page = _replace(_HEAD, lambda old: f"{old}\n    {elements}", page)
    page = _replace(_NOSCRIPT, lambda old: "", page)
    return _replace(_BODY, lambda old: f"{old}\n    {words}", page)
