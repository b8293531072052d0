"""Large dataclasses take their values by name: in a row of six, two are swapped unseen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from geo.paths import PROJECT

#: fields up to which values may be given by position
FIELDS = 5


def _is_dataclass(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).split(".")[-1] == "dataclass"


def _keyword_only(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and any(
        keyword.arg == "kw_only" and ast.unparse(keyword.value) == "True"
        for keyword in decorator.keywords
    )


def _by_position(node: ast.ClassDef) -> Iterator[ast.AnnAssign]:
    """The fields before ``_: KW_ONLY``, or all."""
    for item in node.body:
        if isinstance(item, ast.AnnAssign):
            if ast.unparse(item.annotation).split(".")[-1] == "KW_ONLY":
                return
            yield item


def positional(source: str) -> Iterator[str]:
    """Names of the dataclasses of more than `FIELDS` fields that take values by position."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        made_by = [d for d in node.decorator_list if _is_dataclass(d)]
        fields = list(_by_position(node))
        if made_by and len(fields) > FIELDS and not any(_keyword_only(d) for d in made_by):
            yield node.name


def test_large_dataclasses_are_keyword_only() -> None:
    files = sorted(PROJECT.glob("geo/**/*.py"))
    assert len(files) > 50
    found = [
        f"{file.relative_to(PROJECT).as_posix()}: {name}"
        for file in files
        for name in positional(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("decorator", ["@dataclass", "@dataclass(frozen=True)", "@d.dataclass()"])
def test_a_large_dataclass_by_position_is_seen(decorator: str) -> None:
    fields = "\n".join(f"    field_{n}: int" for n in range(FIELDS + 1))
    assert list(positional(f"{decorator}\nclass Large:\n{fields}")) == ["Large"]
    assert not list(positional(f"{decorator}\nclass Large:\n    _: KW_ONLY\n{fields}"))
