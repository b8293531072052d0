"""The card that a link opens: whether the ledger has it, and what is said of one withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

from geo.ledger.dataset import Dataset
from geo.link.ignored import Ignored
from geo.link.nearness import MOST, near_ids
from geo.link.normalising import read_query
from geo.link.parameters import CARDS, parameter
from geo.link.state import city_code
from geo.model.dates import spoken
from geo.wording import _


def can_open(dataset: Dataset, kind: str, code: str) -> bool:
    """
    Say whether the ledger can open a card.

    Parameters
    ----------
    dataset : Dataset
        The ledger.
    kind : str
        One of `CARDS`.
    code : str
        As in a link: an id, a country's code or a city's.

    Returns
    -------
    bool
        True for every country, also one without records.
    """
    if kind == "record":
        return code in dataset.records_by_id
    if kind == "event":
        return code in dataset.events_by_id
    cities = (city_code(r.id) for r in dataset.records if r.host_city)
    return code in parameter("country").codes or code in cities


def opening(query: str, **card: str) -> str:
    """
    Return a query that opens one card and no other.

    Parameters
    ----------
    query : str
        As it was sent; the cards that it names are left out.
    **card : str
        The card, by its name in a link; none for no card at all.

    Returns
    -------
    str
        Percent-encoded.
    """
    sent = parse_qsl(query, keep_blank_values=True)
    pairs = [(name, value) for name, value in sent if name not in CARDS]
    return urlencode([*pairs, *card.items()])


def other_cards(query: str, code: str) -> Iterator[Ignored]:
    """
    Yield the cards of a query whose path names a card, which alone counts.

    Parameters
    ----------
    query : str
        As it was sent.
    code : str
        Of the card in the path.

    Yields
    ------
    Ignored
        The first of each kind.
    """
    read = read_query(query)
    for name in CARDS:
        # a link may have thousands
        if other := next((one for one in read.get(name, ()) if one != code), ""):
            yield Ignored(name, other, _("this is the address of another card"))


def other_countries(countries: Sequence[str], country: str) -> Iterator[Ignored]:
    """
    Yield the countries of a query whose path names a country, which alone counts.

    Parameters
    ----------
    countries : sequence of str
        Codes in the filters.
    country : str
        Code of the path; empty for a path without one.

    Yields
    ------
    Ignored
        One for each other country.
    """
    for code in countries if country else ():
        if code != country:
            yield Ignored("country", code, _("this is the address of another country"))


def near_cards(dataset: Dataset, text: str) -> tuple[tuple[str, str], ...]:
    """
    Return the cards that a damaged id may have been meant for.

    Parameters
    ----------
    dataset : Dataset
        The ledger, without what is withheld.
    text : str
        What the link has.

    Returns
    -------
    tuple of (str, str)
        Their kinds and ids, few of them.
    """
    kinds = (("record", dataset.records_by_id), ("event", dataset.events_by_id))
    return tuple((kind, code) for kind, ids in kinds for code in near_ids(text, ids))[:MOST]


def withdrawn_words(name: str, since: str) -> str:
    """
    Say since when a record or an event is gone.

    Parameters
    ----------
    name : str
        ``record``, or anything else for an event.
    since : str
        The day (``YYYY-MM-DD``).

    Returns
    -------
    str
        A sentence without the id, which can name a place, and without the ground.
    """
    form = (
        _("The record in this link was withdrawn on {date}.")
        if name == "record"
        else _("The entry in this link was withdrawn on {date}.")
    )
    return form.format(date=spoken(since))


def withdrawal(query: Mapping[str, Sequence[str]], dataset: Dataset) -> str:
    """
    Say that the card which a link would open was withdrawn.

    Parameters
    ----------
    query : mapping of str to sequence of str
        As `geo.link.permalink.parse_query` returns it.
    dataset : Dataset
        The ledger.

    Returns
    -------
    str
        One of the notices of `geo.link.permalink.decode`; empty where there is no such notice.
    """
    for name in CARDS:
        code = next((value for value in reversed(query.get(name, ())) if value), "")
        if code and can_open(dataset, name, code):
            return ""
        if name != "place" and code in dataset.withdrawn:
            return withdrawn_words(name, dataset.withdrawn[code])
    return ""
