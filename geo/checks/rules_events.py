"""
Rules about events: who may set a latest word, and what an event may be about.

A latest word decides what a reader learns of a place, so these rules are strict about
who may set one; an unusual word is only a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geo.files.building import words
from geo.files.tables import Problem, Tables, at, cell, quoted
from geo.model.vocabulary import (
    CLAIM,
    EUROPEAN_UNION,
    EVENT_TYPES,
    GENERAL,
    MAY_SET,
    WORLDWIDE,
)
from geo.wording import _, alternatives

#: most ids of a circle that are named
LONGEST_CIRCLE = 8


def may_set(tables: Tables) -> Iterator[Problem]:
    """Require a latest word to be set by a host authority, or a closure by China or operators."""
    table = tables["investigations"]
    codes = frozenset[str]().union(*MAY_SET.values())
    for row in table.rows:
        actor, word = row["actor_type"], row["sets"]
        if word in codes and word not in MAY_SET.get(actor, ()):
            entitled = alternatives(sorted(who for who, own in MAY_SET.items() if word in own))
            message = _("only {entitled} may set {word}, not {actor}")
            message = message.format(word=quoted(word), entitled=entitled, actor=quoted(actor))
            yield at(table, row, "sets", "may-not-set", message)


def sets_on_records(tables: Tables) -> Iterator[Problem]:
    """Require events that set a latest word to be about records."""
    table = tables["investigations"]
    for row in table.rows:
        about = words(row["about"])
        general = GENERAL.intersection(about)
        if general and row["sets"]:
            message = _("{word} can only be set on records, but about says {about}")
            message = message.format(word=quoted(row["sets"]), about=quoted(row["about"]))
            yield at(table, row, "sets", "sets-without-record", message)
        if general and len(about) > 1:
            message = _("lists {word} with other values: it must be the only one")
            message = message.format(word=quoted(min(general)))
            yield at(table, row, "about", "about-mixed", message)


def usual_pair(tables: Tables) -> Iterator[Problem]:
    """Ask for a note on an event that sets an unusual latest word for its type, or none."""
    table = tables["investigations"]
    for row in table.rows:
        kind = EVENT_TYPES.get(row["event_type"])
        # a restatement sets nothing again, and what is about a country never sets anything
        general = GENERAL.intersection(words(row["about"]))
        if kind is None or row["note"].strip() or general or row["repeat_of"]:
            continue
        possible = kind.usual & MAY_SET.get(row["actor_type"], frozenset())
        usual = alternatives(sorted(kind.usual)) or _("nothing")
        if row["sets"] and row["sets"] not in kind.usual:
            message = _("{word} is unusual for {kind}, which usually sets {usual}: explain in note")
        elif possible and not row["sets"]:
            message = _("is empty, but {kind} usually sets {usual}: explain in note")
        else:
            continue
        message = message.format(word=quoted(row["sets"]), kind=row["event_type"], usual=usual)
        yield at(table, row, "sets", "unusual", message, warning=True)


def circular(tables: Tables) -> Iterator[Problem]:
    """
    Forbid events that restate or contradict themselves, or restate each other in a circle.

    Two events that contradict each other both say so; that is no circle.
    """
    table = tables["investigations"]
    # the column has one id; where it has more, the schema reports that
    restated = {row["id"]: next(iter(words(row["repeat_of"])), "") for row in table.rows}
    circles = _circles(restated)
    for row in table.rows:
        for column in ("repeat_of", "differs_from"):
            if row["id"] and row["id"] in words(row[column]):
                yield at(table, row, column, "itself", _("refers to the event itself"))
        circle = circles.get(row["id"], ())
        if len(circle) > 1:
            message = _("restates itself in a circle: {ids}").format(ids=_named(circle))
            yield at(table, row, "repeat_of", "circular", message)


def differs_both_ways(tables: Tables) -> Iterator[Problem]:
    """
    Warn of two accounts that differ where only one of them says so.

    An account of the whole world or the union need not name those of single countries: its
    row would then mark every record that it is about.
    """
    table = tables["investigations"]
    events = {row["id"]: row for row in table.rows}
    for row in table.rows:
        for other in (events[i] for i in words(row["differs_from"]) if i in events):
            wide = other["country"] in {EUROPEAN_UNION, WORLDWIDE}
            if not wide and row["id"] and row["id"] not in words(other["differs_from"]):
                message = _(
                    "does not name {id}, whose row {row} names this event: two accounts that "
                    "differ name each other"
                ).format(id=quoted(row["id"]), row=row.number)
                code = "differs-one-way"
                yield at(table, other, "differs_from", code, message, warning=True)


def _circles(following: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """
    Find the circles among ids of which each has at most one that follows it.

    Returns
    -------
    dict of str to tuple of str
        For each id in a circle, the ids from itself on until it comes back.
    """
    found: dict[str, tuple[str, ...]] = {}
    seen: set[str] = set()
    for start in following:
        walked: dict[str, int] = {}
        here = start
        while here and here in following and here not in seen:
            seen.add(here)
            walked[here] = len(walked)
            here = following[here]
        if here in walked:
            circle = tuple(walked)[walked[here] :]
            found |= {one: circle[place:] + circle[:place] for place, one in enumerate(circle)}
    return found


def _named(circle: Sequence[str]) -> str:
    """Write the ids of a circle, the first one at its end too; a long one is cut."""
    shown = circle if len(circle) <= LONGEST_CIRCLE else (*circle[: LONGEST_CIRCLE - 1], "…")
    return " → ".join((*shown, circle[0]))


def claimed(tables: Tables) -> Iterator[Problem]:
    """Require at least one dated claim for every record."""
    events = tables["investigations"].rows
    known = {word for row in events if row["event_type"] == CLAIM for word in words(row["about"])}
    table = tables["stations"]
    for row in table.rows:
        if row["id"] and row["id"] not in known:
            message = _("no claim in investigations.csv is about {id}")
            message = message.format(id=quoted(row["id"]))
            yield at(table, row, "id", "no-claim", message)


def same_country(tables: Tables) -> Iterator[Problem]:
    """Require events to be about records of their country; those of EU and ZZ may be about any."""
    stations = tables["stations"]
    records = {row["id"]: row for row in stations.rows}
    table = tables["investigations"]
    for row in table.rows:
        if row["country"] in {"", EUROPEAN_UNION, WORLDWIDE}:
            continue
        for word in words(row["about"]):
            record = records.get(word)
            host = record["host_country"] if record else row["country"]
            if record and host != row["country"]:
                message = _("{id} is a record of {host}, but the event belongs to {country}")
                message = message.format(id=quoted(word), host=host, country=row["country"])
                reads = (cell(table, row, "country"), cell(stations, record, "host_country"))
                yield at(table, row, "about", "other-country", message).compared(*reads)
