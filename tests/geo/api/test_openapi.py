"""The description of the API: valid, whole, and true of what is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from geo.api.endpoints import ENDPOINTS
from geo.api.openapi_schemas import ANSWERS
from geo.exports.file_parameters import FILE_PARAMETERS, taken
from geo.link.parameters import parameters
from tests.asgi import call
from tests.geo.api.data_app import APP

SPEC: dict[str, Any] = json.loads(call(APP, "/api/openapi.json").body)
#: parameters of some addresses alone, which are none of the link's
OWN = {"of-path", "of-record", "of-page"}
RECORD = SPEC["components"]["parameters"]["of-record"]["example"]
ROUTES = sorted(
    {route.path for route in APP.routes} - {"/api/{rest:path}"}  # type: ignore[attr-defined]
)


def test_it_is_valid_openapi() -> None:
    assert SPEC["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(SPEC).iter_errors()) == []


def test_every_address_that_is_served_is_described() -> None:
    assert sorted(SPEC["paths"]) == ROUTES
    page = call(APP, "/api").text
    for path in ROUTES:
        assert f"<code>GET {path}</code>" in page
        # what a terminal cannot show is saved under its own name
        option = "-OJ" if path.endswith((".xlsx", ".zip")) else "--compressed"
        assert f"curl {option} &#39;https://atlas.example:8501{path}" in page.replace(
            "'", "&#39;"
        ).replace("/NL/", "/{country}/").replace(f"/{RECORD}.", "/{record}.")


def test_bytes_have_no_schema_and_text_has_one() -> None:
    for path, item in SPEC["paths"].items():
        for content in item["get"]["responses"]["200"]["content"].values():
            assert ("schema" in content) != path.endswith((".xlsx", ".zip")), path


def test_every_parameter_and_code_is_described() -> None:
    described = {p["name"]: p for n, p in SPEC["components"]["parameters"].items() if n not in OWN}
    page = call(APP, "/api").text
    own = [p.name for p in FILE_PARAMETERS]
    assert list(described) == [p.name for p in parameters()] + own
    for name in own:
        assert f'<section id="parameter-{name}">' in page
    for parameter in parameters():
        assert f'<section id="parameter-{parameter.name}">' in page
        schema = described[parameter.name]["schema"]
        codes = schema["items"]["enum"] if parameter.repeated else schema.get("enum", [])
        assert codes == list(parameter.codes)
        for code in parameter.codes:
            assert f"<dt><code>{code}</code></dt>" in page
    for address in ENDPOINTS:
        if address.takes == "all":
            used = {
                p["$ref"].rpartition("/")[2]
                for p in SPEC["paths"][address.path]["get"]["parameters"]
            }
            of_file = {p.name for p in taken(address.media_type)}
            assert used - OWN == set(described) - set(own) | of_file


def test_the_examples_in_it_are_read() -> None:
    for address in ENDPOINTS:
        path = address.path.replace("{country}", "NL").replace("{record}", RECORD)
        answer = call(APP, path, query=address.example.encode())
        assert answer.status == 200
        assert "x-atlas-notices" not in answer.headers
    page = call(APP, "/api").text
    for name, described in SPEC["components"]["parameters"].items():
        if name not in ("v", *OWN):
            (example,) = as_list(described["example"])
            assert f"{name}={example}</code>" in page
            answer = call(APP, "/api/events.csv", query=f"{name}={example}".encode())
            assert answer.status == 200
            assert "x-atlas-notices" not in answer.headers


def as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def resolved(schema: Any) -> Any:
    """The schema with each reference in its place."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return resolved(SPEC["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        return {name: resolved(value) for name, value in schema.items()}
    return [resolved(one) for one in schema] if isinstance(schema, list) else schema


def undescribed(value: Any, schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """What an answer holds and its schema does not name."""
    for one in schema.get("anyOf", []):
        if one.get("type") != "null" and value is not None:
            yield from undescribed(value, one, at)
    if isinstance(value, dict) and "properties" in schema:
        yield from (f"{at}/{name}" for name in value.keys() - schema["properties"].keys())
        for name in value.keys() & schema["properties"].keys():
            yield from undescribed(value[name], schema["properties"][name], f"{at}/{name}")
    elif isinstance(value, list):
        for one in value:
            yield from undescribed(one, schema["items"], at)


@pytest.mark.parametrize("query", ["", "country=NL&flag=x&lenient=1", "asof=2022-10-01", "q=zzzz"])
@pytest.mark.parametrize("path", ANSWERS)
def test_answers_have_the_form_that_is_described(path: str, query: str) -> None:
    content = SPEC["paths"][path]["get"]["responses"]["200"]["content"]
    ((media_type, described),) = content.items()
    answer = call(APP, path, query=query.encode())
    assert answer.headers["content-type"].partition(";")[0] == media_type
    schema, value = resolved(described["schema"]), json.loads(answer.body)
    Draft202012Validator(schema).validate(value)
    if path != "/api/openapi.json":
        assert sorted(undescribed(value, schema)) == []


@pytest.mark.parametrize("path", ["/api/nothing", "/api/records.csv", "/feeds/nl/events.atom"])
def test_an_error_has_the_form_that_is_described(path: str) -> None:
    answer = call(APP, path, query=b"country=Atlantis&xyzzy=1")
    assert answer.headers["content-type"] == "application/problem+json"
    schema = resolved(SPEC["components"]["schemas"]["Problem"])
    problem = json.loads(answer.body)
    Draft202012Validator(schema).validate(problem)
    assert sorted(undescribed(problem, schema)) == []
    assert problem["status"] == answer.status


def test_the_page_stands_alone_and_says_what_a_symbol_means() -> None:
    answer = call(APP, "/api")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = answer.text
    assert "<script" not in page
    assert "src=" not in page
    assert "Each record is an attributed public claim, not a finding." in page
    assert "It does not mean that a “station” exists or existed" in page
    assert "prefers-color-scheme: dark" in page
    assert "CC BY 4.0" in page
