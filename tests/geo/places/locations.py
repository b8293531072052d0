"""A geocoder's answers, typed by what was asked for: one location, or all of them."""

from __future__ import annotations

from geopy.location import Location

from geo.places.upkeep import Geocoder


def one_location(
    geocoder: Geocoder, query: str, *, country: str, region: str | None = None
) -> Location:
    """Return the one location that a geocoder answers with; fail if it is none, or a list."""
    found = geocoder.geocode(query, exactly_one=True, country=country, region=region)
    assert isinstance(found, Location)
    return found


def all_locations(geocoder: Geocoder, query: str, *, country: str) -> list[Location]:
    """Return all the locations that a geocoder answers with, at least one."""
    found = geocoder.geocode(query, exactly_one=False, country=country, region=None)
    assert isinstance(found, list)
    assert found
    return found
