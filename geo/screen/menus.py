"""The menus of the filters, each with its options and their counts."""

from __future__ import annotations

from dataclasses import dataclass

from geo.link.form import menu as rows_of
from geo.link.kinds import Menu as Place
from geo.link.kinds import Parameter
from geo.link.parameters import filter_label
from geo.model.vocabulary import EUROPEAN_UNION, FLAGS, JURISDICTIONS, STRIP, WORLDWIDE
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
    if row.strip:
        # the others are in the strip; one box for one value
        return [code for code in row.codes if code not in row.strip]
    if row.name != "country":
        return codes
    states = (code for code in codes if code not in (EUROPEAN_UNION, WORLDWIDE))
    return [*sorted(states, key=row.option_label), EUROPEAN_UNION, WORLDWIDE]


def more_picked(screen: Screen) -> int:
    """Count the values picked in the menu of the rarer filters."""
    filters = screen.state.filters
    return (
        sum(
            code not in row.strip
            for row in rows_of(Place.MORE)
            for code in getattr(filters, row.field)
        )
        + bool(filters.since)
        + bool(filters.until)
    )


def strip_options(screen: Screen) -> list[Option]:
    """List the answers so far, each with the number of host countries that gave it."""
    counts, picked = screen.selection.strip(), screen.state.filters.flag
    return [
        Option(code=code, label=_(FLAGS[code]), count=counts.get(code, 0), picked=code in picked)
        for code in STRIP
    ]


def loosened(screen: Screen) -> list[tuple[str, str, int]]:
    """
    List the filters of an empty selection that would select records if left out.

    Returns
    -------
    list of (str, str, int)
        Field, label, and number of records without the filter.
    """
    if screen.selection.records:
        return []
    return [(field, filter_label(field), count) for field, count in loosening(screen.selection)]
