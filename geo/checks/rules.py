"""
The rules of the ledger that no schema can express, each a small function over the files.

They come from docs/DATA_MODEL.md. Rules about events are in `rules_events`, about texts in
`rules_text`, about characters in `rules_characters`, about places in `rules_places`, about
days in `rules_days`, about pages in `rules_sourcing`, about quotations in `rules_quotes`, about
private parties in `rules_privacy`, about what spreadsheets change in `rules_spreadsheet`, about
the order of rows in `row_order`; `RULES` lists all, with the files that each one needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from geo.checks import (
    rules_characters,
    rules_days,
    rules_events,
    rules_places,
    rules_privacy,
    rules_quotes,
    rules_sourcing,
    rules_spreadsheet,
    rules_text,
)
from geo.files import row_order
from geo.files.building import words
from geo.files.tables import Problem, Row, Tables, at, cell, quoted
from geo.model import dates
from geo.model.names import country_codes
from geo.model.vocabulary import EUROPEAN_UNION, WORLDWIDE
from geo.wording import _

DATES = {
    "stations": ("said_open_from", "last_checked"),
    "investigations": ("said_on", "happened_on"),
    "sources": ("published",),
    "counts": ("period", "claimed_on"),
    "withheld": ("since",),
    "places": ("geocoded_on",),
    "origins": ("first_known_date",),
    "excluded": ("decided_on",),
    "corrections": ("date",),
    "entered": ("entered_on", "changed_on"),
}
#: column of the country, and whether it may also be the European Union or the world
COUNTRIES = {
    "stations": ("host_country", False),
    "investigations": ("country", True),
    "counts": ("country", True),
    "places": ("country", False),
    "excluded": ("country", True),
}
CITING = ("stations", "investigations", "counts", "origins")
_BOTH = ("stations", "investigations")


def real_dates(tables: Tables, today: date) -> Iterator[Problem]:
    """
    Require that dates exist, end after they begin, and are not in the future.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    today : date
        Dates after it are in the future.

    Yields
    ------
    Problem
        One for each date that breaks the rule.
    """
    for name, columns in DATES.items():
        table = tables[name]
        for row in table.rows:
            for column in filter(row.__getitem__, columns):
                # a period may be open at its end: "2016-02/"
                cell = row[column].removesuffix("/") if column == "period" else row[column]
                try:
                    interval = dates.parse(cell)
                except ValueError as error:
                    yield at(table, row, column, "date", str(error))
                    continue
                if interval.first > today:
                    message = _("{value} is in the future").format(value=quoted(row[column]))
                    yield at(table, row, column, "future", message)


def country_exists(tables: Tables) -> Iterator[Problem]:
    """Require country codes of ISO 3166-1; allow EU and ZZ only where the column is no host."""
    for name, (column, wider) in COUNTRIES.items():
        table = tables[name]
        known = country_codes() | ({EUROPEAN_UNION, WORLDWIDE} if wider else set())
        for row in table.rows:
            if row[column] and row[column] not in known:
                message = _("{value} is not an ISO 3166-1 country code")
                message = message.format(value=quoted(row[column]))
                yield at(table, row, column, "country-code", message)


def prefixes(tables: Tables) -> Iterator[Problem]:
    """Require ids to begin with the code of their country."""
    for name, column in (("stations", "host_country"), ("investigations", "country")):
        table = tables[name]
        for row in table.rows:
            prefix = row[column].lower() + "-"
            if row["id"] and row[column] and not row["id"].startswith(prefix):
                message = _("{id} must begin with “{prefix}”, to match {column}")
                message = message.format(id=quoted(row["id"]), prefix=prefix, column=column)
                problem = at(table, row, "id", "id-prefix", message)
                yield problem.compared(cell(table, row, column))


def used_sources(tables: Tables) -> Iterator[Problem]:
    """Require at least one citation of every source."""
    cited = {word for name in CITING for row in tables[name].rows for word in _citations(row)}
    table = tables["sources"]
    for row in table.rows:
        if row["id"] and row["id"] not in cited:
            message = _("no record, event, count or origin cites {id}")
            yield at(table, row, "id", "unused", message.format(id=quoted(row["id"])))


def _citations(row: Row) -> tuple[str, ...]:
    if "source_ids" in row.cells:
        return words(row["source_ids"])
    # in a row with too few cells the citation is in an earlier column
    return words(" ".join(row.cells.values()))


Rule = Callable[[Tables], Iterator[Problem]]

#: each rule, with the files that it needs; without them it would only repeat their absence
RULES: tuple[tuple[Rule, tuple[str, ...]], ...] = (
    (country_exists, ()),
    (prefixes, ()),
    (rules_events.may_set, ()),
    (rules_events.sets_on_records, ()),
    (rules_events.usual_pair, ()),
    (rules_events.circular, ()),
    (rules_events.differs_both_ways, ("investigations",)),
    (rules_events.claimed, _BOTH),
    (rules_events.same_country, _BOTH),
    (used_sources, (*CITING, "sources")),
    (rules_days.happened_first, ()),
    (rules_days.id_days, ()),
    (rules_days.claim_first, ("investigations",)),
    (rules_days.joined_reports, ()),
    (rules_sourcing.weak_host_word, ("investigations", "sources")),
    (rules_sourcing.one_spelling, ()),
    (rules_sourcing.passing_addresses, ()),
    (rules_sourcing.one_form_of_relays, ()),
    (rules_places.coordinates, ("places",)),
    (rules_places.exactness, ("places",)),
    (rules_places.inside, ("places",)),
    (rules_places.unplaced, ("stations", "places")),
    (rules_places.origin_province, ("origins",)),
    (rules_quotes.short, ()),
    (rules_quotes.translated, ()),
    (rules_quotes.known_language, ()),
    (rules_quotes.cited, ("investigations",)),
    (rules_quotes.of_withheld, ()),
    (rules_text.house_words, ()),
    (rules_text.capitals, ()),
    (rules_text.addresses, ()),
    (rules_characters.invisible, ()),
    (rules_characters.marks, ()),
    (rules_characters.composed, ()),
    (rules_characters.blanks, ()),
    (rules_spreadsheet.replaced, ()),
    (rules_spreadsheet.months_as_days, ()),
    (row_order.misplaced, ()),
    (rules_text.lengths, ()),
    (rules_privacy.private_parties, ()),
)


def rule_problems(tables: Tables, today: date, lost: Collection[str] = ()) -> Iterator[Problem]:
    """
    Yield what the rules object to.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    today : date
        Dates after it are in the future.
    lost : collection of str
        Names of the tables that could not be read whole; rules that need one are skipped.

    Yields
    ------
    Problem
        Rule by rule, in the order of `RULES`.
    """
    yield from real_dates(tables, today)
    for rule, needs in RULES:
        if not set(needs) & set(lost):
            yield from rule(tables)
