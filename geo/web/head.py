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


def tags(
    *,
    site: str,
    title: str,
    description: str,
    robots: str | None,
    address: str | None,
    image: Image | None = None,
    feed: str = "",
) -> str:
    """
    Write the title, meta and link elements of a page.

    Parameters
    ----------
    site, title, description : str
        Plain text; escaped here.
    robots : str or None
        Content of a robots tag; None for none.
    address : str or None
        For the canonical link and ``og:url``; None for neither.
    image : Image or None
        The picture of the page; None for none.
    feed : str
        Address of the feed of this page's selection; empty for none.

    Returns
    -------
    str
        Escaped, one element a line.
    """
    properties = {"og:type": "website", "og:site_name": site, "og:title": title}
    names = {}
    if description:
        names["description"] = description
        properties["og:description"] = description
    if robots:
        names["robots"] = robots
    if address:
        properties["og:url"] = address
    if image:
        of_graph, of_card = _picture(image)
        properties |= of_graph
        names |= of_card
    lines = [f"<title>{escape(clean(title))}</title>"]
    lines += [f'<meta name="{n}" content="{escape(clean(v))}">' for n, v in names.items()]
    lines += [f'<meta property="{p}" content="{escape(clean(v))}">' for p, v in properties.items()]
    if address:
        lines.append(f'<link rel="canonical" href="{escape(address)}">')
    if feed:
        # feed readers look for it (autodiscovery): "follow this page" follows its selection
        lines.append(
            f'<link rel="alternate" type="application/atom+xml" title="{escape(site)}" '
            f'href="{escape(feed)}">'
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


def rewrite(
    shell: str,
    *,
    site: str,
    title: str,
    description: str,
    language: str,
    robots: str | None,
    address: str | None,
    image: Image | None = None,
    feed: str = "",
    plain: str = "",
) -> str:
    """
    Write a page's head into an HTML document.

    Parameters
    ----------
    shell : str
        Streamlit's index.html; a text without ``<head>`` and ``<body>`` stays as it is.
    site, title, description, language : str
        Plain text; escaped here.
    robots : str or None
        Content of a robots tag; None for none.
    address : str or None
        For the canonical link and ``og:url``; None for neither.
    image : Image or None
        The picture of the page; None for none.
    feed : str
        Address of the feed of this page's selection; empty for none.
    plain : str
        Address of the same view as a plain page; empty for none.

    Returns
    -------
    str
        The document.
    """
    head = tags(
        site=site,
        title=title,
        description=description,
        robots=robots,
        address=address,
        image=image,
        feed=feed,
    )
    words = without_script(title, description, plain)
    page = _replace(_HTML, lambda old: f'<html lang="{escape(language)}">', shell)
    page = _replace(_TITLE, lambda old: "", page)
    # first in the head: previewers read the beginning of a document only. The encoding
    # is in the answer's header, so nothing has to come before it
    page = _replace(_HEAD, lambda old: f"{old}\n    {head}", page)
    page = _replace(_NOSCRIPT, lambda old: "", page)
    return _replace(_BODY, lambda old: f"{old}\n    {words}", page)
