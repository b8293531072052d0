"""What an endpoint of the data API and the feeds is, and the media types of their answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.exports.file_parameters import CsvForm
from geo.exports.rows import Provenance
from geo.link.opening import Opened
from geo.model.columns import Column

CSV = "text/csv; charset=utf-8"
GEOJSON = "application/geo+json; charset=utf-8"
JSON = "application/json; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"

#: from an address, what its rows say of their origin, and the form of CSV, to the content
Build = Callable[[Opened, Provenance, CsvForm], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """
    One selection as a file.

    Attributes
    ----------
    ending, kind : str
        Of its name, as `geo.exports.file_names.file_name` takes them.
    page : str
        Path of the page that shows the selection, for the link inside.
    build : callable
        Writes it.
    columns : tuple of Column
        Of its rows, with their meaning; empty where they have other names.
    """

    ending: str
    kind: str
    page: str
    build: Build
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """
    One endpoint, or one for each country if ``{country}`` is in its path.

    Attributes
    ----------
    path : str
        As Starlette and OpenAPI write it.
    title, words : str
        Its answer, in a line and in a paragraph.
    media_type : str
        Of the answer.
    example : str
        A query that shows its use.
    takes : str
        Which parameters count: ``all``, ``ledger`` (the day and the version), or none.
    file : File or None
        How its content is made; None unless it is a file of a selection.
    """

    path: str
    title: str
    words: str
    media_type: str
    example: str = ""
    takes: str = "all"
    file: File | None = None
