"""
The parameters that arrange a page of the dashboard and change nothing of its data.

Rows of the table in `geo.link.parameters`, which is a public contract.
"""

from __future__ import annotations

from datetime import date

from geo.link.kinds import Kind, Parameter
from geo.model.vocabulary import COVERAGE
from geo.wording import N_, _

#: rows of the timeline; the first are the default, which a fixed link names too
ROWS = {
    "speaker": N_("a row for each kind of speaker"),
    "country": N_("a row for each country"),
}
#: columns by which the tables of records, of entries and of countries are sorted
SORTED_BY = (
    *("record", "place", "country", "claimed_by", "claimed_on", "latest", "list"),
    *("jurisdiction", "precision", "strength", "checked"),
    *("date", "event_country", "type", "who", "what", "about", "restates", "event"),
    *("name", "coverage", "records", "first", "newest"),
)
_WHOLE_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _is_period(text: str) -> bool:
    """Say whether a code, a year or two days name a period: existing days, in their order."""
    if "_" not in text:
        return not text.isdecimal() or date.min.year <= int(text) < date.max.year
    try:
        first, last = map(date.fromisoformat, text.split("_"))
    except ValueError:
        return False
    return first <= last


def _is_column(text: str) -> bool:
    """Say whether a table has the column that an order names."""
    return text.removeprefix("-") in SORTED_BY


ARRANGEMENT: tuple[Parameter, ...] = (
    Parameter(
        name="view",
        kind=Kind.VIEWPORT,
        meaning=N_("Latitude, longitude and zoom of the map."),
        example="52.10_5.30_6",
        pattern=r"^-?[0-9.]+_-?[0-9.]+_[0-9.]+$",
    ),
    Parameter(
        name="layer",
        kind=Kind.SETTING,
        codes=("coverage",),
        code_label=lambda code: _("where the ledger has no record"),
        meaning=N_("Map overlay."),
        example="coverage",
    ),
    Parameter(
        name="side",
        kind=Kind.SETTING,
        codes=("countries",),
        code_label=lambda code: _("all countries"),
        meaning=N_("List at the side of the map. Default: the latest entries."),
        example="countries",
    ),
    Parameter(
        name="rows",
        kind=Kind.SETTING,
        codes=("speaker", "country"),
        code_label=lambda code: _(ROWS.get(code, code)),
        meaning=N_("Rows of the timeline. Default: a row for each kind of speaker."),
        example="country",
    ),
    Parameter(
        name="period",
        kind=Kind.SETTING,
        meaning=N_(
            "Period that the timeline shows: all, busy, a year, or the first and last day with "
            "_ between them."
        ),
        example="2022-09-01_2023-01-31",
        pattern=rf"^(all|busy|[0-9]{{4}}|{_WHOLE_DAY}_{_WHOLE_DAY})$",
        exists=_is_period,
    ),
    Parameter(
        name="listed",
        kind=Kind.SETTING,
        meaning=N_(
            "Number of entries in the timeline’s list, or of rows in the tables of the data page."
        ),
        example="100",
        pattern=r"^[1-9][0-9]{0,4}$",
    ),
    Parameter(
        name="sort",
        kind=Kind.SETTING,
        meaning=N_("Column by which a table is sorted; with - before it, in descending order."),
        example="-claimed_on",
        pattern=r"^-?[a-z_]{1,20}$",
        exists=_is_column,
    ),
    Parameter(
        name="coverage",
        kind=Kind.SETTING,
        codes=tuple(COVERAGE),
        code_label=lambda code: _(COVERAGE.get(code, code)),
        meaning=N_("Coverage that the table of countries is limited to."),
        example="not_listed",
    ),
    Parameter(
        name="rest",
        kind=Kind.SETTING,
        codes=("1",),
        code_label=lambda code: _("yes"),
        meaning=N_("Also list countries with no record and no statement."),
        example="1",
    ),
)
