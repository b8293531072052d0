"""What a page leaves out beside an open card, so that card and page are one small document."""

from __future__ import annotations

from markupsafe import Markup

from geo.screen.context import Screen
from geo.views.rendering import render


def folded(screen: Screen, part: str, words: str) -> Markup:
    """
    Write the link that stands for a part of a page while a card is open.

    Parameters
    ----------
    screen : Screen
        With its card.
    part : str
        Fragment of the part; empty for the page as a whole.
    words : str
        What the link does.

    Returns
    -------
    Markup
        A link to the same page without its card.
    """
    return render("folded.html", address=screen.closed(part), words=words)
