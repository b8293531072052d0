"""What the filters form shows, and in which menu."""

from __future__ import annotations

from geo.link.kinds import Menu, Parameter
from geo.link.parameters import facets


def menu(place: Menu) -> tuple[Parameter, ...]:
    """Return the facets of one menu of the form, those that count events last."""
    inside = (row for row in facets() if row.menu is place)
    return tuple(sorted(inside, key=lambda row: row.of_record is None))
