"""One row of a file that has passed its checks, as the thing that it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.files.tables import Row
from geo.model.dates import Interval, parse
from geo.model.entities import Correction, Count, Event, Excluded, Origin, Record, Source

#: stands in the register for a row that was added or removed
ROW = "(row)"


def words(cell: str) -> tuple[str, ...]:
    """The entries of a cell that holds a list: ids and codes, a space between them."""
    return tuple(cell.split())


def source(row: Row) -> Source:
    """Build a source from a row of sources.csv."""
    return Source(
        row["id"],
        row["url"],
        row["archive_url"],
        row["publisher"],
        row["via"],
        row["title"],
        row["published"],
        row["language"],
        row["kind"],
        row["class"],
    )


def event(row: Row) -> Event:
    """Build an event from a row of investigations.csv."""
    happened: Interval | None = parse(row["happened_on"]) if row["happened_on"] else None
    return Event(
        row["id"],
        row["country"],
        parse(row["said_on"]),
        row["said_on_basis"],
        happened,
        row["event_type"],
        row["actor_type"],
        row["authority"],
        row["summary"],
        words(row["about"]),
        row["sets"],
        row["repeat_of"],
        words(row["differs_from"]),
        row["note"],
        words(row["source_ids"]),
        row.number,
    )


def count(row: Row) -> Count:
    """Build a claimed number from a row of counts.csv."""
    return Count(
        row["id"],
        row["country"],
        row["subject"],
        int(row["value"]),
        row["unit"],
        row["period"],
        row["claimed_by"],
        row["actor_type"],
        row["claimed_on"],
        row["note"],
        words(row["source_ids"]),
    )


def origin(row: Row) -> Origin:
    """Build a jurisdiction from a row of origins.csv."""
    return Origin(
        row["origin_province"],
        row["origin_city"],
        row["public_body"],
        row["first_known_date"],
        row["stations_claimed"],
        row["note"],
        words(row["source_ids"]),
    )


def excluded(row: Row) -> Excluded:
    """Build what was left out from a row of excluded.csv."""
    return Excluded(row["country"], row["what"], row["why"], row["decided_on"])


def correction(row: Row) -> Correction:
    """Build an entry of the register from a row of corrections.csv."""
    return Correction(
        row["id"],
        row["date"],
        row["record"],
        row["field"],
        row["before"],
        row["after"],
        row["reason"],
        int(row["stood_days"]) if row["stood_days"] else None,
    )


#: (country, region, city) as in places.csv -> (lat, lon) in decimal degrees (WGS 84)
Points = Mapping[tuple[str, str, str], tuple[float, float]]


def record(row: Row, known: Points) -> Record:
    """Build a record from a row of stations.csv and the points of all known places."""
    place = (row["host_country"], row["host_region"], row["host_city"])
    return Record(
        row["id"],
        row["host_country"],
        row["host_city"],
        row["host_region"],
        row["place_label"],
        row["origin_province"],
        row["origin_city"],
        row["claim_list"],
        words(row["claimed_function"]),
        row["said_open_from"],
        row["summary"],
        row["last_checked"],
        words(row["source_ids"]),
        known.get(place),
    )


def points(rows: Iterable[Row]) -> Points:
    """The places of places.csv that have coordinates."""
    return {
        (r["country"], r["region"], r["city"]): (float(r["latitude"]), float(r["longitude"]))
        for r in rows
        if r["latitude"] and r["longitude"]
    }
