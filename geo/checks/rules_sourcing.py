"""Rules about what rests on which pages: weak sources, publishers, passing addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from geo.files.building import words
from geo.files.tables import Problem, Row, Tables, at, quoted
from geo.model.dates import lenient
from geo.model.passing_addresses import passing_address
from geo.model.sourcing_names import RELAY, publisher_key, relay_of
from geo.model.vocabulary import HOST, OF_COUNTRY, WEAK_CLASSES
from geo.wording import _


def weak_host_word(tables: Tables) -> Iterator[Problem]:
    """
    Warn of records whose most recent host answer rests on weak sources alone.

    That is the latest one about the record or, where there is none, about its country: the one
    on its card. An event has one warning, however many records it answers.
    """
    classes = {row["id"]: row["class"] for row in tables["sources"].rows}
    table = tables["investigations"]
    newest = _newest_host_words(tables)
    for row in table.rows:
        pages = [classes[i] for i in words(row["source_ids"]) if i in classes]
        if row["id"] in newest and pages and WEAK_CLASSES.issuperset(pages):
            message = _(
                "the most recent statement by a host authority about {record} rests on weak "
                "sources alone ({classes}): cite an official or independent page"
            ).format(record=newest[row["id"]], classes=", ".join(sorted(set(pages))))
            yield at(table, row, "source_ids", "weak-host-word", message, warning=True)


def _newest_host_words(tables: Tables) -> dict[str, str]:
    """Return, by id of an event, the first record whose newest host word it is."""
    of_record: dict[str, Row] = {}
    of_country: dict[str, Row] = {}
    for row in sorted(tables["investigations"].rows, key=_order):
        if row["actor_type"] == HOST and lenient(row["said_on"]):
            about = words(row["about"])
            of_country.update({row["country"]: row} if OF_COUNTRY.intersection(about) else {})
            of_record.update(dict.fromkeys(about, row))
    found: dict[str, str] = {}
    for record in tables["stations"].rows:
        word = of_record.get(record["id"]) or of_country.get(record["host_country"])
        if word:
            found.setdefault(word["id"], record["id"])
    return found


def _order(row: Row) -> tuple[int, int, int, int]:
    """Sort events as the replay does (`geo.model.entities.Event`); unreadable days come first."""
    said = lenient(row["said_on"])
    happened = lenient(row["happened_on"]) or said
    if said is None or happened is None:
        return 0, 0, 0, row.number
    return happened.end.toordinal(), said.end.toordinal(), said.first.toordinal(), row.number


def one_spelling(tables: Tables) -> Iterator[Problem]:
    """Warn of publishers that differ only in case, accents, signs, “The” or “Ltd”."""
    table = tables["sources"]
    spellings: dict[str, Counter[str]] = {}
    first: dict[str, Row] = {}
    for row in table.rows:
        if key := publisher_key(row["publisher"]):
            spellings.setdefault(key, Counter())[row["publisher"]] += 1
            first.setdefault(row["publisher"], row)
    for counted in spellings.values():
        # the spelling of most rows, of as many the first one
        (usual, _rows), *others = counted.most_common()
        for other, _rows in others:
            message = _(
                "{other} is {usual} in row {row}: write one publisher in one way, because "
                "publishers are counted"
            ).format(other=quoted(other), usual=quoted(usual), row=first[usual].number)
            yield at(table, first[other], "publisher", "publisher-spelling", message, warning=True)


def passing_addresses(tables: Tables) -> Iterator[Problem]:
    """Warn of pages on test, AMP, cache and tracker hosts, and of redirects."""
    table = tables["sources"]
    for row in table.rows:
        if row["url"] and (fault := passing_address(row["url"])):
            message = f"{quoted(row['url'])} {fault}"
            yield at(table, row, "url", "passing-address", message, warning=True)


def one_form_of_relays(tables: Tables) -> Iterator[Problem]:
    """Warn of authorities that are relayed in other words than “, per”."""
    table = tables["investigations"]
    for row in table.rows:
        if (relay := relay_of(row["authority"])) and relay != RELAY:
            message = _(
                "names who relays it by {relay}: write “, per”, as readers see it everywhere"
            ).format(relay=quoted(relay.strip()))
            yield at(table, row, "authority", "relay", message, warning=True)
