"""
The data package: which files and columns the ledger has, and what their cells may contain.

``data/datapackage.json`` is the one source of truth, also for a folder elsewhere that is
laid out like ``data/``. In addition to the standard's properties a field may have ``list``:
several values in one cell, with the file whose ids they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo import paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column, as the data package describes it.

    Attributes
    ----------
    name, kind, example : str
        Its name, its type, and an example of a cell.
    constraints : Mapping
        Table Schema's constraints: required, pattern, enum, maxLength and so on.
    listed : bool
        Whether a cell may contain several values, separated by spaces.
    refers : str
        Name of the resource whose ids are the values; empty if none.
    also : frozenset of str
        Values allowed in addition to those ids, or the codes of a list without ids.
    """

    name: str
    kind: str
    example: str
    constraints: Mapping[str, Any]
    listed: bool
    refers: str
    also: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """
    One file, as the data package describes it.

    Attributes
    ----------
    optional : bool
        Whether a ledger is complete without the file (``optional``, not in the standard).
    """

    name: str
    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    descriptor: Mapping[str, Any]
    optional: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _column(field: Mapping[str, Any], own: str, foreign: Mapping[str, str]) -> Column:
    listing = field.get("list", {})
    refers = foreign.get(field["name"], listing.get("references", "").partition(".")[0])
    return Column(
        name=field["name"],
        kind=field.get("type", "string"),
        example=str(field.get("example", "")),
        constraints=field.get("constraints", {}),
        listed=bool(listing),
        refers=refers or (own if field["name"] in foreign else ""),
        also=frozenset(listing.get("also", listing.get("enum", ()))),
    )


@lru_cache(maxsize=4)
def resources(package: Path | None = None) -> tuple[Resource, ...]:
    """Read the data package: one entry a file, in its order."""
    content = json.loads((package or paths.SCHEMA).read_text(encoding="utf-8"))
    described = []
    for resource in content["resources"]:
        schema = resource["schema"]
        foreign = {
            key["fields"][0]: key["reference"]["resource"]
            for key in schema.get("foreignKeys", ())
            if len(key["fields"]) == 1
        }
        columns = tuple(_column(field, resource["name"], foreign) for field in schema["fields"])
        key = tuple(schema.get("primaryKey", ()))
        optional = bool(resource.get("optional"))
        described.append(
            Resource(
                name=resource["name"],
                file=resource["path"],
                columns=columns,
                key=key,
                descriptor=schema,
                optional=optional,
            )
        )
    return tuple(described)


@lru_cache(maxsize=1)
def keys() -> Mapping[str, tuple[str, ...]]:
    """Return the key columns of each table, which identify its rows."""
    return MappingProxyType({resource.name: resource.key for resource in resources()})


@lru_cache(maxsize=1)
def table_files() -> frozenset[str]:
    """Return the names of the files that a ledger may have as tables."""
    return frozenset(resource.file for resource in resources())


@lru_cache(maxsize=1)
def columns_of() -> Mapping[str, frozenset[str]]:
    """Return the names of each table's columns."""
    return MappingProxyType({one.name: frozenset(one.names) for one in resources()})


def id_pattern(name: str) -> str:
    """Return the pattern of the names of a table's rows: of ids, or of several cells with /."""
    columns = (c for r in resources() if r.name == name for c in r.columns if c.name == "id")
    return next((str(column.constraints.get("pattern", ".*")) for column in columns), ".*/.*")
