"""The coverage of the ledger: each country of ISO 3166-1 in one of a few states."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from geo.ledger.coverage import coverage, coverage_counts
from geo.model.dates import spoken
from geo.model.names import country_codes, country_name
from geo.model.text import fold
from geo.model.vocabulary import COVERAGE
from geo.screen.context import Screen
from geo.screen.countries import in_table
from geo.screen.folded import folded
from geo.views.rendering import render
from geo.wording import _
from geo.words.country_rows import REST


def coverage_table(screen: Screen) -> Markup:
    """
    Write the coverage states with the number and the names of their countries.

    Parameters
    ----------
    screen : Screen
        The day; filters change nothing. ``coverage`` marks the state that the table of answers
        is limited to.

    Returns
    -------
    Markup
        Escaped HTML.
    """
    return render(
        "coverage.html",
        click=screen.click,
        says=_("All {total} countries and territories in ISO 3166-1, as of {day}.").format(
            total=len(country_codes()), day=spoken(screen.snapshot.day.isoformat())
        ),
        states=[] if screen.opens_card else _states(screen),
        whole=folded(screen, "coverage", _("Close the card and list all countries"))
        if screen.opens_card
        else "",
        total=len(country_codes()),
    )


def _states(screen: Screen) -> list[dict[str, Any]]:
    """List the states, each with its countries and the address that shows them alone."""
    only = screen.state.coverage
    names: dict[str, list[tuple[str, str]]] = {code: [] for code in COVERAGE}
    for country, state in coverage(screen.snapshot).items():
        names[state].append((country, country_name(country)))
    return [
        {
            "code": code,
            "label": _(COVERAGE[code]),
            "count": count,
            "countries": sorted(names[code], key=lambda pair: fold(pair[1])) if named else [],
            # a second click shows all of them again
            "href": in_table(screen, coverage="" if code == only else code),
            "on": code == only,
        }
        for code, count in coverage_counts(screen.snapshot).items()
        for named in [code != REST or code == only]
    ]
