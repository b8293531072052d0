"""
The data API in OpenAPI 3.1, made from the tables that it is served by.

Parameters come from `geo.words.parameters`, addresses from `geo.api.endpoints`; only the
form of the answers is written down, in `geo.api.openapi_schemas`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from geo.api.endpoints import (
    COUNTRY_CORRECTIONS,
    COUNTRY_EVENTS,
    ENDPOINTS,
    HEALTH,
    Endpoint,
)
from geo.api.openapi_schemas import ANSWERS, SCHEMAS
from geo.exports.json_documents import API
from geo.web.cross_origin import NOTICES
from geo.wording import _
from geo.words.parameters import Parameter, parameters
from geo.words.permanent_lines import LICENCE, MEANING, NOT_MEANING, TITLE

#: parameters that count where filters do not
_LEDGER = ("asof", "v")


def _codes(parameter: Parameter) -> str:
    listed = "; ".join(f"`{code}` {label}" for code, label in parameter.codes)
    return f" {listed}." if listed else ""


def _schema(parameter: Parameter) -> dict[str, Any]:
    one: dict[str, Any] = {"type": "string"}
    if parameter.codes:
        one["enum"] = [code for code, _label in parameter.codes]
    if parameter.pattern:
        one["pattern"] = parameter.pattern
    if parameter.longest:
        one["maxLength"] = parameter.longest
    return {"type": "array", "items": one} if parameter.repeated else one


def _parameter(parameter: Parameter) -> dict[str, Any]:
    words = parameter.words
    if not parameter.selects:
        words += " " + _("Accepted, and without effect on data.")
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": words + _codes(parameter),
        "required": False,
        "schema": _schema(parameter),
        "example": [parameter.example] if parameter.repeated else parameter.example,
    }
    if parameter.repeated:
        described |= {"style": "form", "explode": True}
    return described


def _country() -> dict[str, Any]:
    (country,) = (p for p in parameters() if p.name == "country")
    return {
        "name": "country",
        "in": "path",
        "required": True,
        "description": country.words,
        "schema": {"type": "string", "enum": [code for code, _label in country.codes]},
        "example": country.example,
    }


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _taken(address: Endpoint) -> list[dict[str, str]]:
    own = [_reference("parameters", "of-path")] if "{country}" in address.path else []
    names = [p.name for p in parameters()]
    if address.takes != "all":
        names = [name for name in names if address.takes == "ledger" and name in _LEDGER]
    return own + [_reference("parameters", name) for name in names]


def _operation(address: Endpoint) -> dict[str, Any]:
    media_type = address.media_type.partition(";")[0]
    schema = ANSWERS.get(address.path)
    content = {"schema": _reference("schemas", schema) if schema else {"type": "string"}}
    found: dict[str, Any] = {
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
    if address is HEALTH:
        del found["304"], found["200"]["headers"]
        found["503"] = {"description": _("It cannot be served."), "content": {media_type: content}}
    if address in (COUNTRY_EVENTS, COUNTRY_CORRECTIONS):
        found["404"] = {"description": _("The atlas knows no country by this code.")}
    name = address.path.strip("/").replace("{country}", "country")
    return {
        "operationId": "-".join(part for part in name.replace(".", "/").split("/") if part),
        "summary": _(address.title),
        "description": _(address.words),
        "parameters": _taken(address),
        "responses": found,
    }


def _components() -> dict[str, Any]:
    text = {"type": "string"}
    error = {"application/json": {"schema": _reference("schemas", "Error")}, "text/plain": {}}
    return {
        "parameters": {"of-path": _country(), **{p.name: _parameter(p) for p in parameters()}},
        "headers": {
            "ETag": {"description": _("For If-None-Match."), "schema": text},
            "Last-Modified": {"description": _("For If-Modified-Since."), "schema": text},
            NOTICES: {
                "description": _(
                    "What of the query was ignored: sentences in percent-encoded UTF-8, a comma "
                    "between two. Absent where nothing was."
                ),
                "schema": text,
            },
        },
        "responses": {
            "unreadable": {
                "description": _("The ledger cannot be read; the sentence says why."),
                "content": error,
            }
        },
        "schemas": SCHEMAS,
    }


@cache
def description() -> dict[str, Any]:
    """Return the whole description, as JSON's values."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _(TITLE),
            "version": API,
            "summary": _("Any selection of the ledger as a file, under the link's parameters."),
            "description": f"{_(MEANING)} {_(NOT_MEANING)}",
            "license": {"name": LICENCE, "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "/"}],
        # nobody needs a key
        "security": [],
        "paths": {address.path: {"get": _operation(address)} for address in ENDPOINTS},
        "components": _components(),
    }
