"""The filters as a form, and the strip of answers whose tiles are boxes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

from markupsafe import Markup

from geo.link.addresses import PAGES
from geo.link.kinds import Menu
from geo.link.state import NO_FILTERS, encode
from geo.model.dates import spoken
from geo.screen.clicks import neighbour
from geo.screen.context import Screen
from geo.screen.menus import menus, more_picked, strip_options
from geo.views.rendering import render
from geo.wording import _


def strip(screen: Screen) -> Markup:
    """Write the answers so far as tiles; each is a box of the filters' form."""
    return render("strip.html", here=screen.page, tiles=strip_options(screen))


def filters(screen: Screen) -> Markup:
    """
    Write the filters as a form.

    Its fields have the names of the link's parameters, so that the browser makes the address
    of a changed form; what it has no field for is carried by hidden ones.
    """
    state = screen.state
    day, first = state.as_of or screen.today, screen.dataset.first_day
    return render(
        "filters.html",
        click=screen.click,
        action="/" + PAGES[screen.page],
        hidden=_hidden(screen),
        main=menus(screen, Menu.MAIN),
        more=menus(screen, Menu.MORE),
        more_picked=more_picked(screen),
        since=state.filters.since,
        until=state.filters.until,
        certain=state.filters.certain,
        asof=state.as_of.isoformat() if state.as_of else "",
        asof_words=spoken(day.isoformat()) if state.as_of else _("today"),
        earlier=_spoken_day(neighbour(screen.dataset, day, -1) if day > first else None),
        later=_spoken_day(neighbour(screen.dataset, day, 1)),
        first=first.isoformat(),
        today=screen.today.isoformat(),
        q=state.filters.q,
        active=not state.filters.empty,
    )


def _hidden(screen: Screen) -> list[tuple[str, str]]:
    """List the parameters of the link that the form has no field for."""
    rest = replace(screen.state, filters=NO_FILTERS, as_of=None)
    if screen.page == "map":
        # the box of the layer is under the map, and belongs to the form as well
        rest = replace(rest, layer="")
    return parse_qsl(encode(rest))


def _spoken_day(day: date | None) -> str:
    return spoken(day.isoformat()) if day else ""
