"""
The selection as a data package (.zip): its tables as CSV, and what they are.

The layout is that of Frictionless Data (Tabular Data Package): ``datapackage.json`` describes
each file and column. The same selection gives the same bytes on every machine.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from geo import paths
from geo.exports.file_notes import Note, file_citation, file_notes
from geo.exports.quotes import safe
from geo.exports.rows import NOWHERE, Provenance, file_version
from geo.exports.selection_files import csv_text
from geo.exports.tables import Table, selection_tables
from geo.link.opening import Opened
from geo.model.columns import Column
from geo.wording import _
from geo.words.permanent_lines import LICENCE_URL, MEANING, NOT_MEANING, STRAPLINE, TITLE

ZIP = "application/zip"
#: the time of every file inside, the earliest that a .zip can have
_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644


@cache
def _licence() -> str:
    return paths.DATA_LICENCE.read_text(encoding="utf-8")


def _reference(target: str) -> dict[str, Any]:
    resource, _dot, column = target.partition(".")
    return {"resource": resource, "fields": [column]}


def _field(table: Table, column: Column) -> dict[str, Any]:
    described = column.table_field()
    listing = {"separator": column.several} if column.several else {}
    if target := table.mentions.get(column.name):
        listing["references"] = target
    # "list" is no property of the standard; data/datapackage.json has it too
    return {**described, "list": listing} if listing else described


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": [name], "reference": _reference(target)} for name, target in table.refers.items()
    ]
    return {
        "fields": [_field(table, column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
        **({"foreignKeys": keys} if keys else {}),
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(table),
    }


def _descriptor(
    opened: Opened, tables: tuple[Table, ...], provenance: Provenance
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": "alleged-stations-atlas",
        "profile": "tabular-data-package",
        "title": _(TITLE),
        "description": f"{_(STRAPLINE)} {_(MEANING)} {_(NOT_MEANING)}",
        "version": file_version(opened.dataset.version),
        "created": f"{opened.snapshot.day.isoformat()}T00:00:00Z",
        "as_of": opened.snapshot.day.isoformat(),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": LICENCE_URL,
            }
        ],
        "resources": [_resource(table) for table in tables],
    }
    # a homepage is an absolute address
    if safe(provenance.link):
        described["homepage"] = provenance.link
    if provenance.notices:
        described["notices"] = list(provenance.notices)
    return described


def _read_me(notes: tuple[Note, ...], tables: tuple[Table, ...]) -> str:
    files = [
        *((f"{table.name}.csv", table.title) for table in tables),
        ("datapackage.json", _("what each file and each column contains")),
        ("LICENSE.txt", _("the licence")),
        ("CITATION.txt", _("how to cite")),
    ]
    # plain text: in Markdown the words of a search could become a link
    parts = [f"{_(TITLE)}\n{'=' * len(_(TITLE))}"]
    parts += [f"{name}:\n{words}" for name, words in notes]
    listed = "\n".join(f"{file}: {words}" for file, words in files)
    heading = _("Files")
    parts.append(f"{heading}:\n{listed}")
    return "\n\n".join(parts)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, inside in files.items():
            entry = ZipInfo(name, _TIME)
            entry.compress_type = ZIP_DEFLATED
            # as on every system, or the bytes would depend on the server's
            entry.create_system, entry.external_attr = _UNIX, _READABLE << 16
            archive.writestr(entry, inside)
    return content.getvalue()


def data_package(opened: Opened, provenance: Provenance) -> bytes:
    """
    Return the selection as a data package.

    Parameters
    ----------
    opened : Opened
        The address.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    bytes
        A .zip file.
    """
    tables = selection_tables(opened, provenance)
    descriptor = _descriptor(opened, tables, provenance)
    texts = {
        "datapackage.json": json.dumps(descriptor, ensure_ascii=False, indent=2),
        "README.txt": _read_me(file_notes(opened, tables, provenance), tables),
        "LICENSE.txt": _licence(),
        "CITATION.txt": file_citation(opened, provenance),
    }
    files = {name: f"{text.rstrip()}\n".encode() for name, text in texts.items()}
    for table in tables:
        # a table has its column of what was ignored already
        content = csv_text(table.names, table.rows, NOWHERE)
        # without a mark: programs that read data packages take UTF-8 for granted
        files[f"{table.name}.csv"] = content.encode()
    return _zipped(files)
