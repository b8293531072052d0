"""What documents repeat of the code says the same as the code."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest

import app
from geo.link.kinds import Kind
from geo.link.parameters import facets, parameters
from geo.model.vocabulary import (
    ACTORS,
    CASE_TYPES,
    EVENT_TYPES,
    FLAGS,
    GROUNDS,
    HOST,
    LATEST_WORDS,
    LISTS,
    MAY_SET,
    PROVINCES,
    SOURCE_CLASSES,
    STRENGTHS,
)
from geo.paths import PROJECT, SCHEMA
from geo.visibility.withholding import WITHHELD

MODEL = (PROJECT / "docs" / "DATA_MODEL.md").read_text(encoding="utf-8")
ARCHITECTURE = (PROJECT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([\w-]+)`")


def table(heading: str) -> list[list[str]]:
    """The cells of the table whose first heading is this, without its two first rows."""
    lines = MODEL.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line[1:-1].split("|")])
    return rows


def described(file: str, column: str) -> str:
    """What the data model says of a column."""
    section = MODEL.partition(f"### {file}\n")[2].partition("\n### ")[0]
    (cell,) = re.findall(rf"^\| `{column}` \| (.*) \|$", section, re.MULTILINE)
    return str(cell)


def allowed(file: str, column: str) -> list[str]:
    """The codes that the schema allows in a column."""
    content = json.loads(SCHEMA.read_text(encoding="utf-8"))
    (resource,) = [r for r in content["resources"] if r["path"] == file]
    (field,) = [f for f in resource["schema"]["fields"] if f["name"] == column]
    found = field.get("constraints", {}).get("enum") or field.get("list", {}).get("enum")
    return [code for code in found if code]


def test_the_speakers_are_those_of_the_vocabulary_and_may_set_what_is_said() -> None:
    rows = {
        code: cell
        for names, _who, cell in table("`actor_type` | who")
        for code in CODE.findall(names)
    }
    assert sorted(rows) == sorted(ACTORS)
    for actor, cell in rows.items():
        codes = set(CODE.findall(cell))
        if cell.startswith("any"):
            # a claim is what stands until somebody entitled speaks: nobody sets it
            codes = set(LATEST_WORDS) - {"claim_only"} - codes
        assert codes == MAY_SET.get(actor, frozenset()), actor


def test_the_latest_words_stand_with_those_who_set_them_and_their_usual_events() -> None:
    rows = table("latest word")
    assert [CODE.findall(row[0])[0] for row in rows] == list(LATEST_WORDS)
    for name, setter, types in rows:
        code = CODE.findall(name)[0]
        usual = {kind.code for kind in EVENT_TYPES.values() if code in kind.usual}
        assert set(CODE.findall(types)) - {"claim"} == usual, code
        assert ("host authority" in setter) == (code in MAY_SET[HOST]), code


def test_every_type_of_event_and_every_flag_is_named() -> None:
    section = MODEL.partition("## Speakers")[2].partition("\n## ")[0]
    assert set(EVENT_TYPES) <= set(CODE.findall(section))
    (case,) = re.findall(r"court case \(([^)]*)\)", section)
    assert set(CODE.findall(case)) == CASE_TYPES
    (flags,) = re.findall(r"They are (.*)\. A country’s answer", section)
    assert sorted(CODE.findall(flags)) == sorted(FLAGS)


@pytest.mark.parametrize(
    ("file", "column", "codes"),
    [
        ("stations.csv", "claim_list", LISTS),
        ("stations.csv", "origin_province", PROVINCES),
        ("stations.csv", "review", None),
        ("stations.csv", "claimed_function", None),
        ("investigations.csv", "said_on_basis", None),
        ("sources.csv", "class", SOURCE_CLASSES),
        ("quotes.csv", "speech", None),
        ("places.csv", "precision", None),
        ("places.csv", "geocoder", None),
        ("withheld.csv", "kind", None),
        ("withheld.csv", "ground", GROUNDS),
    ],
)
def test_columns_with_codes_name_them_all(
    file: str, column: str, codes: Mapping[str, object] | None
) -> None:
    schema = allowed(file, column)
    assert set(schema) <= set(CODE.findall(described(file, column)))
    if codes is not None:
        assert sorted(schema) == sorted(codes)


def test_every_filter_of_the_link_says_which_records_pass() -> None:
    named = [code for row in table("filter") for code in CODE.findall(row[0])]
    filters = [row.name for row in parameters() if row.filters and row.kind is not Kind.SWITCH]
    assert sorted(named) == sorted(filters)
    section = MODEL.partition("## Selection")[2].partition("\n## ")[0]
    of_records = {row.name for row in facets() if row.of_event is None}
    (sentence,) = re.findall(r"with (.*?) set, it must be about", section)
    assert set(CODE.findall(sentence)) == of_records


def test_every_address_is_described_and_every_middleware_in_its_order() -> None:
    described = ARCHITECTURE.partition("## HTTP outside the dashboard")[2]
    paths = {getattr(route, "path", "") for route in app.routes}
    named = re.findall(r"`(/[\w.{}<>/…-]*)", described.partition("\nWhere a view")[0])
    starts = {"/" + name.split("/")[1].split("?")[0].rstrip("…") for name in named}
    assert {"/" + path.split("/")[1] for path in paths} == starts
    (sentence,) = re.findall(r"^Middleware from the outside in: (.*)$", described, re.MULTILINE)
    names = [getattr(layer.cls, "__name__", "") for layer in app.middleware]
    assert re.findall(r"`(\w+)`", sentence) == names


def test_the_letters_of_sourcing_and_the_word_for_what_is_hidden() -> None:
    paragraph = MODEL.partition("**strength of sourcing**")[2].partition("\n\n")[0]
    assert re.findall(r"\*\*([A-Z])\*\*", paragraph) == list(STRENGTHS)
    assert f"`{WITHHELD}` where it may not be shown" in described("corrections.csv", "before")


def test_what_the_readme_says_is_there_is_there() -> None:
    section = README.partition("## Layout")[2].partition("\n## ")[0]
    named = re.findall(r"`((?:geo|data|tests|tools|pages)/[\w/]*|app\.py)`", section)
    assert len(named) > 15
    assert [name for name in named if not (PROJECT / name).exists()] == []
