"""
The data API in OpenAPI 3.1, made from the tables that it is served by.

Parameters come from `geo.link.parameters`, addresses from `geo.api.endpoints`; only the
form of the answers is written by hand, in `geo.api.openapi_schemas`.
"""

from __future__ import annotations

from typing import Any

from geo.api.endpoint import Endpoint
from geo.api.endpoints import ENDPOINTS, HEALTH
from geo.api.feed_endpoints import ENTERED_FEEDS, FEEDS, MOST_PAGES, PAGE
from geo.api.openapi_schemas import ANSWERS, SCHEMAS
from geo.exports.file_parameters import FILE_PARAMETERS, FileParameter
from geo.exports.file_parameters import taken as file_parameters
from geo.exports.json_documents import API
from geo.ledger.snapshot import Snapshot
from geo.link.kinds import Parameter
from geo.link.parameters import parameter, parameters
from geo.link.root import root
from geo.web.cross_origin import NOTICES, PROBLEM
from geo.wording import _
from geo.words.permanent_lines import LICENCE, MEANING, NOT_MEANING, TITLE


def _codes(row: Parameter) -> str:
    listed = "; ".join(f"`{code}` {label}" for code, label in row.described_codes())
    return f" {listed}." if listed else ""


def _schema(row: Parameter) -> dict[str, Any]:
    one: dict[str, Any] = {"type": "string"}
    if row.codes:
        one["enum"] = list(row.codes)
    if row.pattern:
        one["pattern"] = row.pattern
    if row.longest:
        one["maxLength"] = row.longest
    return {"type": "array", "items": one} if row.repeated else one


def _parameter(row: Parameter, snapshot: Snapshot) -> dict[str, Any]:
    words = _(row.meaning)
    if not row.selects:
        words += " " + _("Accepted, with no effect on the data.")
    example = row.served_example(snapshot)
    described: dict[str, Any] = {
        "name": row.name,
        "in": "query",
        "description": words + _codes(row),
        "required": False,
        "schema": _schema(row),
        "example": [example] if row.repeated else example,
    }
    if row.repeated:
        described |= {"style": "form", "explode": True}
    return described


def _country() -> dict[str, Any]:
    country = parameter("country")
    return {
        "name": "country",
        "in": "path",
        "required": True,
        "description": _(country.meaning),
        "schema": {"type": "string", "enum": list(country.codes)},
        "example": country.example,
    }


def _record(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "name": "record",
        "in": "path",
        "required": True,
        "description": _("ID of a record."),
        "schema": {"type": "string"},
        "example": next((record.id for record in snapshot.records), "xx-city-1"),
    }


def _page() -> dict[str, Any]:
    return {
        "name": PAGE,
        "in": "query",
        "required": False,
        "description": _("Page of a feed, from 1; the feed’s rel=next has the next one."),
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST_PAGES},
        "example": 2,
    }


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _taken(address: Endpoint) -> list[dict[str, str]]:
    own = [
        _reference("parameters", name)
        for name, counts in (
            ("of-path", "{country}" in address.path),
            ("of-record", "{record}" in address.path),
            ("of-page", address in ENTERED_FEEDS),
        )
        if counts
    ]
    if address.takes == "all":
        taken = list(parameters())
    else:
        # the day and the version count where filters do not
        ledger = (row for row in parameters() if row.selects and not row.filters)
        taken = list(ledger) if address.takes == "ledger" else []
    of_file = file_parameters(address.media_type) if address.takes else ()
    names = [row.name for row in taken] + [row.name for row in of_file]
    return own + [_reference("parameters", name) for name in names]


def _file_parameter(row: FileParameter) -> dict[str, Any]:
    return {
        "name": row.name,
        "in": "query",
        "description": _(row.meaning),
        "required": False,
        "schema": {"type": "string", "enum": list(row.values)},
        "example": row.example,
    }


def _operation(address: Endpoint) -> dict[str, Any]:
    media_type = address.media_type.partition(";")[0]
    schema = ANSWERS.get(address.path)
    # OpenAPI 3.1 has no schema for bytes, which name no encoding of characters
    content = {"schema": {"type": "string"}} if "charset" in address.media_type else {}
    if schema:
        content = {"schema": _reference("schemas", schema)}
    responses: dict[str, Any] = {
        "200": {
            "description": _(address.title),
            "headers": {
                name: _reference("headers", name) for name in ("ETag", "Last-Modified", NOTICES)
            },
            "content": {media_type: content},
        },
        "304": {"description": _("Nothing has changed since the tag or the date that was sent.")},
        "503": _reference("responses", "unreadable"),
    }
    if address.takes:
        responses["400"] = _reference("responses", "unread")
    if address is HEALTH:
        del responses["304"], responses["200"]["headers"]
        responses["503"] = {
            "description": _("The ledger cannot be served."),
            "content": {media_type: content},
        }
    if address in FEEDS:
        responses["404"] = _reference("responses", "not-there")
    if "{record}" in address.path:
        responses["410"] = _reference("responses", "withdrawn")
    name = address.path.strip("/").replace("{", "").replace("}", "")
    return {
        "operationId": "-".join(part for part in name.replace(".", "/").split("/") if part),
        "summary": _(address.title),
        "description": _(address.words),
        "parameters": _taken(address),
        "responses": responses,
    }


def _components(snapshot: Snapshot) -> dict[str, Any]:
    text = {"type": "string"}
    problem = {PROBLEM: {"schema": _reference("schemas", "Problem")}}
    return {
        "parameters": {
            "of-path": _country(),
            "of-record": _record(snapshot),
            "of-page": _page(),
            **{row.name: _parameter(row, snapshot) for row in parameters()},
            **{row.name: _file_parameter(row) for row in FILE_PARAMETERS},
        },
        "headers": {
            "ETag": {"description": _("Send it back in If-None-Match."), "schema": text},
            "Last-Modified": {
                "description": _(
                    "When the ledger was last written. Conditional requests go by the ETag."
                ),
                "schema": text,
            },
            NOTICES: {
                "description": _(
                    "With lenient=1, parts of the query that were ignored; also what has changed "
                    "since the release that v names. Percent-encoded UTF-8 sentences, separated "
                    "by commas; absent if there is nothing to say."
                ),
                "schema": text,
            },
        },
        "responses": {
            "unreadable": {
                "description": _("The ledger cannot be read; the sentence says why."),
                "content": {**problem, "text/plain": {}},
            },
            "not-there": {
                "description": _("There is no such country, record or page."),
                "content": problem,
            },
            "withdrawn": {"description": _("The record was withdrawn."), "content": problem},
            "unread": {
                "description": _(
                    "A part of the address cannot be read; lenient=1 gets the answer without it."
                ),
                "content": problem,
            },
        },
        "schemas": SCHEMAS,
    }


def description(snapshot: Snapshot) -> dict[str, Any]:
    """
    Return the whole description, as JSON's values.

    Parameters
    ----------
    snapshot : Snapshot
        Whose ids are the examples.

    Returns
    -------
    dict of str to Any
        Everything but these examples is the same for every ledger.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _(TITLE),
            "version": API,
            "summary": _("Any selection from the ledger as a file, using the link’s parameters."),
            "description": f"{_(MEANING)} {_(NOT_MEANING)}",
            "license": {"name": LICENCE, "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": root() or "/"}],
        # no key is needed
        "security": [],
        "paths": {address.path: {"get": _operation(address)} for address in ENDPOINTS},
        "components": _components(snapshot),
    }
