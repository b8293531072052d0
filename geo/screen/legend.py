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
        "Each ring counts a country’s records and shows its authorities’ most recent "
        "act. Zoom in for one symbol per city. A paler half-circle is more than a year "
        "old. {rest}"
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
        "{n} selected record gives only a country or region: it is counted in its "
        "country’s ring and listed, but has no point.",
        "{n} selected records give only a country or region: they are counted in their "
        "country’s ring and listed, but have no point.",
        missing,
    )
