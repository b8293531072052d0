"""The page for an address that does not exist, with a guess and a link to the map."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from markupsafe import Markup, escape

from geo.views.rendering import render
from geo.wording import _

# a path may be as long as a request line; a reader recognises it by its beginning
LONGEST = 80


def not_found_page(path: str, pages: Sequence[str], plain: Sequence[tuple[str, str]] = ()) -> str:
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

    Returns
    -------
    str
        A whole document.
    """
    printable = _printable(path if len(path) <= LONGEST else path[:LONGEST] + "…")
    missing = escape(_("The atlas has no page at {path}."))
    words = [missing.format(path=Markup("<code>{}</code>").format(printable))]
    close = get_close_matches(path.lower()[:LONGEST], [page for page in pages if page != "/"], n=1)
    if close:
        link = Markup('<a href="{0}">{0}</a>').format(close[0])
        words.append(escape(_("Did you mean {page}?")).format(page=link))
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
    return str(
        render(
            "not_found.html",
            title=title,
            heading=heading,
            paragraphs=paragraphs,
            pages=[page for page in pages if page != "/"],
            plain=[(path, _(what)) for path, what in plain],
        )
    )


def _printable(text: str) -> str:
    # control characters and lone surrogates would not survive the encoding
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
