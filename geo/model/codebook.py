"""
The columns of the files that can be downloaded, in one table for each kind of row.

Files, the documentation of the API, OpenAPI and data packages take names, order and meaning
of columns from here. The ledger's own files have another description, ``datapackage.json``.
"""

from __future__ import annotations

from geo.model.columns import Column, Kind, dated
from geo.model.vocabulary import (
    ACTORS,
    EVENT_TYPES,
    LATEST_WORDS,
    LISTS,
    PROVINCES,
    SOURCE_CLASSES,
    STRENGTHS,
)
from geo.wording import N_

_ADDRESSES = N_("Addresses of the pages that the row rests on.")

#: what all rows of a file share
_SHARED = (
    Column(
        "as_of",
        N_("The day shown: the row says what had been said by the end of it."),
        kind=Kind.DAY,
    ),
    Column(
        "ledger_version",
        N_("Version of the ledger, with a v in front, so that no program reads it as a number."),
        kind=Kind.VERSION,
    ),
    Column("link", N_("Address of this row on a page, with its sources, on that day.")),
    Column("selection", N_("Address of the selection that the file contains, on that day.")),
    Column("notice", N_("What a row does and does not mean, and who publishes it.")),
)


def _answer(name: str, meaning: str) -> tuple[Column, Column]:
    words = N_("The words of the pages behind {of}, each with a translation by the atlas.")
    return (
        Column(name, meaning),
        Column(f"{name}_quotes", words, of=name, empty=True, several=" / "),
    )


RECORDS = (
    Column("record", N_("ID of the record. It is never given to another record.")),
    Column("place", N_("The place of the record in words, with its country.")),
    Column("claimed_by", N_("Who made the first claim about the record.")),
    *dated("claimed_on", N_("When that claim was made in public.")),
    *_answer("claim", N_("What that claim says, in the atlas’s words.")),
    Column(
        "claimed_police_body",
        N_("The Chinese police body that a claim names, or that none is named."),
    ),
    Column(
        "claimed_function",
        N_("What the place is claimed to be for, in words."),
        empty=True,
        several=", ",
    ),
    Column("list", N_("The list that the claim comes from."), codes=tuple(LISTS)),
    Column(
        "latest_word",
        N_("The latest word on the record by the end of the day shown."),
        codes=tuple(LATEST_WORDS),
    ),
    Column("latest_word_label", N_("The same in a few words.")),
    Column("latest_word_sentence", N_("The same as a sentence with date and speaker.")),
    Column(
        "latest_word_speaker", N_("Who set the latest word; the claimant where it is only a claim.")
    ),
    *dated("latest_word_date", N_("When the latest word was said in public.")),
    *_answer(
        "answer_host_authorities",
        N_("The most recent answer of the host authorities, or that none was found."),
    ),
    *_answer("answer_china", N_("The most recent answer of China, or that none was found.")),
    *_answer(
        "answer_body_or_people_named",
        N_("The most recent answer of those named, or that none was found."),
    ),
    Column(
        "accounts_differ",
        N_("Accounts about the record that differ, or that there are none."),
        several=" / ",
    ),
    Column(
        "summary",
        N_(
            "Who claims what about the place, and what was answered. Empty on days before the "
            "ledger’s own date."
        ),
        empty=True,
    ),
    Column(
        "host_country",
        N_(
            "Where the place is claimed to be: code of the country (ISO 3166-1). NA is Namibia, "
            "and no missing value."
        ),
    ),
    Column("host_country_name", N_("Name of that country.")),
    Column("host_region", N_("Region, where the place is known by it."), empty=True),
    Column("host_city", N_("City; empty where no source names one."), empty=True),
    Column(
        "precision",
        N_("How finely the place is known. Points are city centres, never addresses."),
        codes=("city", "region", "country"),
    ),
    Column(
        "origin_province",
        N_("Chinese province named in the claim (ISO 3166-2); empty if none is."),
        codes=tuple(PROVINCES),
        empty=True,
    ),
    Column(
        "origin_jurisdiction",
        N_("Chinese city or county whose police the claim names; empty if none is."),
        empty=True,
    ),
    Column(
        "strength_of_sourcing",
        N_("How well the claim is sourced, from A to D. It does not say if it is true."),
        codes=tuple(STRENGTHS),
    ),
    Column("sources", _ADDRESSES, several=" ", empty=True),
    Column(
        "last_checked",
        N_("The day on which the record was last checked against its sources."),
        kind=Kind.DAY,
    ),
    *_SHARED,
)

EVENTS = (
    Column("event", N_("ID of the event. It is never given to another event.")),
    *dated("said_on", N_("When it was said or done in public.")),
    Column(
        "said_on_basis",
        N_(
            "What that date rests on: the statement itself, a report of it, a later disclosure, "
            "or the text."
        ),
        codes=("statement", "report", "disclosed", "inferred"),
        empty=True,
    ),
    *dated(
        "happened_on",
        N_("When it happened, where that is another day than the one on which it became public."),
        empty=True,
    ),
    Column(
        "country",
        N_(
            "Code of the country (ISO 3166-1), or EU for the European Union and ZZ for worldwide. "
            "NA is Namibia, and no missing value."
        ),
    ),
    Column("country_name", N_("Name of that country.")),
    Column("event_type", N_("Kind of act or statement."), codes=tuple(EVENT_TYPES)),
    Column("actor_type", N_("Kind of speaker."), codes=tuple(ACTORS)),
    Column("authority", N_("Who spoke or acted.")),
    Column("summary", N_("What was said or done, in the atlas’s words.")),
    Column("line", N_("Date, speaker, marks and summary in one line.")),
    Column(
        "quotation",
        N_("The same as line, under its old name; it goes with version 2.0.0."),
        deprecated=True,
    ),
    Column(
        "marks",
        N_("What limits it as an answer: before_claim, other_place, repeats."),
        empty=True,
        several=" ",
    ),
    Column(
        "quotes",
        N_("The words of the pages behind it, each with a translation by the atlas."),
        empty=True,
        several=" / ",
    ),
    Column("about", N_("What it is about: IDs of records, or country, or world."), several=" "),
    Column(
        "sets",
        N_("The latest word that it leaves on those records; empty if none."),
        codes=tuple(word for word in LATEST_WORDS if LATEST_WORDS[word].event_types),
        empty=True,
    ),
    Column(
        "repeat_of",
        N_("ID of the event that it restates; such an event is listed but not counted."),
        empty=True,
    ),
    Column("differs_from", N_("IDs of events that say otherwise."), empty=True, several=" "),
    Column(
        "note",
        N_(
            "What the sources do not say, or how they differ. Empty on days before the ledger’s "
            "own date."
        ),
        empty=True,
    ),
    Column("sources", _ADDRESSES, several=" ", empty=True),
    *_SHARED,
)

SOURCES = (
    Column("id", N_("ID of the page.")),
    Column("url", N_("Address of the page that was read."), empty=True),
    Column("archive_url", N_("Address of an archived copy."), empty=True),
    Column("publisher", N_("Who published it first.")),
    Column("via", N_("Where it was read, if the page is a copy or a certain edition."), empty=True),
    Column(
        "title",
        N_("The page’s own title, in its language; empty where it may not be repeated."),
        empty=True,
    ),
    Column("published", N_("The date that the page shows."), kind=Kind.DATED, empty=True),
    Column("language", N_("Language of the page (ISO 639-1).")),
    Column("kind", N_("Kind of publisher.")),
    Column(
        "class", N_("How the page counts in the strength of sourcing."), codes=tuple(SOURCE_CLASSES)
    ),
)
