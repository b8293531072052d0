"""The sentence of a unit: what screen readers and tooltips say of its marks."""

from __future__ import annotations

from collections import Counter

from geo.model.names import country_name
from geo.model.vocabulary import LATEST_WORDS
from geo.views.units import Unit
from geo.wording import _, ngettext
from geo.words.typography import typographic


def description(unit: Unit) -> str:
    """
    Say how many records a unit has, and how many of them have each latest word.

    It says nothing about the country's authorities, who may have answered only some of them.
    """
    parts = [ngettext("{n} record.", "{n} records.", len(unit.records))]
    for code, n in Counter(unit.words).items():
        label = _(LATEST_WORDS[code].short)
        parts.append(_("{latest_word}: {n}.").format(latest_word=label, n=n))
    return " ".join(parts)


def unit_sentence(unit: Unit) -> str:
    """
    Name the place of a unit, with its country, and describe its marks.

    Parameters
    ----------
    unit : Unit
        With at least one record.

    Returns
    -------
    str
        For those who cannot see the marks, or do not know them.
    """
    country = country_name(unit.country)
    place = unit.name if country in unit.name else f"{unit.name}, {country}"
    if unit.note:
        place = f"{place} ({unit.note})"
    return typographic(
        _("{place}: {description}").format(place=place, description=description(unit))
    )
