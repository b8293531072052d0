"""The ways to show the records on a small screen, and the addresses of closer views."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from geo.model.entities import Record
from geo.screen.context import Screen
from geo.views.fitted_view import fitted_view
from geo.views.rendering import render
from geo.wording import _


def views(screen: Screen) -> Markup:
    """Write the switch between tiles, map and list, of which the list is on the same page."""
    detail = screen.state.view is not None
    here = screen.href()
    ways = [
        ("tiles", _("Tiles"), screen.href(view=None), not detail),
        ("map", _("Map"), here if detail else closer(screen, screen.selection.records), detail),
        ("list", _("List"), f"{here}#list", False),
    ]
    return render("views.html", ways=ways)


def closer(screen: Screen, records: Iterable[Record]) -> str:
    """
    Write the address of the map that shows some records from near.

    Parameters
    ----------
    screen : Screen
        The map page.
    records : iterable of Record
        Those to be seen.

    Returns
    -------
    str
        This page with the closest view of all of them.
    """
    return screen.href(view=fitted_view(records, screen.snapshot))
