"""The screen that a request asks for, which pages, embeds and their code are made from."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from geo.configuration import Configuration
from geo.link.opening import Opened
from geo.screen.context import Screen
from geo.web.head import absolute


def requested_screen(
    opened: Opened, configuration: Configuration, page: str, request: Request
) -> Screen:
    """
    Return what a page or an embed is made from.

    Parameters
    ----------
    opened : Opened
        What the address shows.
    configuration : Configuration
        The publisher's settings.
    page : str
        A code of `PAGES`; of an embed ``timeline``, or ``map`` for all else.
    request : Request
        Whose origin its links have.

    Returns
    -------
    Screen
        Without an origin where the request's is not known.
    """
    origin = absolute(request.scope, "/")
    return Screen(opened, configuration, page, origin if urlsplit(origin).scheme else "")
