"""
Write a large invented ledger, always the same for the same seed, to measure with.

``python tools/synthetic.py FOLDER`` makes 10,000 records in 2,000 cities of 150 countries
with 20,000 events. Nothing in it was ever claimed: every text says that it is synthetic.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.model.vocabulary import EVENT_TYPES, JURISDICTIONS, MAY_SET  # noqa: E402
from geo.views.anchors import anchors  # noqa: E402

PROVINCE_OF = {"fuzhou": "CN-FJ", "nantong": "CN-JS"}
ANSWERS = (
    ("inquiry_opened", "host_authority"),
    ("told_to_stop", "host_authority"),
    ("no_place_found", "host_authority"),
    ("statement", "host_authority"),
    ("answer_by_china", "china"),
    ("answer_by_named_party", "named_party"),
)
FIRST, DAYS = date(2022, 9, 1), 1200


def _rows(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def _write(folder: Path, name: str, rows: Iterable[dict[str, str]]) -> None:
    columns = _rows(ROOT / "data" / f"{name}.csv")
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _cities(chance: random.Random, size: int, countries: list[str]) -> list[dict[str, str]]:
    cities = []
    for number in range(size):
        code = countries[number % len(countries)]
        lat, lon = anchors()[code]
        # within the tolerance of a country's outline, so that the checks pass
        lat, lon = lat + chance.uniform(-0.2, 0.2), lon + chance.uniform(-0.2, 0.2)
        cities.append(
            {
                "country": code,
                "city": f"Synthetic {_letters(number)}",
                "latitude": f"{lat:.2f}",
                "longitude": f"{lon:.2f}",
                "precision": "city",
                "geocoder": "manual",
                "geocoded_on": "2026-11-21",
                "attribution": "synthetic",
            }
        )
    return cities


def _letters(number: int) -> str:
    text = ""
    while True:
        number, rest = divmod(number, 26)
        text = chr(97 + rest) + text
        if not number:
            return text


def _record(chance: random.Random, city: dict[str, str], number: int) -> dict[str, str]:
    slug = city["city"].lower().replace(" ", "-")
    origin = chance.choice([*JURISDICTIONS, ""])
    return {
        "id": f"{city['country'].lower()}-{slug}-{number}",
        "host_country": city["country"],
        "host_city": city["city"],
        "origin_city": JURISDICTIONS[origin][0] if origin else "",
        "origin_province": PROVINCE_OF.get(origin, "CN-ZJ") if origin else "",
        "claim_list": chance.choice(["ngo-2022-09", "ngo-2022-12", "other"]),
        "claimed_function": "unspecified",
        "summary": "A synthetic record: nobody has claimed it.",
        "review": "publish",
        "last_checked": "2026-11-21",
        "source_ids": "synthetic-1",
    }


def _event(record: dict[str, str], day: date, kind: str, actor: str, number: int) -> dict[str, str]:
    sets = next(iter(sorted(EVENT_TYPES[kind].usual & MAY_SET.get(actor, frozenset()))), "")
    return {
        "id": f"{record['id'][:2]}-{day.isoformat()}-{kind.replace('_', '-')}-{number}",
        "country": record["host_country"],
        "said_on": day.isoformat(),
        "said_on_basis": "statement",
        "event_type": kind,
        "actor_type": actor,
        "authority": "a synthetic speaker",
        "summary": "Synthetic words that nobody has spoken.",
        "about": record["id"],
        "sets": sets,
        "source_ids": "synthetic-1",
    }


def write(folder: Path, *, records: int, cities: int, countries: int, events: int) -> None:
    """
    Write the ledger into a folder.

    Parameters
    ----------
    folder : Path
        Made if it is missing; its files are replaced.
    records, cities, countries, events : int
        How many of each; every record has one claim among its events.
    """
    chance = random.Random(2026)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "data" / "withheld.csv", folder)
    codes = sorted(anchors())[:countries]
    places = _cities(chance, cities, codes)
    rows = [_record(chance, places[i % cities], i // cities + 1) for i in range(records)]
    said = []
    for number in range(events):
        record = rows[number % records]
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        kind, actor = ("claim", "ngo") if number < records else chance.choice(ANSWERS)
        said.append(_event(record, FIRST if kind == "claim" else day, kind, actor, number))
    source = {
        "id": "synthetic-1",
        "url": "https://example.org/synthetic",
        "publisher": "Synthetic",
        "language": "en",
        "kind": "news",
        "class": "independent_press",
    }
    _write(folder, "places", places)
    _write(folder, "stations", sorted(rows, key=lambda row: row["id"]))
    _write(folder, "investigations", sorted(said, key=lambda e: (e["country"], e["said_on"])))
    _write(folder, "sources", [source])
    for name in ("counts", "origins", "excluded"):
        _write(folder, name, [])


def main() -> None:
    """Write the ledger that the benchmark uses, or one of another size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for name, size in (("records", 10_000), ("cities", 2_000), ("countries", 150)):
        parser.add_argument(f"--{name}", type=int, default=size)
    parser.add_argument("--events", type=int, default=20_000)
    write(**vars(parser.parse_args()))


if __name__ == "__main__":
    main()
