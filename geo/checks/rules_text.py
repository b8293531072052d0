"""
Rules about the text of a cell: loaded words, addresses of pages, lengths.

These rules keep out what would mislead a reader (a link with a password in it) and words
that the atlas uses only in quotations. Those about single characters are in
`rules_characters`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from geo.files.package import resources
from geo.files.tables import Problem, Tables, at, quoted, too_long
from geo.wording import _

LONGEST_CELL = 400
LONGEST_URL = 2000
#: each entry of a list is looked up, so the limit only bounds the time that this takes
LONGEST_LIST = 20_000
URLS = {"sources": ("url", "archive_url")}
#: columns that contain the atlas' own words
PROSE = {
    "stations": ("summary", "place_label"),
    "investigations": ("summary", "note", "authority"),
}

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»')
_HOUSE_WORD = re.compile(
    r"\b(?:secret(?:s|ly|ive|ively)?|secrecy|illegal(?:s|ly|ity|ities)?|covert(?:ly|ness)?"
    r"|clandestin(?:e|ely|ity)|spy(?:ing)?|spies|spied)\b",
    re.IGNORECASE,
)

_CAPITALS = (
    "Abu Dhabi|Abuja|Ankara|Athens|Bangkok|Beijing|Belgrade|Berlin|Bern|Bogotá|Brasília|"
    "Bratislava|Brussels|Bucharest|Budapest|Buenos Aires|Canberra|Copenhagen|Dodoma|Dublin|"
    "Hanoi|Havana|Helsinki|Jakarta|Jerusalem|Kyiv|Lima|Lisbon|Ljubljana|London|Luanda|Lusaka|"
    "Madrid|Manila|Maseru|Mexico City|Moscow|New Delhi|Oslo|Ottawa|Paris|Peking|Phnom Penh|"
    "Prague|Pretoria|Pyongyang|Quito|Riga|Rome|Santiago|Seoul|Sofia|Stockholm|Taipei|Tallinn|"
    "Tashkent|The Hague|Tokyo|Ulaanbaatar|Vienna|Vilnius|Warsaw|Washington|Wellington|"
    "Windhoek|Zagreb"
)
_VERBS = (
    "accepts?|accepted|accuses?|accused|admits?|admitted|agrees?|agreed|announces?|announced|"
    "asks?|asked|calls?|called|claims?|claimed|condemns?|condemned|confirms?|confirmed|"
    "declines?|declined|demands?|demanded|denies|denied|deny|expels?|expelled|hopes?|hoped|"
    "insists?|insisted|maintains?|maintained|orders?|ordered|promises?|promised|protests?|"
    "protested|refuses?|refused|rejects?|rejected|replies|replied|reply|says?|said|summons|"
    "summoned|tells?|told|urges?|urged|wants?|wanted|warns?|warned"
)
_NAME = r"[A-ZÀ-Þ][\w'’-]*"
# "in Rome and Milan", "the embassy in Paris": places, also when a verb follows
_WHERE = re.compile(
    rf"\b(?:in|at|near|of|from|around|outside|inside|within|across|for|between|through|via"
    rf"|(?<!according )to)\s+(?:{_NAME})(?:\s{_NAME})*(?:(?:,| and| or)\s{_NAME})*"
)
_SUBJECT = re.compile(
    rf"\b({_CAPITALS})\s+(?:(?:has|had|have|also|again|later|then|now)\s+)*(?:{_VERBS})\b"
)
_AGENT = re.compile(
    rf"\b(?:by|told|asked|urged|accused|warned|according to)\s+({_CAPITALS})"
    r"(?=\s*$|\s*[.,;:!?)–—]|\s+(?:to|that|in|on|for|and|of|over|as|at|with|which|who|not)\b)"
)
_SPEAKER = re.compile(rf"^({_CAPITALS})(?=\s*$|\s*[,;/(])")

#: all but the characters of an address: those of ASCII that are visible
_NOT_IN_ADDRESS = re.compile("[^!-~]")


def own_words(text: str) -> str:
    """Replace what is between double quotation marks, straight or not, by an ellipsis."""
    return _QUOTED.sub(" … ", text)


def _prose(tables: Tables) -> Iterator[tuple[Problem, str]]:
    """Yield each cell in the atlas' own words, with a problem to be worded."""
    for name, columns in PROSE.items():
        table = tables[name]
        for row in table.rows:
            for column in columns:
                if row[column]:
                    yield at(table, row, column, "", ""), own_words(row[column])


def house_word(text: str) -> str:
    """Find a word that is allowed in quotations only, outside of them; empty if there is none."""
    match = _HOUSE_WORD.search(own_words(text))
    return match.group() if match else ""


def house_words(tables: Tables) -> Iterator[Problem]:
    """Forbid secret, illegal, covert, clandestine and spy outside quotation marks."""
    for place, words in _prose(tables):
        if word := house_word(words):
            message = _("{word} needs quotation marks: quote it and say whose word it is").format(
                word=quoted(word)
            )
            yield place.worded("house-word", message)


def bare_capital(text: str) -> str:
    """
    Find a capital that is used as the name of a government.

    It is where a verb of saying or ordering follows (“Beijing has denied”), or where something
    was done by it or said to it (“ordered by Rome.”). A capital after a preposition of place is
    a place (“the ambassador in Beijing said”), and so is one before a noun (“Amsterdam police
    said”).

    Returns
    -------
    str
        The capital; empty if there is none.
    """
    # first, since the pattern for places also matches “according to Beijing”
    for pattern, where in ((_AGENT, text), (_SUBJECT, _WHERE.sub(" … ", text))):
        if match := pattern.search(where):
            return match.group(1)
    return ""


def capitals(tables: Tables) -> Iterator[Problem]:
    """Forbid capitals as names of governments."""
    for place, words in _prose(tables):
        speaker = _SPEAKER.search(words) if place.field == "authority" else None
        if name := speaker.group(1) if speaker else bare_capital(words):
            message = _("{name} is used for a government: name the body that spoke").format(
                name=quoted(name)
            )
            yield place.worded("bare-capital", message)


def url_fault(address: str) -> str:
    """
    Say why an address may not become a link.

    All code that makes links of addresses written by others calls it: the check of the
    ledger, the exports and, as the test ``linkable``, the templates.

    Parameters
    ----------
    address : str
        From a cell or a setting.

    Returns
    -------
    str
        The rest of a sentence that begins with the address. Empty if it may: for ``http``
        and ``https`` with a host, without a name or password before it.
    """
    if _NOT_IN_ADDRESS.search(address):
        return _(
            "contains a space, a control character or a character that must be percent-encoded"
        )
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return _("is not a web address")
    if parts.scheme.lower() not in {"http", "https"}:
        return _("does not begin with http:// or https://")
    if not host or "\\" in parts.netloc or not address[len(parts.scheme) :].startswith("://"):
        return _("names no host")
    if "@" in parts.netloc:
        return _("contains a user name before the host")
    return ""


def addresses(tables: Tables) -> Iterator[Problem]:
    """Require addresses that may become links: ``http`` or ``https``, with a host."""
    for name, columns in URLS.items():
        table = tables[name]
        for row in table.rows:
            for column in columns:
                if row[column] and (fault := url_fault(row[column])):
                    message = f"{quoted(row[column])} {fault}"
                    yield at(table, row, column, "unsafe-url", message)


def lengths(tables: Tables) -> Iterator[Problem]:
    """Bound the length of cells for which the schema sets no limit."""
    for resource in resources():
        table = tables[resource.name]
        urls = URLS.get(resource.name, ())
        most = dict.fromkeys(table.columns, LONGEST_CELL) | dict.fromkeys(urls, LONGEST_URL)
        for column in resource.columns:
            if column.listed:
                most[column.name] = LONGEST_LIST
            elif "maxLength" in column.constraints:
                # the schema is stricter and reports it
                most.pop(column.name, None)
        for row in table.rows:
            for name, bound in most.items():
                if (length := len(row[name])) > bound:
                    yield at(table, row, name, "too-long", too_long(length, bound))
