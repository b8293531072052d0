"""
The rule about texts that may lead to a private party.

No pattern can tell a private party from a public one, so what it finds is a question to a
curator, and a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geo.files.tables import Problem, Tables, at, quoted
from geo.model.private_parties import private_party
from geo.wording import _

#: columns with texts, by table; names of publishers are public
TEXTS: Mapping[str, tuple[str, ...]] = {
    "stations": ("host_city", "host_region", "place_label", "summary"),
    "investigations": ("authority", "summary", "note"),
    "sources": ("title", "via"),
    "counts": ("subject", "unit", "claimed_by", "note"),
    "origins": ("public_body", "stations_claimed", "note"),
    "excluded": ("what", "why"),
    "withheld": ("note",),
    "quotes": ("quote", "translation"),
}
#: columns that name who published something, where only doors and numbers are looked for
_NAMES = frozenset({"via", "claimed_by"})


def private_parties(tables: Tables) -> Iterator[Problem]:
    """Ask of doors, numbers, businesses and associations whether they lead to a private party."""
    for name, columns in TEXTS.items():
        table = tables.get(name)
        for row in table.rows if table else ():
            for column in columns:
                found, kind = private_party(row[column], column not in _NAMES)
                if table and found:
                    message = _(
                        "{found} looks like {kind}: does this lead to a private party? If so, be "
                        "less specific"
                    ).format(found=quoted(found), kind=_(kind))
                    yield at(table, row, column, "private-party", message, warning=True)
