"""The filters as a form whose fields have the names of the link's parameters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

from markupsafe import Markup

from geo.link.addresses import PAGES
from geo.link.kinds import Menu
from geo.link.state import NO_FILTERS, encode
from geo.model.dates import latest_day_of, spoken
from geo.screen.clicks import neighbour
from geo.screen.context import Screen
from geo.screen.menus import menus, more_picked
from geo.views.rendering import render
from geo.wording import _


def filters(screen: Screen) -> Markup:
    """
    Write the filters as a form.

    Its fields have the names of the link's parameters, so that the browser makes the address
    of a changed form; what it has no field for is carried by hidden ones.
    """
    state = screen.state
    day, first = state.as_of or screen.today, screen.dataset.first_day
    latest = latest_day_of(screen.today)
    return render(
        "filters.html",
        click=screen.click,
        action="/" + PAGES[screen.page],
        hidden=_hidden(screen),
        main=menus(screen, Menu.MAIN),
        more=menus(screen, Menu.MORE),
        more_picked=more_picked(screen),
        picked=more_picked(screen) + sum(bool(m.picked) for m in menus(screen, Menu.MAIN)),
        since=state.filters.since,
        until=state.filters.until,
        certain=state.filters.certain,
        asof=state.as_of.isoformat() if state.as_of else "",
        asof_words=spoken(day.isoformat()) if state.as_of else _("today"),
        earlier=_spoken_day(neighbour(screen.dataset, day, -1) if day > first else None),
        later=_spoken_day(neighbour(screen.dataset, day, 1)),
        first=first.isoformat(),
        latest=latest.isoformat(),
        date_form=_("A year, month or day, such as 2022, 2022-12 or 2022-12-05."),
        days_form=_("A day from {first} to {today}.").format(
            first=spoken(first.isoformat()), today=spoken(latest.isoformat())
        ),
        q=state.filters.q,
        # one that is set has its own sign for it
        clears=len(state.filters.active) > 1 or more_picked(screen) > 0,
    )


def _hidden(screen: Screen) -> list[tuple[str, str]]:
    """List the parameters of the link that the form has no field for."""
    rest = replace(screen.state, filters=NO_FILTERS, as_of=None)
    return parse_qsl(encode(rest))


def _spoken_day(day: date | None) -> str:
    return spoken(day.isoformat()) if day else ""
