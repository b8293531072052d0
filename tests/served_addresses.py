"""Every address that the application answers, made from its own routes for a ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

from starlette.routing import Route

import app
from geo.link.state import city_code
from geo.model.vocabulary import COUNTRY
from geo.server.allow_list import STREAMLIT_PATHS
from geo.web.assets import AssetFiles
from tests.marked_ledger import key as marked_key
from tests.small_ledger import Rows

Ledger = Mapping[str, Rows]
Address = tuple[str, str]
#: a picture of pixels takes a second and says nothing that can be searched; its SVG is searched
PIXELS = frozenset(
    {"/preview.png", "/figure.png", "/figure-timeline.png", "/favicon.ico", "/favicon.png"}
)


@dataclass(frozen=True)
class Concerned:
    """Ids of the records and events, and codes of the countries, that addresses are made for."""

    records: tuple[str, ...]
    events: tuple[str, ...]
    countries: tuple[str, ...]


#: the values of each route with a parameter: a new one needs a line here, or the tests fail
VALUES: Mapping[str, Callable[[Concerned], Iterable[str]]] = {
    "/s/{code}": lambda concerned: concerned.records,
    "/e/{code}": lambda concerned: concerned.events,
    "/c/{code}": lambda concerned: concerned.countries,
    "/feeds/{country}/events.atom": lambda concerned: concerned.countries,
    "/feeds/{country}/said.atom": lambda concerned: concerned.countries,
    "/feeds/records/{record}.atom": lambda concerned: concerned.records,
    "/feeds/{country}/corrections.atom": lambda concerned: concerned.countries,
    "/api/{rest:path}": lambda concerned: ("nothing", *concerned.records),
    # of all assets there is one copy, which is the same for every ledger
    "/assets/{name:path}": lambda concerned: ("atlas-1/page.js",),
}
#: what a query of an address may name of them
QUERIES: tuple[Callable[[Concerned], Iterable[str]], ...] = (
    lambda concerned: (f"record={i}" for i in concerned.records),
    lambda concerned: (f"event={i}" for i in concerned.events),
    lambda concerned: (f"country={code}" for code in concerned.countries),
    lambda concerned: (f"place={code}" for code in concerned.countries),
    lambda concerned: (f"place={city_code(i)}" for i in concerned.records),
)
PLAIN = ("", "asof=2023-07-01", "layer=coverage", "listed=5000", "rest=1", "q=words")


def searched() -> list[Route]:
    """The routes whose answers are text."""
    return [route for route in app.routes if route.path not in PIXELS]


def everything(ledger: Ledger) -> Concerned:
    """All records, events and countries of a ledger."""
    return Concerned(
        tuple(row["id"] for row in ledger["stations"]),
        tuple(row["id"] for row in ledger["investigations"]),
        tuple(sorted({row["host_country"] for row in ledger["stations"]})),
    )


def _names(name: str, key: str, row: Mapping[str, str]) -> bool:
    """Whether a row of records or events is the one that is meant, or rests on it."""
    if name == "places":
        return "/".join(row.get(f"host_{c}", "") for c in ("country", "region", "city")) == key
    if name == "origins":
        return row.get("origin_province") == key.partition("/")[0]
    return row["id"] == key or key in row["source_ids"].split()


def concerned_by(name: str, key: str, ledger: Ledger) -> Concerned:
    """The records and events that a row is about or that are about it, and their neighbours."""
    events = [row for row in ledger["investigations"] if _names(name, key, row)]
    about = {i for event in events for i in event["about"].split()}
    records = [r for r in ledger["stations"] if r["id"] in about or _names(name, key, r)]
    countries = {row["host_country"] for row in records} | {row["country"] for row in events}
    if "country" in ledger[name][0]:
        countries |= {row["country"] for row in ledger[name] if marked_key(name, row) == key}
    near = [r for r in ledger["stations"] if r["host_country"] in countries]
    ids = {row["id"] for row in (*records, *near)}
    answers = [
        row
        for row in ledger["investigations"]
        if ids & set(row["about"].split())
        or (row["country"] in countries and COUNTRY in row["about"])
    ]
    return Concerned(
        tuple(dict.fromkeys(row["id"] for row in (*records, *near))),
        tuple(dict.fromkeys(row["id"] for row in (*events, *answers))),
        tuple(sorted(countries)),
    )


def paths(route: Route, concerned: Concerned) -> list[str]:
    """The paths of a route."""
    if "{" not in route.path:
        return [route.path]
    named = VALUES[route.path](concerned)
    return [re.sub(r"\{.*\}", partial(_plain, value), route.path) for value in named]


def _plain(value: str, _found: re.Match[str]) -> str:
    return value


def queries(concerned: Concerned, versions: Iterable[str], random: Random) -> list[str]:
    """Queries of each kind, for the newest ledger and for each of some versions."""
    named = [random.choice(found) for kind in QUERIES if (found := list(kind(concerned)))]
    every = (*PLAIN, *named)
    pinned = (f"v={version}&{query}".rstrip("&") for version in versions for query in every)
    return [*every, *pinned]


def some(every: list[str], most: int, random: Random) -> list[str]:
    """So many of a list, or all."""
    return random.sample(every, min(len(every), most))


def addresses(
    concerned: Concerned, versions: list[str], sizes: tuple[int, int], random: Random
) -> list[Address]:
    """
    Addresses of each route.

    Parameters
    ----------
    concerned : Concerned
        What they name.
    versions : list of str
        The releases that they may name.
    sizes : (int, int)
        At most so many paths of a route, and so many queries of a path.
    random : Random
        Picks them.
    """
    found = [
        (path, query)
        for route in searched()
        for path in some(paths(route, concerned), sizes[0], random)
        for query in some(queries(concerned, versions, random), sizes[1], random)
    ]
    return list(dict.fromkeys(found))


def every_address(ledger: Ledger) -> list[Address]:
    """Each route with each record, event and country, and each file of the atlas's own."""
    concerned = everything(ledger)
    found = [(path, "") for route in searched() for path in paths(route, concerned)]
    found += [(path, "") for path in sorted((*AssetFiles().paths, *STREAMLIT_PATHS, "/nowhere"))]
    return list(dict.fromkeys(found))
