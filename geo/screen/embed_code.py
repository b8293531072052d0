"""The code that shows a view in a frame on a page of another site."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

from markupsafe import Markup

from geo.link.embed_addresses import embed as address_of
from geo.link.root import rooted
from geo.link.state import State
from geo.screen.context import Screen
from geo.screen.embed import embed
from geo.screen.plain_pages import STYLE
from geo.screen.share import arranged, offers_fixed
from geo.views.embed_height import embed_height
from geo.views.rendering import render
from geo.wording import _
from geo.words.preview_text import describe

#: usual widths of columns: a phone or a sidebar, an article, a whole page
WIDTHS = (320, 600, 1000)
USUAL = 600


def embed_title(screen: Screen) -> str:
    """Return what a frame is called, for readers who hear the page around it."""
    return describe(screen.page, screen.state, screen.snapshot).title


def frame_code(screen: Screen, width: int, height: int) -> str:
    """
    Write the element of a frame.

    Parameters
    ----------
    screen : Screen
        The view; with an origin, since a frame on another site needs a whole address.
    width, height : int
        Of the frame, in pixels; in a narrower column it is as wide as that.

    Returns
    -------
    str
        HTML without a script.
    """
    address = urljoin(screen.origin, rooted(address_of(screen.page, screen.opened.state)))
    code = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
        'style="border:0;max-width:100%"></iframe>'
    )
    return str(code.format(address, embed_title(screen), width, height))


def frame_height(screen: Screen, width: int) -> int:
    """
    Return how high the frame of a view has to be.

    Parameters
    ----------
    screen : Screen
        The view.
    width : int
        Of the frame, in pixels.

    Returns
    -------
    int
        In pixels.
    """
    return embed_height(embed(screen), width)


def code_page(screen: Screen) -> Markup:
    """
    Write the page with the code of a view, fixed and kept up to date, for several widths.

    Parameters
    ----------
    screen : Screen
        The view.

    Returns
    -------
    Markup
        A whole document without a script.
    """
    following = replace(screen.state, as_of=None, version="")
    kinds = [("live", _("Kept up to date"), _("Follows the ledger."), following)]
    if offers_fixed(screen):
        note = _("Goes on showing this day and this version of the ledger.")
        if not screen.opened.edition.released:
            note = _("Not released: this link may change.")
        kinds.insert(
            0, ("fixed", _("Fixed"), note, replace(screen.opened.dated, **arranged(screen)))
        )
    return render(
        "embed_code.html",
        style=STYLE,
        title=embed_title(screen),
        embed=address_of(screen.page, screen.opened.state),
        full=screen.href(),
        sites=screen.configuration.embedded_by,
        kinds=[
            (name, heading, note, [_code(screen, state, width) for width in WIDTHS])
            for name, heading, note, state in kinds
        ],
    )


def _code(screen: Screen, state: State, width: int) -> tuple[int, int, str]:
    shown = replace(screen, opened=replace(screen.opened, state=state))
    height = frame_height(shown, width)
    return width, height, frame_code(shown, width, height)
