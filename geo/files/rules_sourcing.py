"""Rules about what rests on which pages: weak sources, publishers, passing addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, urlsplit

from geo.files.building import words
from geo.files.tables import Problem, Row, Tables, at, quoted
from geo.model.dates import lenient
from geo.model.text import fold
from geo.model.vocabulary import COUNTRY, HOST, WEAK_CLASSES
from geo.wording import _


def weak_host_word(tables: Tables) -> Iterator[Problem]:
    """
    Warn of records whose newest word of a host authority rests on weak sources alone.

    That is the newest one about the record or, where there is none, about its country: the one
    on its card. An event has one warning, however many records it answers.
    """
    classes = {row["id"]: row["class"] for row in tables["sources"].rows}
    table = tables["investigations"]
    newest = _newest_host_words(tables)
    for row in table.rows:
        pages = [classes[i] for i in words(row["source_ids"]) if i in classes]
        if row["id"] in newest and pages and WEAK_CLASSES.issuperset(pages):
            message = _(
                "is the newest word of a host authority on {record} and rests on {classes} alone: "
                "cite an official or independent page"
            ).format(record=newest[row["id"]], classes=_(" and ").join(sorted(set(pages))))
            yield at(table, row, "source_ids", "weak-host-word", message, warning=True)


def _newest_host_words(tables: Tables) -> dict[str, str]:
    """Return, by id of an event, the first record whose newest host word it is."""
    of_record: dict[str, Row] = {}
    of_country: dict[str, Row] = {}
    for row in sorted(tables["investigations"].rows, key=_order):
        if row["actor_type"] == HOST and lenient(row["said_on"]):
            about = words(row["about"])
            of_country.update({row["country"]: row} if COUNTRY in about else {})
            of_record.update(dict.fromkeys(about, row))
    found: dict[str, str] = {}
    for record in tables["stations"].rows:
        word = of_record.get(record["id"]) or of_country.get(record["host_country"])
        if word:
            found.setdefault(word["id"], record["id"])
    return found


def _order(row: Row) -> tuple[int, int, int, int]:
    """Sort events as the replay does (`geo.model.entities.Event`); unreadable days come first."""
    said = lenient(row["said_on"])
    happened = lenient(row["happened_on"]) or said
    if said is None or happened is None:
        return 0, 0, 0, row.number
    return happened.end.toordinal(), said.end.toordinal(), said.first.toordinal(), row.number


def publisher_key(name: str) -> str:
    """
    Fold a publisher's name to what tells it from others.

    Parameters
    ----------
    name : str
        As in a cell.

    Returns
    -------
    str
        Letters and digits of any script, without case, accents, signs and spaces; “&” counts
        as “and”.
    """
    return "".join(letter for letter in fold(name.replace("&", " and ")) if letter.isalnum())


def one_spelling(tables: Tables) -> Iterator[Problem]:
    """Warn of publishers that differ only in case, accents, signs or spaces."""
    table = tables["sources"]
    spellings: dict[str, Counter[str]] = {}
    first: dict[str, Row] = {}
    for row in table.rows:
        if key := publisher_key(row["publisher"]):
            spellings.setdefault(key, Counter())[row["publisher"]] += 1
            first.setdefault(row["publisher"], row)
    for counted in spellings.values():
        # the spelling of most rows, of as many the first one
        (usual, _rows), *others = counted.most_common()
        for other, _rows in others:
            message = _(
                "{other} is {usual} in row {row}: write one publisher in one way, because "
                "publishers are counted"
            ).format(other=quoted(other), usual=quoted(usual), row=first[usual].number)
            yield at(table, first[other], "publisher", "publisher-spelling", message, warning=True)


_STAGING = frozenset(
    [
        "beta",
        "canary",
        "dev",
        "origin",
        "preprod",
        "preview",
        "prod",
        "qa",
        "sandbox",
        "stage",
        "staging",
        "stg",
        "test",
        "uat",
    ]
)
_FORMS = frozenset(["amp", "feeds", "rss"])
_CACHES = re.compile(
    r"(?:^|\.)(?:webcache\.googleusercontent\.com|cc\.bingj\.com|ampproject\.(?:org|net)"
    r"|translate\.goog|translate\.google\.[a-z.]+|12ft\.io|r\.jina\.ai|cachedview\.[a-z]+"
    r"|freezepage\.com|cache\..+|proxy\..+)$"
)
_SHORTENERS = re.compile(
    r"(?:^|\.)(?:bit\.ly|buff\.ly|cutt\.ly|dlvr\.it|fb\.me|flip\.it|goo\.gl|ift\.tt|is\.gd"
    r"|lnkd\.in|ow\.ly|rb\.gy|rebrand\.ly|reut\.rs|shorturl\.at|t\.co|t\.ly|t\.me|tiny\.cc"
    r"|tinyurl\.com|trib\.al|url\.cn|wp\.me|youtu\.be|lm?\.facebook\.com|news\.google\.com"
    r"|out\.reddit\.com)$"
)
_TRACKERS = re.compile(
    r"(?:^|\.)(?:doubleclick\.net|google-?analytics\.com|googleadservices\.com|list-manage\.com"
    r"|awstrack\.me|sendgrid\.net|mailchi\.mp|hubspotlinks\.com|safelinks\.protection\.outlook\.com"
    r"|click\..+|clicks\..+|track(?:ing|er)?\..+|trk\..+|links?\.mail\..+)$"
)
_TRACKED = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|mkt_tok|_ga|_hs(?:enc|mi)"
)
_REDIRECT = re.compile(r"/(?:redirect|redir|r?url|out|away|goto|leave)(?:[./]|$)", re.IGNORECASE)


def passing_address(address: str) -> str:
    """
    Say why an address is not the page's own, so that it may soon stop working.

    Parameters
    ----------
    address : str
        Of a page.

    Returns
    -------
    str
        The rest of a sentence that begins with the address; empty if nothing is known
        against it.
    """
    try:
        parts = urlsplit(address)
        host, _port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    labels = host.split(".")
    tokens = {token for label in labels[:-2] for token in re.split("[-_]", label)}
    if _CACHES.search(host):
        return _("is a cache or a translation of the page: give the page’s own address")
    if _SHORTENERS.search(host) or _leads_on(parts):
        return _("only leads to another address: open it and give the one that it leads to")
    if _TRACKERS.search(host) or any(_TRACKED.fullmatch(name) for name, _v in _query(parts)):
        return _("says where a reader came from: give the address without its tracker")
    if tokens & _STAGING or host == "localhost" or re.fullmatch(r"[0-9.]+|.*:.*", host):
        return _("is a host for tests or inside a house: give the address that readers use")
    if labels[0] in _FORMS:
        return _("is a form for telephones or feeds: give the page’s own address")
    return ""


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True)


def _leads_on(parts: SplitResult) -> bool:
    """Say whether an address has another one in its query, or a path of redirects with a query."""
    inner = any(re.match(r"https?:/", value) for _name, value in _query(parts))
    return bool(parts.query) and (inner or _REDIRECT.search(parts.path) is not None)


def passing_addresses(tables: Tables) -> Iterator[Problem]:
    """Warn of pages on hosts for tests, telephones, caches and trackers, and of redirects."""
    table = tables["sources"]
    for row in table.rows:
        if row["url"] and (fault := passing_address(row["url"])):
            message = f"{quoted(row['url'])} {fault}"
            yield at(table, row, "url", "passing-address", message, warning=True)
