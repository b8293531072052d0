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
{words}
<p><a href="/">{home}</a></p>
<ul>
{pages}
</ul>
</main>
</body>
</html>
"""


def not_found_page(path: str, pages: Sequence[str], plain: Sequence[tuple[str, str]] = ()) -> str:
    """
    Return the HTML of the 404 page.

    Parameters
    ----------
    path : str
        The path that was asked for; anybody can write anything into it.
    pages : Sequence of str
        The paths that exist.
    plain : Sequence of (str, str)
        Paths of the pages without a script, ``…`` in them for what differs, and what
        stands there.

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
    return _page(
        _("Page not found · Alleged Stations Atlas"),
        _("There is no such page"),
        f"<p>{missing}</p>\n{guess}<p>{escape(advice)}</p>",
        pages,
        plain,
    )


def withdrawn_page(sentence: str, pages: Sequence[str]) -> str:
    """
    Return the HTML that says that a record is gone for good; it repeats nothing of it.

    Parameters
    ----------
    sentence : str
        Since when, and on what ground.
    pages : Sequence of str
        The paths that exist.
    """
    rest = _("What was withdrawn is shown nowhere in the atlas, on no day and in no version.")
    return _page(
        _("Withdrawn · Alleged Stations Atlas"),
        _("Withdrawn"),
        f"<p>{escape(sentence)}</p>\n<p>{escape(rest)}</p>",
        pages,
        (),
    )


def _page(
    title: str, heading: str, words: str, pages: Sequence[str], plain: Sequence[tuple[str, str]]
) -> str:
    items = [f"<li>{_link(page)}</li>" for page in pages if page != "/"]
    for path, what in plain:
        shown = f"<code>{escape(path)}</code>" if path.endswith("…") else _link(path)
        items.append(f"<li>{shown}: {escape(_(what))}</li>")
    return _PAGE.format(
        title=escape(title),
        heading=escape(heading),
        words=words,
        home=escape(_("Go to the start of the atlas")),
        pages="\n".join(items),
    )


def _link(page: str) -> str:
    return f'<a href="{escape(page)}">{escape(page)}</a>'


def _printable(text: str) -> str:
    # control characters and lone surrogates would not survive the encoding
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
