"""
The parameters of a link: one table, in the order in which a link is written.

Writing and reading of links, filters, facets, counts, the sentence, the filters form, the
API's description, the table in docs/ARCHITECTURE.md and the names of files are made from
it. A public contract: a parameter is never renamed, only added.
"""

from __future__ import annotations

from functools import lru_cache

from geo.ledger.snapshot import Snapshot
from geo.link import clauses
from geo.link.arrangement import ARRANGEMENT
from geo.link.kinds import Kind, Menu, Parameter
from geo.model.entities import Record
from geo.model.names import country_codes, country_name
from geo.model.vocabulary import (
    EUROPEAN_UNION,
    EVENT_TYPES,
    FLAGS,
    JURISDICTIONS,
    LATEST_WORDS,
    LISTS,
    PROVINCES,
    UNKNOWN,
    WORLDWIDE,
)
from geo.wording import LANGUAGES, N_, _

#: begins the ids of examples: it is no country's code, so no ledger can have them
NOWHERE = "xx"
_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def _jurisdictions(record: Record, snapshot: Snapshot) -> tuple[str, ...]:
    code = record.jurisdiction
    if not code:
        return (UNKNOWN,)
    holder = JURISDICTIONS[code][2] if code in JURISDICTIONS else ""
    return (code, holder) if holder else (code,)


def _jurisdiction_label(code: str) -> str:
    city, script, holder = JURISDICTIONS.get(code, (code, "", ""))
    named = f"{city} {script}".strip()
    if not holder:
        return named
    return _("{place}, in {holder}").format(place=named, holder=JURISDICTIONS[holder][0])


TABLE: tuple[Parameter, ...] = (
    Parameter(
        name="country",
        columns=("host_country", "country"),
        kind=Kind.FACET,
        codes=(*sorted(country_codes()), EUROPEAN_UNION, WORLDWIDE),
        label=N_("Host country"),
        code_label=country_name,
        meaning=N_("Host country (ISO 3166-1), or EU for the European Union and ZZ for worldwide."),
        example="NL",
        menu=Menu.MAIN,
        of_record=lambda record, snapshot: (record.host_country,),
        of_event=lambda event, snapshot: (event.country,),
    ),
    Parameter(
        name="province",
        columns=("origin_province",),
        kind=Kind.FACET,
        codes=(*PROVINCES, UNKNOWN),
        label=N_("Chinese province"),
        code_label=lambda code: _(PROVINCES.get(code, code)),
        meaning=N_("Chinese province named in a claim (ISO 3166-2)."),
        example="CN-ZJ",
        clause=clauses.province,
        menu=Menu.MAIN,
        of_record=lambda record, snapshot: (record.origin_province or UNKNOWN,),
    ),
    Parameter(
        name="jurisdiction",
        columns=("origin_jurisdiction",),
        kind=Kind.FACET,
        codes=(*JURISDICTIONS, UNKNOWN),
        label=N_("Police body named"),
        code_label=_jurisdiction_label,
        meaning=N_("Chinese city or county whose police a claim names."),
        example="wenzhou",
        clause=clauses.jurisdiction,
        menu=Menu.MORE,
        of_record=_jurisdictions,
    ),
    Parameter(
        name="status",
        columns=("latest_word",),
        kind=Kind.FACET,
        codes=tuple(LATEST_WORDS),
        label=N_("Latest word"),
        code_label=lambda code: _(LATEST_WORDS[code].short) if code in LATEST_WORDS else code,
        # the short label is for a symbol's key; documentation says who said what
        long_label=lambda code: _(LATEST_WORDS[code].label),
        meaning=N_("Latest word on the record on the date shown."),
        example="told_to_stop",
        clause=clauses.latest_word,
        menu=Menu.MAIN,
        of_record=lambda record, snapshot: (snapshot.statuses[record.id],),
    ),
    Parameter(
        name="flag",
        kind=Kind.FACET,
        codes=tuple(FLAGS),
        label=N_("Answers so far"),
        code_label=lambda code: _(FLAGS.get(code, code)),
        meaning=N_("Anything ever said or done about the record, or in answer by its country."),
        example="inquiry",
        clause=clauses.flag,
        menu=Menu.MORE,
        of_record=lambda record, snapshot: snapshot.flags(record),
    ),
    Parameter(
        name="type",
        columns=("event_type",),
        kind=Kind.FACET,
        codes=tuple(EVENT_TYPES),
        label=N_("Type of entry"),
        code_label=lambda code: _(EVENT_TYPES[code].label) if code in EVENT_TYPES else code,
        meaning=N_("Kind of event; for records, those that such an event is about."),
        example="inquiry_opened",
        clause=clauses.entry_type,
        menu=Menu.MORE,
        of_event=lambda event, snapshot: (event.event_type,),
    ),
    Parameter(
        name="list",
        columns=("list",),
        kind=Kind.FACET,
        codes=tuple(LISTS),
        label=N_("List"),
        code_label=lambda code: _(LISTS.get(code, code)),
        meaning=N_("List that the claim comes from."),
        example="ngo-2022-12",
        clause=clauses.claim_list,
        menu=Menu.MORE,
        of_record=lambda record, snapshot: (record.claim_list,),
    ),
    Parameter(
        name="q",
        kind=Kind.TEXT,
        label=N_("Search"),
        meaning=N_(
            "Free text, percent-encoded UTF-8: every word must occur in the place, "
            "jurisdiction, summary, speaker or publisher, or be the beginning of an ID or date. "
            "Names of countries and cities may be in other languages; a word of up to three "
            "letters matches whole words, a longer one how a word begins. Case, accents, "
            "hyphens and apostrophes are ignored."
        ),
        example="embassy",
        clause=clauses.text,
        menu=Menu.MAIN,
        longest=100,
    ),
    Parameter(
        name="from",
        field="since",
        kind=Kind.DATE,
        label=N_("From"),
        meaning=N_("Said on or after this date; for records, first claimed."),
        example="2022-09",
        menu=Menu.MORE,
        pattern=_DATE,
    ),
    Parameter(
        name="to",
        field="until",
        kind=Kind.DATE,
        label=N_("To"),
        meaning=N_("Said on or before this date; for records, first claimed."),
        example="2023",
        menu=Menu.MORE,
        pattern=_DATE,
    ),
    Parameter(
        name="certain",
        kind=Kind.SWITCH,
        codes=("1",),
        code_label=lambda code: _("yes"),
        meaning=N_("Only dates that fall entirely within the range."),
        example="1",
        menu=Menu.MORE,
    ),
    Parameter(
        name="asof",
        columns=("as_of",),
        field="as_of",
        kind=Kind.DAY,
        meaning=N_(
            "Show what had been said by the end of this day, month or year. Default: today."
        ),
        example="2022-12-05",
        menu=Menu.MAIN,
        pattern=_DATE,
    ),
    *ARRANGEMENT,
    Parameter(
        name="record",
        columns=("record",),
        kind=Kind.CARD,
        meaning=N_("ID of the record whose card is open."),
        example=f"{NOWHERE}-city-1",
        ids=lambda snapshot: (record.id for record in snapshot.records),
    ),
    Parameter(
        name="event",
        columns=("event",),
        kind=Kind.CARD,
        meaning=N_("ID of the event whose card is open."),
        example=f"{NOWHERE}-2022-claim",
        ids=lambda snapshot: (event.id for event in snapshot.events),
    ),
    Parameter(
        name="place",
        kind=Kind.CARD,
        meaning=N_("Country or city whose card is open."),
        example="NL",
    ),
    Parameter(
        name="lang",
        kind=Kind.LANGUAGE,
        codes=LANGUAGES,
        code_label=lambda code: _("English"),
        meaning=N_("Interface language."),
        example="en",
    ),
    Parameter(
        name="v",
        columns=("ledger_version",),
        field="version",
        kind=Kind.VERSION,
        meaning=N_(
            "Ledger version: 8 hexadecimal digits. If it is a release, that release is "
            "shown, minus anything withheld since; otherwise the latest ledger is shown, "
            "with a notice."
        ),
        example="1a2b3c4d",
        pattern="^[0-9a-f]{8}$",
    ),
)
#: parameters that open a card; a link opens the first that it can
CARDS = tuple(row.name for row in TABLE if row.kind is Kind.CARD)
#: what may be laid over the map; off where the link names none
LAYERS = next(row.codes for row in TABLE if row.name == "layer")
#: fields of a state that arrange a page and mean nothing to files, feeds and plain pages
SETTINGS = tuple(row.field for row in TABLE if row.kind is Kind.SETTING)


def parameters() -> tuple[Parameter, ...]:
    """Return every parameter, in the order in which a link is written."""
    return TABLE


def parameter(name: str) -> Parameter:
    """
    Return the parameter of a name.

    Raises
    ------
    KeyError
        If no parameter has the name.
    """
    for row in TABLE:
        if row.name == name:
            return row
    raise KeyError(name)


@lru_cache(maxsize=4)
def _facets(table: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    return tuple(row for row in table if row.kind is Kind.FACET)


@lru_cache(maxsize=4)
def _filters(table: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    return tuple(row for row in table if row.filters and row.kind is not Kind.SWITCH)


def facets() -> tuple[Parameter, ...]:
    """Return the filters whose values are codes."""
    return _facets(TABLE)


def filter_label(field: str) -> str:
    """Return the heading of a filter by the field with its values."""
    return _(next(row.label for row in filters() if row.field == field))


def filters() -> tuple[Parameter, ...]:
    """Return the filters that can be cleared one by one: all of them but ``certain``."""
    return _filters(TABLE)
