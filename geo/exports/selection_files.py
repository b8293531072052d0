"""
The selection as files for download: CSV (RFC 4180) and GeoJSON (RFC 7946).

Their rows come from `geo.exports.rows`, their names from `geo.exports.file_names`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from geo.exports.quotes import quote_objects
from geo.exports.rows import (
    EVENT_COLUMNS,
    RECORD_COLUMNS,
    circumstances,
    event_properties,
    properties,
    quoted,
)
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Selection
from geo.model.entities import Record

#: a spreadsheet runs a cell that begins with one of these (OWASP, CSV injection), or with
#: its full-width form where the keyboard is an East Asian one
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def harmless(cell: str) -> str:
    """Return the cell so that a spreadsheet shows it as text and runs nothing."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell[:1] in _FORMULA else cell


def _csv(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")  # RFC 4180
    writer.writeheader()
    writer.writerows({k: harmless(v) for k, v in row.items()} for row in rows)
    return text.getvalue()


def records_csv(selection: Selection, link: str, imprint: str) -> str:
    """
    Return the selected records as CSV, one row a record.

    Parameters
    ----------
    selection : Selection
        The records of a day.
    link : str
        Address of the view.
    imprint : str
        Who publishes, as a sentence; may be empty.

    Returns
    -------
    str
        The header alone where nothing is selected.
    """
    rows = (properties(r, selection.snapshot, link, imprint) for r in selection.records)
    return _csv(RECORD_COLUMNS, rows)


def events_csv(selection: Selection, link: str, imprint: str) -> str:
    """
    Return the selected events as CSV, one row an event, repeats included.

    Parameters
    ----------
    selection : Selection
        The events of a day.
    link : str
        Address of the view.
    imprint : str
        Who publishes, as a sentence; may be empty.

    Returns
    -------
    str
        The header alone where nothing is selected.
    """
    rows = (event_properties(e, selection.snapshot, link, imprint) for e in selection.events)
    return _csv(EVENT_COLUMNS, rows)


def _properties(record: Record, snapshot: Snapshot, link: str, imprint: str) -> dict[str, Any]:
    """Return the cells of a record's row, with the words of pages as objects."""
    words = quoted(snapshot.standing(record))
    return {
        **properties(record, snapshot, link, imprint),
        **{name: quote_objects(event, snapshot) for name, event in words.items()},
    }


def records_geojson(selection: Selection, link: str, imprint: str) -> str:
    """
    Return the selected records as a GeoJSON FeatureCollection (RFC 7946).

    Parameters
    ----------
    selection : Selection
        The records of a day.
    link : str
        Address of the view.
    imprint : str
        Who publishes, as a sentence; may be empty.

    Returns
    -------
    str
        Points are (lon, lat) in decimal degrees (WGS 84); the geometry of a record without a
        known city is ``null``. The collection has day, version, link and notice too.
    """
    features = []
    for record in selection.records:
        point = None
        if record.point is not None:
            lat, lon = record.point
            point = {"type": "Point", "coordinates": [lon, lat]}
        features.append(
            {
                "type": "Feature",
                "id": record.id,
                "geometry": point,
                "properties": _properties(record, selection.snapshot, link, imprint),
            }
        )
    collection = {
        "type": "FeatureCollection",
        **circumstances(selection.snapshot, link, imprint),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, indent=1)
