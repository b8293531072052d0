"""
OpenStreetMap's search for what the gazetteer lacks, asked as its rules require.

Nominatim's usage policy (https://operations.osmfoundation.org/policies/nominatim/): an
identifying user agent with a contact, at most one request a second for the whole
application, answers cached, OpenStreetMap credited.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from geopy import exc
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim as GeopyNominatim
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geo.places.cache import Answers
from geo.places.errors import ContactMissing, ServiceUnavailable, WrongCountry
from geo.wording import _

CONTACT = "ATLAS_CONTACT"
SECONDS_BETWEEN = 1.0
TIMEOUT = 30.0  # seconds; geopy's one second is less than a busy server needs


class Pace(RateLimiter):  # type: ignore[misc]
    """
    Limits all geocoders together to one request a second.

    Calls the callable that it is given, once: a service that refuses is not asked again in the
    same run, and the next run asks for what is still missing.

    Parameters
    ----------
    sleep : callable
        Takes seconds.
    clock : callable
        Returns seconds, from any start.
    min_delay_seconds : float
        Between two requests.
    """

    def __init__(
        self,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        min_delay_seconds: float = SECONDS_BETWEEN,
    ) -> None:
        super().__init__(
            lambda request: request(),
            min_delay_seconds=min_delay_seconds,
            max_retries=0,
            # a swallowed error looks like "no such place"
            swallow_exceptions=False,
        )
        self._wait, self._now = sleep, clock

    def _sleep(self, seconds: float) -> None:
        self._wait(seconds)

    def _clock(self) -> float:
        return self._now()


@cache
def shared_pace() -> Pace:
    """Return the pace that all geocoders of this process share."""
    return Pace()


def user_agent(environment: Mapping[str, str]) -> str:
    """
    Return the user agent of the atlas, with the contact that the policy requires.

    Parameters
    ----------
    environment : mapping of str to str
        Where ``ATLAS_CONTACT`` is looked up: a mail address or a web address.

    Raises
    ------
    ContactMissing
        When it is missing or is no address.
    """
    contact = environment.get(CONTACT, "").strip()
    is_address = "@" in contact or contact.startswith(("https://", "http://"))
    # it becomes a line of an HTTP request: nothing that could end that line
    if not (is_address and contact.isascii() and contact.isprintable() and " " not in contact):
        message = _(
            "Nominatim answers only clients that identify themselves. Set {variable} to your "
            "e-mail or web address, for example {variable}=desk@newsroom.example, and try "
            "again. No request was made."
        )
        raise ContactMissing(message.format(variable=CONTACT))
    return f"AllegedStationsAtlas/1 ({contact})"


class Nominatim:
    """
    Find cities in OpenStreetMap by geopy's Nominatim, politely.

    Parameters
    ----------
    user_agent : str
        What ``user_agent`` returned.
    cache_file : Path
        JSON file with the answers given so far; made if it is missing.
    adapter_factory : callable or None
        As in geopy: what makes the requests. Tests give one that makes none.
    pace : Pace or None
        None: the one of the whole process.
    today : callable
        Returns the day, for the cache.
    """

    source = "nominatim"
    attribution = "© OpenStreetMap contributors, ODbL"

    def __init__(
        self,
        *,
        user_agent: str,
        cache_file: Path,
        adapter_factory: Callable[..., Any] | None = None,
        pace: Pace | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._service = GeopyNominatim(
            user_agent=user_agent, timeout=TIMEOUT, adapter_factory=adapter_factory
        )
        self._pace = pace or shared_pace()
        self._answers = Answers(cache_file, attribution=self.attribution, today=today)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country: str,
        region: str | None = None,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """
        Return the city of that name in that country; asks only what the cache lacks.

        Parameters
        ----------
        query : str
            A city's name.
        exactly_one : bool
            False wraps the one answer in a list, as geopy does.
        country : str
            ISO 3166-1 alpha-2.
        region : str or None
            The region that contains the city, in words.
        timeout : float or None
            Seconds for this request only; None waits for ever.

        Returns
        -------
        geopy.location.Location, list of Location, or None
            The point is (lat, lon), degrees in WGS 84. ``raw`` has ``name``, ``country``,
            ``population`` (0: Nominatim does not say), ``alternatives`` (0), ``region_used``
            and ``gazetteer_id`` (``node/…``, ``relation/…``). None when nothing fits.

        Raises
        ------
        WrongCountry
            When the answer lies elsewhere or does not say where.
        ServiceUnavailable
            When the service cannot be reached, refuses, or its answer cannot be read.
        FileBroken, FileUnusable
            When the cache cannot be read or written.
        """
        code = country.strip().upper()
        asked = {"city": query.strip(), "state": (region or "").strip()}
        key = json.dumps([code, asked["state"], asked["city"]], ensure_ascii=False)
        known, answer = self._answers.get(key)
        if not known:
            answer = self._ask({k: v for k, v in asked.items() if v}, code, timeout)
            self._answers.put(key, answer)
        if answer is None:
            return None
        location = _location(answer, query, code, region_used=bool(asked["state"]))
        return location if exactly_one else [location]

    def _ask(
        self, asked: Mapping[str, str], country: str, timeout: object
    ) -> dict[str, Any] | None:
        def request() -> Location | None:
            return self._service.geocode(
                asked,
                country_codes=country.lower(),
                addressdetails=True,
                # cities, towns and villages: nothing finer may ever become a point
                featuretype="city",
                language="en",
                timeout=timeout,
            )

        try:
            location = self._pace(request)
            return None if location is None else _reduced(location)
        # geopy does not check an answer's form: another one raises any of these errors
        except (exc.GeopyError, LookupError, ValueError, TypeError, AttributeError) as error:
            message = _(
                "Nominatim gave no usable answer ({why}). Earlier results are kept; try again "
                "later."
            )
            raise ServiceUnavailable(message.format(why=error)) from error


def _reduced(location: Location) -> dict[str, Any]:
    # only what a row needs: an answer may contain streets and businesses
    raw = location.raw
    return {
        "latitude": location.latitude,
        "longitude": location.longitude,
        "name": str(raw.get("name") or ""),
        "country": str((raw.get("address") or {}).get("country_code", "")).upper(),
        "gazetteer_id": f"{raw.get('osm_type', '')}/{raw.get('osm_id', '')}",
    }


def _location(answer: Mapping[str, Any], name: str, country: str, *, region_used: bool) -> Location:
    # checked on every use, so an old answer in the cache is refused as well
    if answer["country"] != country:
        message = _("Nominatim named no country for {name} ({country}); the answer was rejected.")
        if answer["country"]:
            message = _("Nominatim placed {name} ({country}) in {where}; the answer was rejected.")
        raise WrongCountry(message.format(name=name, country=country, where=answer["country"]))
    raw = {
        "name": answer["name"] or name,
        "country": country,
        "population": 0,
        "alternatives": 0,
        "region_used": region_used,
        "gazetteer_id": answer["gazetteer_id"],
    }
    return Location(f"{name}, {country}", (answer["latitude"], answer["longitude"]), raw)
