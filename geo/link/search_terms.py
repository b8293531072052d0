"""
A query as terms: what a reader has typed, and the places, ids and days that it names.

Each term has the places that it is a name of, in any language, and the strings of which one
must occur in a text that mentions it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geo.model.dates import Interval, spoken
from geo.model.named_days import typed_days
from geo.model.names import country_codes, country_name
from geo.model.place_names import Place, places_by_key
from geo.model.searchable import ORDINARY, key_of, needle, phrase, unified, words
from geo.model.vocabulary import EUROPEAN_UNION

Own = Mapping[str, frozenset[Place]]

#: words of the longest name that is looked up
_LONGEST = 6
_HYPHENS = re.compile("[\u2010-\u2015\u2212\uff0d]")
_DATE = re.compile(r"[0-9-]+\Z")
_EDGE = ".,;:!?()[]\"“”„«»‘’'"


@dataclass(frozen=True, slots=True)
class Term:
    """
    One term of a query.

    Attributes
    ----------
    typed : str
        Its words, as a search compares them.
    needles : tuple of str
        A text mentions the term if one of them occurs in it.
    places : frozenset of Place
        The places that it is a name of; empty for other words.
    day : str
        The date that it is, in words; empty for other words.
    """

    typed: str
    needles: tuple[str, ...]
    places: frozenset[Place] = field(default_factory=frozenset)
    day: str = ""

    def occurs(self, text: str) -> bool:
        """Say whether a searchable text mentions the term."""
        return any(needle in text for needle in self.needles)


def own_name(place: Place) -> str:
    """Return the name of a place in the ledger: of a country, its English name in CLDR."""
    return place.city or place.region or country_name(place.country)


def terms_of(query: str, own: Own, ids: Sequence[str]) -> list[Term]:
    """
    Read a query.

    Parameters
    ----------
    query : str
        As typed.
    own : mapping of str to frozenset of Place
        Places of the ledger by the keys of their own names.
    ids : sequence of str
        Ids of the ledger, sorted.

    Returns
    -------
    list of Term
        All of which a match must have; none for a query without letters and digits.
    """
    terms: list[Term] = []
    rest: list[str] = []
    # ids first, since there are dates in them
    for word in _HYPHENS.sub("-", query).split():
        bare = unified(word).strip(_EDGE)
        begins = _begins(bare, ids) if "-" in bare and not _DATE.match(bare) else ""
        if begins:
            # a whole id is that id; the beginning of one is every id that begins so
            terms.append(Term(bare, (f" {bare} " if begins == bare else f" {bare}",)))
        else:
            rest.append(word)
    days, without = typed_days(" ".join(rest))
    return [*terms, *map(_of_day, days), *_of_words(words(without), own)]


def _begins(start: str, ids: Sequence[str]) -> str:
    """Return the first id that begins so; empty if none does."""
    at = bisect_left(ids, start)
    return ids[at] if at < len(ids) and ids[at].startswith(start) else ""


def _of_day(day: Interval) -> Term:
    in_words = spoken(day.text)
    return Term(day.text, (f" {day.text}", phrase(key_of(in_words))), day=in_words)


def _of_words(typed: Sequence[str], own: Own) -> Iterator[Term]:
    at = 0
    while at < len(typed):
        for end in range(min(len(typed), at + _LONGEST), at, -1):
            key = " ".join(typed[at:end])
            places = _places(key, own, alone=len(typed) == 1)
            if places:
                yield _of_places(key, places, alone=len(typed) == 1)
                break
        else:
            end = at + 1
            yield Term(typed[at], (needle(typed[at]),))
        at = end


def _places(key: str, own: Own, *, alone: bool) -> frozenset[Place]:
    named = own.get(key, frozenset()) | places_by_key().get(key, frozenset())
    if alone and key in ORDINARY:
        named |= places_by_key().get(f"{key}_", frozenset())
    code = key.rstrip("_").upper()
    is_code = code in country_codes() or code == EUROPEAN_UNION
    if is_code and (alone or key.endswith("_") or key not in ORDINARY):
        named |= {Place(code)}
    return named


def _of_places(key: str, places: frozenset[Place], *, alone: bool) -> Term:
    """Make a term that also texts mention which call the places by their own names."""
    names = {key_of(own_name(place)) for place in places}
    # alone, a code is no word of other languages: “de” is not meant in “Rio de Janeiro”
    typed = set() if alone and len(key) == 2 and key.isascii() else {key}
    typed |= {f"{key}_"} if key in ORDINARY else set()
    return Term(key, tuple(sorted(map(phrase, names | typed))), places)
