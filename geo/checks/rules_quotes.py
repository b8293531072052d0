"""
Rules about quotations: short, translated, in a known language, and from a page of the event.

The words are those of others, so the rules about the atlas' own words do not apply to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.files.building import words
from geo.files.tables import Problem, Tables, at, cell, quoted, rows_of
from geo.files.withheld_rows import entries
from geo.model.names import language_codes
from geo.model.text import word_count
from geo.wording import _

#: most words of the original
MOST_WORDS = 40
ENGLISH = "en"


def short(tables: Tables) -> Iterator[Problem]:
    """Require at least one word and at most `MOST_WORDS` of the original."""
    table = tables["quotes"]
    for row in table.rows:
        n = word_count(row["quote"])
        if row["quote"] and not n:
            yield at(table, row, "quote", "no-words", _("has no word of the page"))
        elif n > MOST_WORDS:
            message = _("has {n} words; at most {most} are quoted: replace some of them with […]")
            message = message.format(n=n, most=MOST_WORDS)
            yield at(table, row, "quote", "too-many-words", message)


def translated(tables: Tables) -> Iterator[Problem]:
    """Require a translation of what is not English, and none of what is."""
    table = tables["quotes"]
    for row in table.rows:
        if row["language"] == ENGLISH and row["translation"]:
            message = _("is filled, but the words are English: leave it empty")
        elif row["language"] not in {"", ENGLISH} and not row["translation"]:
            message = _("is empty, but the words are not English: translate them")
        else:
            continue
        yield at(table, row, "translation", "translation", message)


def known_language(tables: Tables) -> Iterator[Problem]:
    """Require a language that CLDR names; ask about one that is not that of the page."""
    table = tables["quotes"]
    pages = {row["id"]: row["language"] for row in rows_of(tables, "sources")}
    for row in table.rows:
        language = row["language"]
        page = pages.get(row["source"], language)
        if language and language not in language_codes():
            message = _("{value} is not a language code of BCP 47, such as nl or zh")
            yield at(table, row, "language", "language", message.format(value=quoted(language)))
        elif language and language != page:
            message = _("the words are in {value}, but the page is in {page}: compare them")
            message = message.format(value=quoted(language), page=quoted(page))
            yield at(table, row, "language", "other-language", message, warning=True)


def cited(tables: Tables) -> Iterator[Problem]:
    """Require the page of a quotation to be one that its event cites."""
    table = tables["quotes"]
    there = {row["id"] for row in rows_of(tables, "sources")}
    events = {row["id"]: row for row in rows_of(tables, "investigations")}
    for row in table.rows:
        # an id that is in no file has been reported
        event = events.get(row["event"]) if row["source"] in there else None
        if event and row["source"] not in words(event["source_ids"]):
            message = _("{page} is not in source_ids of {event}: add it there, or quote another")
            message = message.format(page=quoted(row["source"]), event=quoted(row["event"]))
            problem = at(table, row, "source", "not-cited", message)
            yield problem.compared(cell(tables["investigations"], event, "source_ids"))


def of_withheld(tables: Tables) -> Iterator[Problem]:
    """
    Ask for the removal of a withheld event's quotations.

    A warning, because an event is withheld before its texts are deleted, and is shown nowhere
    meanwhile.
    """
    table = tables["quotes"]
    gone = {entry.key for entry in entries(tables["withheld"]) if not entry.field}
    for row in table.rows:
        if row["event"] in gone:
            message = _("{event} is withheld: delete its quotations here too")
            message = message.format(event=quoted(row["event"]))
            yield at(table, row, "event", "withheld-event", message, warning=True)
