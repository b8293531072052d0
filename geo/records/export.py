"""
The selection as files to take away: CSV and GeoJSON (RFC 7946).

Each row is safe to quote alone: it carries its claimant, its answers, its latest word with
speaker and date, its sources, the ledger's version and the link to the view.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import date

from geo.records.dates import spoken
from geo.records.filters import Selection
from geo.records.model import Event, Record
from geo.records.names import country_name
from geo.records.permalink import State
from geo.records.sentences import (
    functions,
    latest_word,
    none_found,
    origin,
    place,
    quoted,
    strength,
)
from geo.records.snapshot import Snapshot
from geo.records.statements import MEANING, NOT_MEANING
from geo.records.vocabulary import CLAIM_ONLY, LATEST_WORDS
from geo.wording import _

#: a spreadsheet runs a cell that begins with one of these (OWASP, CSV injection)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return the cell so that a spreadsheet shows it as text and runs nothing."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell[:1] in _FORMULA else cell


def _links(record: Record, events: Iterable[Event], snapshot: Snapshot) -> str:
    ids = dict.fromkeys([*record.sources, *(i for event in events for i in event.sources)])
    sources = snapshot.dataset.sources
    return " ".join(sources[i].url for i in ids if i in sources)


def properties(record: Record, snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """One record of a selection with everything that a quotation needs, as text."""
    claim = snapshot.claims(record)[0]
    word = snapshot.word(record)
    answers = {
        "answer_host_authorities": snapshot.newest_host_answer(record),
        "answer_china": snapshot.newest_china_answer(record),
        "answer_body_or_people_named": snapshot.newest_party_answer(record),
    }
    cited = [claim, *([word] if word else []), *(a for a in answers.values() if a)]
    return {
        "record": record.id,
        "place": place(record),
        "claimed_by": claim.authority,
        "claimed_on": claim.said.text,
        "claim": claim.summary,
        "claimed_police_body": origin(record),
        "claimed_function": functions(record),
        "list": record.claim_list,
        "latest_word": word.sets if word else CLAIM_ONLY,
        "latest_word_label": _(LATEST_WORDS[word.sets if word else CLAIM_ONLY].label),
        "latest_word_sentence": latest_word(record, snapshot),
        "latest_word_speaker": (word or claim).authority,
        "latest_word_date": (word or claim).said.text,
        **{name: quoted(a) if a else none_found(record.last_checked) for name, a in answers.items()},
        "accounts_differ": " / ".join(
            f"{quoted(one)} — {quoted(other)}" for one, other in snapshot.differences(record)
        ),
        "summary": record.summary,
        "host_country": record.host_country,
        "host_country_name": country_name(record.host_country),
        "host_region": record.host_region,
        "host_city": record.host_city,
        "precision": record.precision,
        "origin_province": record.origin_province,
        "origin_jurisdiction": record.origin_city,
        "strength_of_sourcing": strength(record, snapshot),
        "sources": _links(record, cited, snapshot),
        "last_checked": record.last_checked,
        "as_of": snapshot.day.isoformat(),
        "ledger_version": snapshot.dataset.version,
        "link": link,
        "notice": f"{_(MEANING)} {_(NOT_MEANING)} {imprint}",
    }


def event_properties(event: Event, snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """One event of a selection, as text."""
    sources = snapshot.dataset.sources
    return {
        "event": event.id,
        "said_on": event.said.text,
        "said_on_basis": event.said_on_basis,
        "happened_on": event.happened.text if event.happened else "",
        "country": event.country,
        "event_type": event.event_type,
        "actor_type": event.actor_type,
        "authority": event.authority,
        "summary": event.summary,
        "about": " ".join(event.about),
        "sets": event.sets,
        "repeat_of": event.repeat_of,
        "differs_from": " ".join(event.differs_from),
        "note": event.note,
        "sources": " ".join(sources[i].url for i in event.sources if i in sources),
        "as_of": snapshot.day.isoformat(),
        "ledger_version": snapshot.dataset.version,
        "link": link,
        "notice": f"{_(MEANING)} {_(NOT_MEANING)} {imprint}",
    }


def _csv(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")  # RFC 4180
        writer.writeheader()
        writer.writerows({k: harmless(v) for k, v in row.items()} for row in rows)
    return text.getvalue()


def records_csv(selection: Selection, link: str, imprint: str) -> str:
    """The selected records as CSV, one row a record."""
    return _csv([properties(r, selection.snapshot, link, imprint) for r in selection.records])


def events_csv(selection: Selection, link: str, imprint: str) -> str:
    """The selected events as CSV, one row an event, repeats included."""
    return _csv([event_properties(e, selection.snapshot, link, imprint) for e in selection.events])


def records_geojson(selection: Selection, link: str, imprint: str) -> str:
    """
    The selected records as a GeoJSON FeatureCollection.

    Coordinates are (lon, lat), as RFC 7946 wants; a record without a known city has the
    geometry ``null``: it lies in its country, and no point would be true.
    """
    features = []
    for record in selection.records:
        lat, lon = record.point or (None, None)
        features.append(
            {
                "type": "Feature",
                "id": record.id,
                "geometry": None if lat is None else {"type": "Point", "coordinates": [lon, lat]},
                "properties": properties(record, selection.snapshot, link, imprint),
            }
        )
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1)


def file_name(state: State, version: str, today: date, ending: str, kind: str = "") -> str:
    """A name that says the selection: ``atlas_nl_asof-2022-12-05_v1a2b3c4d.csv``."""
    words = [
        code
        for name in state.filters.active
        if name != "q"
        for code in getattr(state.filters, name)
    ]
    if state.filters.q:
        words.append("search-" + re.sub(r"\W+", "-", state.filters.q.lower()).strip("-"))
    picked = "-".join(words).lower()[:80].strip("-") or "all"
    day = (state.as_of or today).isoformat()
    named = f"{kind}_" if kind else ""
    return f"atlas_{named}{picked}_asof-{day}_v{version}.{ending}"


def dated(selection: Selection) -> str:
    """“As of 5 December 2022”, for captions."""
    return _("As of {date}").format(date=spoken(selection.snapshot.day.isoformat()))
