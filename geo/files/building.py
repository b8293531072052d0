"""Entities from rows that have passed their checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.files.tables import Row
from geo.model.dates import Interval, parse
from geo.model.entities import Correction, Count, Event, Excluded, Origin, Quotation, Record, Source
from geo.model.vocabulary import COUNTRY, ELSEWHERE

#: value in the register for a row that was added or removed
ROW = "(row)"


def words(cell: str) -> tuple[str, ...]:
    """List the entries of a cell with several of them: ids and codes, separated by spaces."""
    return tuple(cell.split())


def source(row: Row) -> Source:
    """Build a source from a row of sources.csv."""
    return Source(
        id=row["id"],
        url=row["url"],
        archive_url=row["archive_url"],
        publisher=row["publisher"],
        via=row["via"],
        title=row["title"],
        published=row["published"],
        language=row["language"],
        kind=row["kind"],
        source_class=row["class"],
    )


def event(row: Row) -> Event:
    """Build an event from a row of investigations.csv."""
    elsewhere = row["about"] == ELSEWHERE
    happened: Interval | None = parse(row["happened_on"]) if row["happened_on"] else None
    return Event(
        id=row["id"],
        country=row["country"],
        said=parse(row["said_on"]),
        said_on_basis=row["said_on_basis"],
        happened=happened,
        event_type=row["event_type"],
        actor_type=row["actor_type"],
        authority=row["authority"],
        summary=row["summary"],
        about=(COUNTRY,) if elsewhere else words(row["about"]),
        sets=row["sets"],
        repeat_of=row["repeat_of"],
        differs_from=words(row["differs_from"]),
        note=row["note"],
        sources=words(row["source_ids"]),
        position=row.number,
        elsewhere=elsewhere,
    )


def quotation(row: Row) -> Quotation:
    """Build a quotation from a row of quotes.csv."""
    return Quotation(
        event=row["event"],
        source=row["source"],
        text=row["quote"],
        language=row["language"],
        translation=row["translation"],
        speech=row["speech"],
    )


def count(row: Row) -> Count:
    """Build a claimed figure from a row of counts.csv."""
    return Count(
        id=row["id"],
        country=row["country"],
        subject=row["subject"],
        value=int(row["value"]),
        unit=row["unit"],
        period=row["period"],
        claimed_by=row["claimed_by"],
        actor_type=row["actor_type"],
        claimed_on=row["claimed_on"],
        note=row["note"],
        sources=words(row["source_ids"]),
    )


def origin(row: Row) -> Origin:
    """Build a jurisdiction from a row of origins.csv."""
    return Origin(
        province=row["origin_province"],
        city=row["origin_city"],
        public_body=row["public_body"],
        first_known=row["first_known_date"],
        claimed=row["stations_claimed"],
        note=row["note"],
        sources=words(row["source_ids"]),
    )


def excluded(row: Row) -> Excluded:
    """Build an excluded case from a row of excluded.csv."""
    return Excluded(row["country"], row["what"], row["why"], row["decided_on"])


def correction(row: Row) -> Correction:
    """Build an entry of the register from a row of corrections.csv."""
    return Correction(
        id=row["id"],
        date=row["date"],
        record=row["record"],
        field=row["field"],
        before=row["before"],
        after=row["after"],
        reason=row["reason"],
        stood_days=int(row["stood_days"]) if row["stood_days"] else None,
    )


#: (country, region, city) as in places.csv -> (lat, lon) in decimal degrees (WGS 84)
Points = Mapping[tuple[str, str, str], tuple[float, float]]


def record(row: Row, known: Points) -> Record:
    """
    Build a record from a row of stations.csv.

    Parameters
    ----------
    row : Row
        A row that has passed its checks.
    known : Mapping
        The points of all known places, as `points` returns them.

    Returns
    -------
    Record
        Its point is None where ``known`` lacks its place.
    """
    place = (row["host_country"], row["host_region"], row["host_city"])
    return Record(
        id=row["id"],
        host_country=row["host_country"],
        host_city=row["host_city"],
        host_region=row["host_region"],
        place_label=row["place_label"],
        origin_province=row["origin_province"],
        origin_city=row["origin_city"],
        claim_list=row["claim_list"],
        functions=words(row["claimed_function"]),
        said_open_from=row["said_open_from"],
        summary=row["summary"],
        last_checked=row["last_checked"],
        sources=words(row["source_ids"]),
        point=known.get(place),
    )


def points(rows: Iterable[Row]) -> Points:
    """Return the points of the rows of places.csv that have coordinates."""
    return {
        (r["country"], r["region"], r["city"]): (float(r["latitude"]), float(r["longitude"]))
        for r in rows
        if r["latitude"] and r["longitude"]
    }
