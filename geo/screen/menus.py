"""The menus of the filters, each with its options and their counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.link.form import menu as rows_of
from geo.link.kinds import Menu as Place
from geo.link.kinds import Parameter
from geo.link.parameters import filter_label
from geo.link.selection import Filters
from geo.model.vocabulary import EUROPEAN_UNION, JURISDICTIONS, WORLDWIDE
from geo.screen.context import Screen
from geo.wording import _
from geo.words.summary import loosening


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A value of a filter; ``inside`` marks a county below its city."""

    code: str
    label: str
    count: int
    picked: bool
    inside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Menu:
    """A filter with its options; ``picked`` names in short what is picked."""

    name: str
    label: str
    options: tuple[Option, ...]
    picked: str


def menus(screen: Screen, place: Place) -> list[Menu]:
    """
    List the menus at one place of the form, in its order.

    Parameters
    ----------
    screen : Screen
        What is picked, and what each option would leave.
    place : geo.link.kinds.Menu
        Among the separate menus, or inside the one that they share.

    Returns
    -------
    list of Menu
        One for each facet that the table of parameters puts there.
    """
    return [_menu(screen, row) for row in rows_of(place)]


def _menu(screen: Screen, row: Parameter) -> Menu:
    counts = screen.selection.counts(row.name)
    picked = getattr(screen.state.filters, row.field)
    options = tuple(
        Option(
            code=code,
            label=row.option_label(code),
            count=counts.get(code, 0),
            picked=code in picked,
            inside=row.name == "jurisdiction" and bool(JURISDICTIONS.get(code, ("", "", ""))[2]),
        )
        for code in _offered(row, [c for c in row.codes if c in counts or c in picked])
    )
    first = ", ".join(row.option_label(code) for code in picked[:2])
    more = f" +{len(picked) - 2}" if len(picked) > 2 else ""
    return Menu(name=row.name, label=_(row.label), options=options, picked=first + more)


def _offered(row: Parameter, codes: list[str]) -> list[str]:
    if row.name != "country":
        return codes
    states = (code for code in codes if code not in (EUROPEAN_UNION, WORLDWIDE))
    return [*sorted(states, key=row.option_label), EUROPEAN_UNION, WORLDWIDE]


def more_picked(screen: Screen) -> int:
    """Count the values picked in the menu of the rarer filters."""
    filters = screen.state.filters
    return (
        sum(len(getattr(filters, row.field)) for row in rows_of(Place.MORE))
        + bool(filters.since)
        + bool(filters.until)
    )


def ways_out(screen: Screen) -> list[tuple[dict[str, Any], str]]:
    """
    List the changes that lead from an empty selection to records.

    Returns
    -------
    list of (dict, str)
        A change, as `Screen.click` takes it, and its label with the number of records: leaving
        out one filter, or showing today. Where none of them helps, all records. Empty if the
        ledger has no record.
    """
    if screen.selection.records:
        return []
    numbered = _("{change} ({n:,})")
    ways: list[tuple[dict[str, Any], str]] = [
        (
            {"loosen": field},
            numbered.format(
                change=_("without the filter “{filter}”").format(filter=filter_label(field)), n=n
            ),
        )
        for field, n in loosening(screen.selection)
    ]
    newest = screen.opened.newest
    if screen.state.as_of and (n := len(screen.state.filters.select(newest).records)):
        ways.append(({"today": True}, numbered.format(change=_("as of today"), n=n)))
    if not ways and Filters().select(screen.snapshot).records:
        ways.append(({"clear": True}, _("all records")))
    elif not ways and screen.state.as_of:
        # neither alone helps: the filters can be left out on that day
        ways.append(({"today": True}, _("as of today")))
    return ways
