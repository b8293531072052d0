"""The head of an HTML document: title, description, Open Graph, canonical address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from starlette.types import Scope

from geo.configuration import Configuration
from geo.link.root import rooted
from geo.web.forwarded import hosts_of, scheme_of


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
    oembed : str
        Absolute address that describes how the page is embedded; empty for none.
    cited : mapping of str to str
        Names and contents of the meta elements for reference managers.
    data : str
        JSON-LD that is safe inside a script element; empty for none.
    """

    site: str
    title: str
    description: str
    robots: str | None = None
    address: str | None = None
    image: Image | None = None
    feed: str = ""
    oembed: str = ""
    cited: Mapping[str, str] = field(default_factory=dict)
    data: str = ""


def page_address(scope: Scope, query: str) -> str | None:
    """
    Return the absolute address of a request, under the origin of `Configuration.origin`.

    Parameters
    ----------
    scope : Scope
        The request; behind a proxy the server has put the outer scheme into it.
    query : str
        The query to put into the address, without the question mark.

    Returns
    -------
    str or None
        None if the Host header is missing, malformed, or names another site.
    """
    configuration = Configuration.from_environment()
    named = hosts_of(scope)
    # what a proxy repeats of a client may confirm the public address, and never be another one
    hosts = named if configuration.address else named[:1]
    found = (configuration.origin(scheme_of(scope), host) for host in hosts)
    origin = next(filter(None, found), "")
    if not origin:
        return None
    path = quote(rooted(scope["path"]), safe="/~:@!$&'()*+,;=")
    tail = "?" + quote(query, safe="%=&+-._~:,;/?@!$'()*[]") if query else ""
    return f"{origin}{path}{tail}"


def absolute(scope: Scope, address: str) -> str:
    """
    Return an address of the atlas with its origin, where it has one.

    Parameters
    ----------
    scope : Scope
        The request, with its Host header.
    address : str
        Path and query.

    Returns
    -------
    str
        With scheme and host; without them where `page_address` has none.
    """
    path, _mark, query = address.partition("?")
    return page_address({**scope, "path": path}, query) or rooted(address)


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
    names |= head.cited
    lines = [f"<title>{escape(clean(head.title))}</title>"]
    lines += [f'<meta name="{n}" content="{escape(clean(v))}">' for n, v in names.items()]
    lines += [f'<meta property="{p}" content="{escape(clean(v))}">' for p, v in properties.items()]
    if head.address:
        lines.append(f'<link rel="canonical" href="{escape(head.address)}">')
    if head.feed:
        # feed readers look for it (autodiscovery): "follow this page" follows its selection
        lines.append(
            f'<link rel="alternate" type="application/atom+xml" title="{escape(head.site)}" '
            f'href="{escape(rooted(head.feed))}">'
        )
    if head.oembed:
        # publishing systems look for it when its address is pasted; with a title it is a choice
        lines.append(
            f'<link rel="alternate" type="application/json+oembed" href="{escape(head.oembed)}">'
        )
    if head.data:
        # no program: browsers run and police what is JavaScript alone
        lines.append(f'<script type="application/ld+json">{head.data}</script>')
    return "\n    ".join(lines)
