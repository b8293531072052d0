"""Sentences about a search: what it has found in which place, and how its words were read."""

from __future__ import annotations

from collections.abc import Iterable

from geo.link.search import Search, places_of
from geo.link.search_terms import Term, own_name
from geo.link.selection import Selection
from geo.model.names import country_name, in_a_sentence
from geo.model.place_names import Place
from geo.model.searchable import key_of
from geo.wording import _, alternatives, ngettext


def search_summary(selection: Selection) -> str:
    """
    Say how many records are in the place that the query names, and how many only mention it.

    Parameters
    ----------
    selection : Selection
        Whose records are counted, so that other filters count too.

    Returns
    -------
    str
        “1 record in Amsterdam; 12 more mention it.”; empty without a query.
    """
    search, query = selection.search, bare(selection.filters.q)
    if search is None:
        return ""
    in_place, total = len(selection.in_place), len(selection.records)
    whole = all(term.places for term in search.terms)
    if not total:
        if search.places and whole:
            return _("No record is in {place}.").format(place=_names(search.places))
        return _("No record matches “{query}”.").format(query=query)
    if not search.places:
        return _of_words(search, query, in_place, total - in_place)
    if not in_place:
        return _only_mentioned(search, query, total, whole)
    return _in_places(selection, whole)


def bare(query: str) -> str:
    """Return a query without quotation marks and spaces at its ends."""
    return query.strip(' "“”„«»')


def _of_words(search: Search, query: str, in_place: int, more: int) -> str:
    if len(search.terms) == 1 and search.terms[0].day:
        return ngettext(
            "{n} record has an entry dated {date}.",
            "{n} records have entries dated {date}.",
            more,
            date=search.terms[0].day,
        )
    if not in_place:
        return ngettext(
            "{n} record mentions “{query}”.", "{n} records mention “{query}”.", more, query=query
        )
    first = ngettext("{n} record for “{query}”", "{n} records for “{query}”", in_place, query=query)
    return _and_more(first, more)


def _and_more(first: str, more: int) -> str:
    if not more:
        return _("{records}.").format(records=first)
    return ngettext(
        "{records}; {n} more mentions it.", "{records}; {n} more mention it.", more, records=first
    )


def _only_mentioned(search: Search, query: str, total: int, whole: bool) -> str:
    if not whole:
        return _of_words(search, query, 0, total)
    place = _names(search.places)
    return ngettext(
        "No record is in {place}; {n} mentions it.",
        "No record is in {place}; {n} mention it.",
        total,
        place=place,
    )


def _in_places(selection: Selection, whole: bool) -> str:
    assert selection.search is not None  # asked for selections with a query only
    in_place, query = selection.in_place, bare(selection.filters.q)
    where = frozenset().union(*map(places_of, in_place)) & selection.search.places
    # of “Amsterdam Netherlands” the narrowest: the country is where the city is
    narrow = {p for p in where if p.city or p.region} or where
    place = _names(narrow)
    more = len(selection.records) - len(in_place)
    if whole:
        first = ngettext(
            "{n} record in {place}", "{n} records in {place}", len(in_place), place=place
        )
        return _and_more(first, more)
    first = ngettext(
        "{n} record in {place} matches “{query}”",
        "{n} records in {place} match “{query}”",
        len(in_place),
        place=place,
        query=query,
    )
    return _and_more(first, more)


def _names(places: Iterable[Place]) -> str:
    """Name places as they are named inside a sentence."""
    return alternatives(sorted({_in(place) for place in places}))


def _in(place: Place) -> str:
    return place.city or place.region or in_a_sentence(place.country)


def read_as(selection: Selection) -> list[tuple[str, str]]:
    """
    List the words of a query that are another name of a place.

    Parameters
    ----------
    selection : Selection
        With or without a query.

    Returns
    -------
    list of (str, str)
        The words and the place: “Wien”, “Vienna, Austria”. Case and accents are folded where
        a query has more than the name. Without names that the ledger itself uses.
    """
    search = selection.search
    if search is None:
        return []
    whole = len(search.terms) == 1
    return [
        (
            bare(selection.filters.q) if whole else term.typed.rstrip("_"),
            alternatives(sorted(_with_country(place) for place in term.places)),
        )
        for term in search.terms
        if term.places and not _own(term)
    ]


def _own(term: Term) -> bool:
    return any(key_of(own_name(place)) == term.typed for place in term.places)


def _with_country(place: Place) -> str:
    if place == Place(place.country):
        return country_name(place.country)
    return f"{own_name(place)}, {country_name(place.country)}"
