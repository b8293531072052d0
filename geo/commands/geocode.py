"""``python -m geo geocode``: fill places.csv for the places that lack a row."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence

from geo.commands.arguments import add_data
from geo.commands.printing import say
from geo.files.tables import Problem
from geo.files.writing import sweep_drafts
from geo.invocation import command_line
from geo.ledger.dataset import today
from geo.paths import PROJECT, data_folder
from geo.places.places_csv import (
    PLACES,
    STATIONS,
    Place,
    places_text,
    read_places,
    read_stations,
    write_places,
)
from geo.places.review import COARSE_ENOUGH
from geo.places.upkeep import Candidate, Find, Geocoder, Outcome, fill
from geo.wording import _, ngettext

NAME = "geocode"
HELP = "add missing rows to places.csv"

CACHE = PROJECT / ".cache" / "nominatim.json"
_OTHERS_SHOWN = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ``--data``, ``--online`` and ``--dry-run``."""
    add_data(parser)
    parser.add_argument(
        "--online",
        action="store_true",
        help="ask OpenStreetMap’s Nominatim for whatever the offline gazetteer lacks; needs "
        "ATLAS_CONTACT (your e-mail or web address)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the new rows and write nothing"
    )


def run(arguments: argparse.Namespace, *, geocoders: Sequence[Geocoder] | None = None) -> int:
    """
    Fill places.csv, and print what was chosen, what was not found and what looks too small.

    Parameters
    ----------
    arguments : argparse.Namespace
        As `add_arguments` declares them.
    geocoders : sequence of Geocoder or None
        Asked in this order; None: the gazetteer, and Nominatim with ``--online``.

    Returns
    -------
    int
        0 when every place has a row, 1 when one lacks it or a row of stations.csv had to be
        set aside. New places are written in both cases.

    Raises
    ------
    PlaceError
        When a file cannot be read or written, the gazetteer is not installed, or
        ``--online`` lacks a contact. places.csv is then as it was.
    """
    # imported here: the other commands need neither geopy nor the gazetteer
    from geo.places.gazetteer import country_codes

    folder = arguments.data or data_folder()
    file = folder / PLACES
    if geocoders is None:
        geocoders = _geocoders(online=arguments.online)
    if not arguments.dry_run:
        sweep_drafts(file)
    existing = read_places(file)
    places, problems = read_stations(folder / STATIONS, countries=country_codes())
    outcome = fill(places, existing, geocoders, today=today(), progress=_progress)
    is_new = bool(outcome.finds or outcome.coarse)
    # a file with nothing to add is not touched, not even to sort it
    if is_new and not arguments.dry_run:
        write_places(file, outcome.rows)
    say(*_report(outcome, problems, dry_run=arguments.dry_run))
    return 1 if outcome.misses or problems else 0


def _geocoders(*, online: bool) -> list[Geocoder]:
    from geo.places.gazetteer import Gazetteer
    from geo.places.nominatim import Nominatim, user_agent

    offline = Gazetteer()
    if not online:
        return [offline]
    return [offline, Nominatim(user_agent=user_agent(os.environ), cache_file=CACHE)]


def _progress(places: Sequence[Place]) -> Iterable[Place]:
    from tqdm import tqdm

    # disable=None: no bar without a terminal, and none for a run that is over at once
    bar: Iterable[Place] = tqdm(
        places, desc="Looking up cities", unit="city", disable=None, delay=0.5, leave=False
    )
    return bar


def _report(outcome: Outcome, problems: Sequence[Problem], *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        new = [*outcome.coarse, *(find.row for find in outcome.finds)]
        yield from places_text(new, header=False).splitlines()
    for find in outcome.finds:
        yield from _remarks(find)
    for row in outcome.unused:
        unused = _("{file}: no record uses {place} any more; its row stays.")
        yield unused.format(file=PLACES, place=row.place)
    for problem in problems:
        yield str(problem)
    for miss in outcome.misses:
        yield _("Not found: {place}: {reason}.").format(place=miss.place, reason=miss.reason)
    if outcome.misses:
        advice = _(
            "Correct the name, run `{command}`, or add a row with geocoder manual to {file}."
        )
        yield advice.format(command=command_line(NAME, "--online"), file=PLACES)
    yield _summary(outcome, len(problems), dry_run=dry_run)


def _remarks(find: Find) -> Iterator[str]:
    place, chosen = find.row.place, find.chosen
    if find.others:
        others = [_described(other) for other in find.others[:_OTHERS_SHOWN]]
        if len(find.others) > _OTHERS_SHOWN:
            further = len(find.others) - _OTHERS_SHOWN
            others.append(ngettext("{n} more", "{n} more", further))
        chose = _("{place}: chose {chosen} over {others}.")
        yield chose.format(place=place, chosen=_described(chosen), others=", ".join(others))
    if place.region and not find.region_used:
        ignored = _("{place}: the gazetteer does not know the region {region}; not used.")
        yield ignored.format(place=place, region=place.region)
    if not chosen.population:
        yield _("{place}: population unknown. Is this coarse enough?").format(place=place)
    elif chosen.population < COARSE_ENOUGH:
        yield ngettext(
            "{place}: {n} person. Is this coarse enough?",
            "{place}: {n} people. Is this coarse enough?",
            chosen.population,
            place=place,
        )


def _described(candidate: Candidate) -> str:
    people = _("population unknown")
    if candidate.population:
        people = ngettext("{n} person", "{n} people", candidate.population)
    form = _("{name} ({people}, id {id})")
    if candidate.region:
        form = _("{name} (region {region}, {people}, id {id})")
    return form.format(
        name=candidate.name, region=candidate.region, people=people, id=candidate.gazetteer_id
    )


def _summary(outcome: Outcome, set_aside: int, *, dry_run: bool) -> str:
    added = (
        _("{cities} and {coarse} would be added") if dry_run else _("{cities} and {coarse} added")
    )
    parts = [
        added.format(
            cities=ngettext("{n} city", "{n} cities", len(outcome.finds)),
            coarse=ngettext(
                "{n} country or region", "{n} countries or regions", len(outcome.coarse)
            ),
        ),
        ngettext("{n} not found", "{n} not found", len(outcome.misses)),
    ]
    if set_aside:
        parts.append(
            ngettext(
                "{n} row of {file} set aside",
                "{n} rows of {file} set aside",
                set_aside,
                file=STATIONS,
            )
        )
    parts.append(ngettext("{n} row in all", "{n} rows in all", len(outcome.rows)))
    return f"{PLACES}: {'; '.join(parts)}."
