"""
The form of each answer as JSON Schema (2020-12, the dialect of OpenAPI 3.1).

Answers may get further fields, so nothing here forbids fields that it does not name; a test
compares real answers with it, in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from geo.api.endpoints import HEALTH, OPENAPI, VERSION
from geo.ledger.marks import MARKS
from geo.model.codebook import EVENTS, RECORDS, SOURCES
from geo.model.columns import Column
from geo.model.vocabulary import (
    ACTORS,
    EVENT_TYPES,
    LATEST_WORDS,
    SOURCE_CLASSES,
    SPEECH,
)

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
MAYBE: Schema = {"type": ["string", "null"]}
DAY: Schema = {"type": "string", "format": "date"}
VERSION_OF: Schema = {"type": "string", "pattern": "^[0-9a-f]{8}$"}
#: as files write it
FILE_VERSION: Schema = {"type": "string", "pattern": "^v[0-9a-f]{8}$"}
#: a partial date as the source gives it, or two with a slash between
DATED: Schema = {
    "type": "string",
    "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?$",
}


def _listed(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _one_of(codes: object) -> Schema:
    return {"type": "string", "enum": [str(code) for code in codes]}  # type: ignore[attr-defined]


def _or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _described(columns: Iterable[Column], schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return schemas with the meaning of the columns of the same names, where they have none."""
    meaning = {column.name: {"description": column.description} for column in columns}
    return {name: {**meaning.get(name, {}), **schema} for name, schema in schemas.items()}


def _whole(words: str, **properties: Schema) -> Schema:
    """Return the schema of an object that has all of these properties."""
    return {
        "type": "object",
        "description": words,
        "required": list(properties),
        "properties": properties,
    }


_AROUND: dict[str, Schema] = {
    "as_of": {**DAY, "description": "The day shown: what had been said by the end of it."},
    "ledger_version": FILE_VERSION,
    "link": {"type": "string", "description": "Fixed link to this selection."},
    "notice": {
        "type": "string",
        "description": "What an entry does and does not mean, and who publishes it.",
    },
    "notices": {
        **_listed(TEXT),
        "description": (
            "With lenient=1, parts of the query that were ignored; what has changed since the "
            "release that v names, and what is deprecated. One sentence each."
        ),
    },
}
_AND_MORE: dict[str, Schema] = {
    **_AROUND,
    "licence": TEXT,
    "licence_url": TEXT,
    "imprint": TEXT,
}
_EVENT: dict[str, Schema] = {
    "id": TEXT,
    "country": {"type": "string", "description": "ISO 3166-1 alpha-2; EU; ZZ for worldwide."},
    "country_name": TEXT,
    "said_on": {**DATED, "description": "As precise as the source."},
    "said_on_interval": _ref("Interval"),
    "said_on_basis": TEXT,
    "happened_on": _or_none(DATED),
    "happened_on_interval": _or_none(_ref("Interval")),
    "type": _one_of(EVENT_TYPES),
    "type_label": TEXT,
    "actor_type": _one_of(ACTORS),
    "actor_type_label": TEXT,
    "authority": {"type": "string", "description": "Who spoke or acted."},
    "summary": TEXT,
    "line": {"type": "string", "description": "Date, speaker, marks and summary in one line."},
    "quotation": {"type": "string", "deprecated": True, "description": "The same as line."},
    "marks": {
        **_listed(_one_of(MARKS)),
        "description": "What limits it as an answer: older than the claim, about another place, "
        "or said before.",
    },
    "quotes": _listed(_ref("Quote")),
    "note": {**MAYBE, "description": "Absent on days before the ledger's own date."},
    "about": {**_listed(TEXT), "description": "Ids of records, or country, or world."},
    "sets": _or_none(_one_of(LATEST_WORDS)),
    "sets_label": MAYBE,
    "repeat": {"type": "boolean", "description": "Restates another: listed, never counted."},
    "repeat_of": {**MAYBE, "description": "That event, if it is public by the day shown."},
    "differs_from": _listed(TEXT),
    "sources": _listed(_whole("A page by id and address.", id=TEXT, url=MAYBE)),
    "link": TEXT,
}
_QUOTE: dict[str, Schema] = {
    "original": {"type": "string", "description": "As on the page, at most 40 words."},
    "language": {"type": "string", "description": "Of the original (BCP 47)."},
    "translation": {**MAYBE, "description": "By the atlas; null where the original is English."},
    "speech": _one_of(SPEECH),
    "speech_label": TEXT,
    "source": _whole("The page by id and address.", id=TEXT, url=MAYBE),
}
_SOURCE: dict[str, Schema] = {
    "id": TEXT,
    "url": MAYBE,
    "archive_url": MAYBE,
    "publisher": TEXT,
    "via": MAYBE,
    "title": MAYBE,
    "published": MAYBE,
    "language": TEXT,
    "kind": TEXT,
    "class": _one_of(SOURCE_CLASSES),
}
_RECORD: dict[str, Schema] = {column.name: column.json_schema() for column in RECORDS}
_POINT: Schema = _whole(
    "The centre of a city as longitude and latitude (WGS 84), never an address.",
    type={"const": "Point"},
    coordinates={"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
)
_RELEASE: Schema = _whole("A release.", number=NUMBER, date=DAY, version=VERSION_OF)

SCHEMAS: dict[str, Schema] = {
    "Interval": _whole(
        "Half-open: from is in, before is the first day after.", **{"from": DAY, "before": DAY}
    ),
    "Event": _whole("One dated public act or statement.", **_described(EVENTS, _EVENT)),
    "Source": _whole("One citable page.", **_described(SOURCES, _SOURCE)),
    "Quote": _whole("The words of a page on which an event rests.", **_QUOTE),
    "Events": _whole(
        "The selected events.",
        **_AND_MORE,
        count={**NUMBER, "description": "Without those that restate another."},
        repeats=NUMBER,
        events=_listed(_ref("Event")),
    ),
    "Sources": _whole(
        "The sources of a selection.", **_AND_MORE, count=NUMBER, sources=_listed(_ref("Source"))
    ),
    "Record": _whole(
        "A place or country about which an attributed claim has been made.",
        type={"const": "Feature"},
        id=TEXT,
        geometry=_or_none(_POINT),
        properties=_whole("The cells of the CSV file.", **_RECORD),
    ),
    "Records": _whole(
        "The selected records (RFC 7946).",
        type={"const": "FeatureCollection"},
        **_AROUND,
        features=_listed(_ref("Record")),
    ),
    "Version": _whole(
        "Which ledger is served.",
        version=VERSION_OF,
        ledger_date=_or_none(DAY),
        modified={"type": "string", "format": "date-time"},
        records={**NUMBER, "description": "Existing on the date shown."},
        events={**NUMBER, "description": "Public by the day shown, without repeats."},
        sources=NUMBER,
        releases=_listed(_RELEASE),
        schema=TEXT,
        api=TEXT,
        software={"type": "string", "description": "Version of the program that answers."},
        **_AND_MORE,
    ),
    "Health": {
        "type": "object",
        "required": ["status"],
        "properties": {
            "status": _one_of(("ok", "failing")),
            "version": VERSION_OF,
            "set_aside": {
                "type": "object",
                "description": "Rows that failed their checks, by table.",
                "additionalProperties": NUMBER,
            },
            "refused": {
                **_listed(TEXT),
                "description": "Why newer files are not shown; empty if they are.",
            },
            "lifted": {
                **NUMBER,
                "description": "Entries of withheld.csv that have gone since the start.",
            },
            "error": TEXT,
        },
    },
    "Problem": {
        "type": "object",
        "description": "Problem details (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "The reason, as one or more sentences."},
            "error": {"type": "string", "deprecated": True, "description": "The same as detail."},
            "ignored": {
                **_listed(_ref("Unread")),
                "description": "With status 400: the parts of the address that cannot be read.",
            },
            "endpoints": {
                **_listed(TEXT),
                "description": "With status 404: the addresses that there are.",
            },
        },
    },
    "Unread": _whole(
        "A part of an address that cannot be read.",
        name=TEXT,
        value=TEXT,
        why={"type": "string", "description": "The reason, as part of a sentence."},
        suggestion={**MAYBE, "description": "What may be meant; null if nothing is like it."},
    ),
    "Description": {"type": "object", "description": "OpenAPI 3.1."},
}
#: path -> the schema of its answer; what is not here is text
ANSWERS: dict[str, str] = {
    "/api/records.geojson": "Records",
    "/api/events.json": "Events",
    "/api/sources.json": "Sources",
    VERSION.path: "Version",
    OPENAPI.path: "Description",
    HEALTH.path: "Health",
}
