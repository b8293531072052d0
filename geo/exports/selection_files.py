"""
The selection as files for download: CSV (RFC 4180) and GeoJSON (RFC 7946).

Their rows come from `geo.exports.rows`, their names from `geo.exports.file_names`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from geo.exports.rows import (
    EVENT_COLUMNS,
    RECORD_COLUMNS,
    Provenance,
    circumstances,
    event_properties,
    properties,
)
from geo.link.selection import Selection

#: a spreadsheet runs a cell that begins with one of these (OWASP, CSV injection), or with
#: its full-width form where the keyboard is an East Asian one
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def harmless(cell: str) -> str:
    """Return the cell so that a spreadsheet shows it as text and runs nothing."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell[:1] in _FORMULA else cell


#: the column that says which parts of an address were ignored
IGNORED = "ignored"


def csv_text(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    provenance: Provenance,
    separator: str = ",",
) -> str:
    """
    Write a table as CSV (RFC 4180) with formulas disarmed.

    Parameters
    ----------
    columns : sequence of str
        In order.
    rows : iterable of mapping of str to str
        Cells by column.
    provenance : Provenance
        As for `records_csv`.
    separator : str
        What separates two cells.

    Returns
    -------
    str
        The header alone where there are no rows.
    """
    text = io.StringIO()
    # first, because a spreadsheet shows it there: the rows are not those that were asked for
    said = {IGNORED: " ".join(provenance.ignored)} if provenance.ignored else {}
    names = [*said, *columns]
    # RFC 4180
    writer = csv.DictWriter(text, names, delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({k: harmless(v) for k, v in {**said, **row}.items()} for row in rows)
    return text.getvalue()


def records_csv(selection: Selection, provenance: Provenance, separator: str = ",") -> str:
    """
    Return the selected records as CSV, one row a record.

    Parameters
    ----------
    selection : Selection
        The records of a day.
    provenance : Provenance
        Where the file comes from. If a part of its address was ignored, the first column of
        the file says so.
    separator : str
        What separates two cells.

    Returns
    -------
    str
        The header alone where nothing is selected.
    """
    rows = (properties(r, selection.snapshot, provenance) for r in selection.records)
    return csv_text(RECORD_COLUMNS, rows, provenance, separator)


def events_csv(selection: Selection, provenance: Provenance, separator: str = ",") -> str:
    """
    Return the selected events as CSV, one row an event, repeats included.

    Parameters
    ----------
    selection : Selection
        The events of a day.
    provenance : Provenance
        As for `records_csv`.
    separator : str
        What separates two cells.

    Returns
    -------
    str
        The header alone where nothing is selected.
    """
    rows = (event_properties(e, selection.snapshot, provenance) for e in selection.events)
    return csv_text(EVENT_COLUMNS, rows, provenance, separator)


def records_geojson(selection: Selection, provenance: Provenance) -> str:
    """
    Return the selected records as a GeoJSON FeatureCollection (RFC 7946).

    Parameters
    ----------
    selection : Selection
        The records of a day.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    str
        Points are (lon, lat) in decimal degrees (WGS 84); the geometry of a record without a
        known city is ``null``. Properties are the cells of the CSV file, all of them text. The
        collection has day, version, link, notice and notices too.
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
                "properties": properties(record, selection.snapshot, provenance),
            }
        )
    collection = {
        "type": "FeatureCollection",
        **circumstances(selection.snapshot, provenance),
        "notices": list(provenance.notices),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, indent=1)
