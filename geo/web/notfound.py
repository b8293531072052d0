"""The page for an address that does not exist: says so, guesses, and leads home."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from html import escape

from geo.wording import _

# a path may be as long as a request line; a reader recognises it by its beginning
LONGEST = 80

# no script, no other file: the page stands alone
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ max-width: 36rem; margin: 4rem auto; padding: 0 1rem;
  font: 1.05rem/1.5 system-ui, sans-serif }}
code {{ overflow-wrap: anywhere }}
</style>
</head>
<body>
<main>
<h1>{heading}</h1>
<p>{missing}</p>
{guess}<p>{advice}</p>
<p><a href="/">{home}</a></p>
<ul>
{pages}
</ul>
</main>
</body>
</html>
"""


def not_found_page(path: str, pages: Sequence[str]) -> str:
    """
    Return the HTML of the 404 page.

    Parameters
    ----------
    path : str
        The path that was asked for; anybody can write anything into it.
    pages : Sequence of str
        The paths that exist.

    Returns
    -------
    str
        A whole document.
    """
    shown = path if len(path) <= LONGEST else path[:LONGEST] + "…"
    missing = escape(_("The atlas has no page at {path}.")).format(
        path=f"<code>{escape(_printable(shown))}</code>"
    )
    close = get_close_matches(path.lower()[:LONGEST], [page for page in pages if page != "/"], n=1)
    guess = ""
    if close:
        guess = f"<p>{escape(_('Did you mean'))} {_link(close[0])}?</p>\n"
    advice = _(
        "If you followed a link, its end may have been cut off or changed on the way. "
        "Ask the sender for the whole address, or start from the map and set the filters again."
    )
    return _PAGE.format(
        title=escape(_("Page not found · Alleged Stations Atlas")),
        heading=escape(_("There is no such page")),
        missing=missing,
        guess=guess,
        advice=escape(advice),
        home=escape(_("Go to the start of the atlas")),
        pages="\n".join(f"<li>{_link(page)}</li>" for page in pages if page != "/"),
    )


def _link(page: str) -> str:
    return f'<a href="{escape(page)}">{escape(page)}</a>'


def _printable(text: str) -> str:
    # control characters and lone surrogates would not survive the encoding
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
