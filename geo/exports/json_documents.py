"""
The JSON answers of the data API: events, sources, and which ledger is served.

Days are intervals with ``from`` (in it) and ``before`` (the first day after it), because a
date is as precise as its source: ``2022-10`` is ``{"from": "2022-10-01", "before":
"2022-11-01"}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from geo import __version__
from geo.exports.quotes import quote_objects, safe
from geo.exports.rows import Provenance, circumstances, cited, event_properties
from geo.ledger.snapshot import Snapshot
from geo.link.opening import Opened
from geo.model.dates import Interval
from geo.model.entities import Event, Source
from geo.model.vocabulary import ACTORS, EVENT_TYPES, LATEST_WORDS
from geo.releases.listing import Release
from geo.wording import N_, _
from geo.words.permanent_lines import LICENCE, LICENCE_URL

#: version of the API; fields may be added, existing ones keep their name and meaning
API = "1"
#: said in each answer that still has the old name
RENAMED = N_(
    "The field “quotation” is deprecated and goes with version 2.0.0: “line” has the same "
    "content, and “quotes” the words of the pages."
)


def notices(opened: Opened) -> tuple[str, ...]:
    """List the notices of an address: ignored values, and the release that is shown."""
    pinned = opened.edition.pinned
    if pinned is None:
        return opened.notices
    return (*opened.notices, pinned.notice(opened.selection.records))


def as_text(content: Any) -> str:
    """Write JSON as the GeoJSON files are written: indented, and in UTF-8."""
    return json.dumps(content, ensure_ascii=False, indent=1)


def _around(opened: Opened, provenance: Provenance) -> dict[str, Any]:
    return {
        **circumstances(opened.snapshot, provenance),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "imprint": provenance.imprint,
        "notices": list(provenance.notices),
    }


def _interval(interval: Interval | None) -> dict[str, str] | None:
    if interval is None:
        return None
    return {"from": interval.first.isoformat(), "before": interval.end.isoformat()}


def _event(event: Event, snapshot: Snapshot, provenance: Provenance) -> dict[str, Any]:
    # the row of the CSV file decides what a day may show of an event
    row = event_properties(event, snapshot, provenance)
    known = snapshot.dataset.sources
    return {
        "id": event.id,
        "country": event.country,
        "country_name": row["country_name"],
        "said_on": row["said_on"],
        "said_on_interval": _interval(event.said),
        "said_on_basis": row["said_on_basis"],
        "happened_on": row["happened_on"] or None,
        "happened_on_interval": _interval(event.happened),
        "type": event.event_type,
        "type_label": _(EVENT_TYPES[event.event_type].label),
        "actor_type": event.actor_type,
        "actor_type_label": _(ACTORS[event.actor_type]),
        "authority": row["authority"],
        "summary": row["summary"],
        "line": row["line"],
        "quotation": row["quotation"],
        "marks": row["marks"].split(),
        "quotes": quote_objects(event, snapshot),
        "note": row["note"] or None,
        "about": list(event.about),
        "sets": event.sets or None,
        "sets_label": _(LATEST_WORDS[event.sets].label) if event.sets else None,
        "repeat": bool(event.repeat_of),
        "repeat_of": row["repeat_of"] or None,
        "differs_from": row["differs_from"].split(),
        "sources": [{"id": i, "url": safe(known[i].url)} for i in event.sources if i in known],
        "link": row["link"],
    }


def events_json(opened: Opened, provenance: Provenance) -> str:
    """
    Return the selected events as JSON, in the order of the CSV file.

    Parameters
    ----------
    opened : Opened
        The address.
    provenance : Provenance
        Where the answer comes from.

    Returns
    -------
    str
        Repeats are included and marked, and counted separately.
    """
    events = opened.selection.events
    around = _around(opened, provenance)
    repeats = sum(bool(e.repeat_of) for e in events)
    return as_text(
        {
            **around,
            "notices": [*around["notices"], _(RENAMED)],
            "count": len(events) - repeats,
            "repeats": repeats,
            "events": [_event(e, opened.snapshot, provenance) for e in events],
        }
    )


def _source(source: Source) -> dict[str, str | None]:
    return {
        "id": source.id,
        "url": safe(source.url),
        "archive_url": safe(source.archive_url),
        "publisher": source.publisher,
        "via": source.via or None,
        "title": source.title or None,
        "published": source.published or None,
        "language": source.language,
        "kind": source.kind,
        "class": source.source_class,
    }


def cited_sources(opened: Opened) -> tuple[Source, ...]:
    """Return the sources behind the rows of the selected records and events, in file order."""
    ids = {i for r in opened.selection.records for i in cited(r, opened.snapshot)}
    ids |= {i for event in opened.selection.events for i in event.sources}
    return tuple(source for i, source in opened.dataset.sources.items() if i in ids)


def sources_json(opened: Opened, provenance: Provenance) -> str:
    """
    Return the sources that the selected records and events cite, as JSON.

    Parameters
    ----------
    opened : Opened
        The address.
    provenance : Provenance
        Where the answer comes from.

    Returns
    -------
    str
        In file order.
    """
    cited = cited_sources(opened)
    return as_text(
        {
            **_around(opened, provenance),
            "count": len(cited),
            "sources": [_source(source) for source in cited],
        }
    )


def _originals(events: Iterable[Event]) -> int:
    return sum(not e.repeat_of for e in events)


def version_json(
    opened: Opened, releases: Sequence[Release], schema: str, provenance: Provenance
) -> str:
    """
    Return which ledger an address names, and how much of it there is to see, as JSON.

    Parameters
    ----------
    opened : Opened
        The address.
    releases : sequence of Release
        All existing releases, the oldest first.
    schema : str
        Address of the description of the API.
    provenance : Provenance
        Where the answer comes from.

    Returns
    -------
    str
        Counts of records and events are those of the day shown, without repeats.
    """
    snapshot = opened.snapshot
    return as_text(
        {
            "version": opened.dataset.version,
            "ledger_date": opened.dataset.last_checked or None,
            "modified": opened.edition.modified.isoformat().replace("+00:00", "Z"),
            "records": len(snapshot.records),
            "events": _originals(snapshot.events),
            "sources": len(opened.dataset.sources),
            "releases": [
                {"number": r.number, "date": r.date, "version": r.version} for r in releases
            ],
            "schema": schema,
            "api": API,
            "software": __version__,
            **_around(opened, provenance),
        }
    )
