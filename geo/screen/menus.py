"""The menus of the filters: which there are, and the options of each with their counts."""

from __future__ import annotations

from dataclasses import dataclass

from geo.link.permalink import CODES
from geo.model.vocabulary import EUROPEAN_UNION, FLAGS, JURISDICTIONS, STRIP, WORLDWIDE
from geo.screen.context import Screen
from geo.wording import _
from geo.words.summary import FILTER_NAMES, loosening, option_label

#: filters with a menu of their own, and those that share one
MAIN = ("country", "province", "status")
MORE = ("jurisdiction", "flag", "list", "type")


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
    """A filter with its options; ``picked`` says in short what is picked."""

    name: str
    label: str
    options: tuple[Option, ...]
    picked: str


def menu(screen: Screen, name: str) -> Menu:
    """
    Return the menu of a filter.

    Parameters
    ----------
    screen : Screen
        What is picked, and what each option would leave.
    name : str
        One of `MAIN` or `MORE`.
    """
    counts = screen.selection.counts(name)
    picked = getattr(screen.state.filters, name)
    options = tuple(
        Option(
            code=code,
            label=option_label(name, code),
            count=counts.get(code, 0),
            picked=code in picked,
            inside=name == "jurisdiction" and bool(JURISDICTIONS.get(code, ("", "", ""))[2]),
        )
        for code in _offered(name, [c for c in CODES[name] if c in counts or c in picked])
    )
    shown = ", ".join(option_label(name, code) for code in picked[:2])
    more = f" +{len(picked) - 2}" if len(picked) > 2 else ""
    return Menu(name=name, label=_(FILTER_NAMES[name]), options=options, picked=shown + more)


def _offered(name: str, codes: list[str]) -> list[str]:
    if name == "flag":
        # the strip holds the others; one box for one value
        return [code for code in FLAGS if code not in STRIP]
    if name != "country":
        return codes
    states = (code for code in codes if code not in (EUROPEAN_UNION, WORLDWIDE))
    return [*sorted(states, key=lambda c: option_label(name, c)), EUROPEAN_UNION, WORLDWIDE]


def more_picked(screen: Screen) -> int:
    """Count the values that are picked in the menu of the rarer filters."""
    filters = screen.state.filters
    return (
        sum(len(getattr(filters, name)) for name in MORE if name != "flag")
        + sum(flag not in STRIP for flag in filters.flag)
        + bool(filters.since)
        + bool(filters.until)
    )


def strip_options(screen: Screen) -> list[Option]:
    """Return the answers so far, each with the number of host states that have given it."""
    counts, picked = screen.selection.strip(), screen.state.filters.flag
    return [
        Option(code=code, label=_(FLAGS[code]), count=counts.get(code, 0), picked=code in picked)
        for code in STRIP
    ]


def loosened(screen: Screen) -> list[tuple[str, str, int]]:
    """For an empty selection: name, label and gain of each filter that helps when opened."""
    if screen.selection.records:
        return []
    return [(name, _(FILTER_NAMES[name]), count) for name, count in loosening(screen.selection)]
