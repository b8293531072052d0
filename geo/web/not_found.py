"""The page for an address that does not exist, with a guess and a link to the map."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from markupsafe import Markup, escape

from geo.link.addresses import feed
from geo.link.root import rooted
from geo.link.state import State
from geo.views.palette import DARK, LIGHT
from geo.views.rendering import render
from geo.web.head import PageHead, tags
from geo.wording import _
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import PAGE_TITLES

# a path may be as long as a request line; a reader recognises it by its beginning
LONGEST = 80
_FEED = feed(State())
_NAMES = {"/map": "/", "/feed": _FEED, "/feeds": _FEED, "/atom.xml": _FEED}


def not_found_page(
    path: str,
    pages: Sequence[str],
    plain: Sequence[tuple[str, str]] = (),
    meant: Sequence[str] = (),
) -> str:
    """
    Return the HTML of the 404 page.

    Parameters
    ----------
    path : str
        The path requested; its text is untrusted.
    pages : Sequence of str
        The paths that exist.
    plain : Sequence of (str, str)
        Paths of the plain pages, ``…`` in them for the part that differs, and their
        descriptions.
    meant : Sequence of str
        Addresses that may have been meant; those of pages are looked for if there are none.

    Returns
    -------
    str
        A whole document.
    """
    printable = _printable(path if len(path) <= LONGEST else path[:LONGEST] + "…")
    missing = escape(_("The atlas has no page at {path}."))
    words = [missing.format(path=Markup("<code>{}</code>").format(printable))]
    if near := meant or near_paths(path, pages):
        form = Markup('<a href="{0}">{0}</a>')
        choices = Markup(", ").join(form.format(rooted(address)) for address in near)
        words.append(escape(_("Did you mean {page}?")).format(page=choices))
    advice = _(
        "If you followed a link, its end may have been cut off or changed. Ask the "
        "sender for the full address, or start from the map and set the filters again."
    )
    return _page(
        _("Page not found · Alleged Stations Atlas"),
        _("Page not found"),
        [*words, escape(advice)],
        pages,
        plain,
    )


def near_paths(path: str, paths: Sequence[str]) -> list[str]:
    """
    Return the existing path that is nearest to an unknown one.

    Parameters
    ----------
    path : str
        As it was requested.
    paths : Sequence of str
        Those that exist.

    Returns
    -------
    list of str
        One at most.
    """
    known = {one: one for one in paths if one != "/"}
    # what readers type for pages whose paths are other words
    known |= {name: one for name, one in _NAMES.items() if one in paths}
    return [known[one] for one in get_close_matches(path.lower()[:LONGEST], known, n=1)]


def withdrawn_page(sentence: str, pages: Sequence[str]) -> str:
    """
    Return the HTML that says that a record was withdrawn; it repeats nothing of the record.

    Parameters
    ----------
    sentence : str
        Since when.
    pages : Sequence of str
        The paths that exist.

    Returns
    -------
    str
        A whole document.
    """
    rest = _(
        "Withdrawn material is not shown anywhere in the atlas, for any date or in any version."
    )
    return _page(
        _("Withdrawn · Alleged Stations Atlas"), _("Withdrawn"), [sentence, rest], pages, ()
    )


def _page(
    title: str,
    heading: str,
    paragraphs: Sequence[str],
    pages: Sequence[str],
    plain: Sequence[tuple[str, str]],
) -> str:
    # nothing of the address: a preview must not speak in the atlas's name
    head = PageHead(site=_(TITLE), title=title, description="", robots="noindex")
    return str(
        render(
            "not_found.html",
            head=Markup(tags(head)),
            heading=heading,
            paragraphs=paragraphs,
            pages=[(page, _page_name(page)) for page in pages if page != "/"],
            plain=[(path, _(what)) for path, what in plain],
            light=LIGHT,
            dark=DARK,
        )
    )


def _page_name(path: str) -> str:
    title = PAGE_TITLES.get(path.removeprefix("/"))
    return _(title) if title else path


def _printable(text: str) -> str:
    # control characters and lone surrogates would not survive the encoding
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
