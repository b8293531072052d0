"""The map's legend: symbols, what has no point, and the optional layer."""

from __future__ import annotations

from markupsafe import Markup

from geo.link.selection import Selection
from geo.screen.context import Screen
from geo.views import coverage_layer, shapes
from geo.views.rendering import render
from geo.wording import _, ngettext


def legend(screen: Screen) -> Markup:
    """Write the legend."""
    caption = _(
        "Each ring counts the records of a country and shows its authorities' newest act; from "
        "zoom 4 on there is one symbol a city. A paler half circle is older than a year. {rest}"
    ).format(rest=_country_only(screen.selection))
    on = bool(screen.state.layer)
    return render(
        "legend.html",
        click=screen.click,
        shapes=shapes.legend(),
        caption=caption,
        layer=on,
        coverage=coverage_layer.legend(screen.snapshot) if on else [],
        missing=coverage_layer.missing() if on else "",
    )


def _country_only(selection: Selection) -> str:
    """Say how many selected records have no city; empty when all have one."""
    missing = len(selection.records) - len(selection.with_city)
    if not missing:
        return ""
    return ngettext(
        "{n} record of the selection is known by country or region only: it has no point, and "
        "stands in its country's symbol and in the list.",
        "{n} records of the selection are known by country or region only: they have no point, "
        "and stand in their country's symbol and in the list.",
        missing,
    )
