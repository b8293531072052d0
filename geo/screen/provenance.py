"""What a printed page says of itself: its day, its ledger, and the link to it."""

from __future__ import annotations

from markupsafe import Markup

from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.wording import _


def provenance(screen: Screen) -> Markup:
    """Write the line that is on paper alone: day, version of the ledger, fixed link."""
    dataset = screen.dataset
    says = _("As of {day}. Ledger version {version}, last checked {date}.").format(
        day=spoken(screen.snapshot.day.isoformat()),
        version=dataset.version,
        date=spoken(dataset.last_checked) if dataset.last_checked else "–",
    )
    link = _("Link to this page as shown: {address}").format(
        address=screen.absolute(view=screen.state.view, **screen.fixed)
    )
    return render("provenance.html", says=says, link=link)
