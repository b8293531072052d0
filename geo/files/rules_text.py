"""
Rules about what stands in a cell: words of the house, addresses of pages, invisible signs.

A cell is data and stays data; these rules keep out what would mislead a reader (a text
direction turned round, a link with a password in it) and what the atlas does not say in
its own voice.
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
#: each entry of a list is looked up, so only the absurd is refused
LONGEST_LIST = 20_000
URLS = {"sources": ("url", "archive_url")}
#: columns in which the atlas speaks in its own words
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
# "in Rome and Milan", "the embassy in Paris": places, whatever verb comes after them
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

#: what an address may hold: the visible characters of ASCII
_NOT_IN_ADDRESS = re.compile("[^!-~]")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]")


def own_words(text: str) -> str:
    """The text without what stands between double quotation marks, straight or not."""
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
    """Find a word that only others may say, outside quotation marks; nothing if there is none."""
    found = _HOUSE_WORD.search(own_words(text))
    return found.group() if found else ""


def house_words(tables: Tables) -> Iterator[Problem]:
    """Secret, illegal, covert, clandestine, spy: as somebody's words or not at all."""
    for place, words in _prose(tables):
        if word := house_word(words):
            message = _("{word} stands outside quotation marks: say whose word it is").format(
                word=quoted(word)
            )
            yield place.worded("house-word", message)


def bare_capital(text: str) -> str:
    """
    Find a capital that stands for a government.

    It does where it is followed by a verb of saying or ordering (“Beijing has denied”), or
    is the one by whom, or who was told, something (“ordered by Rome.”). A capital after a
    preposition of place is a place (“the ambassador in Beijing said”), and so is one before
    a noun (“Amsterdam police said”).

    Returns
    -------
    str
        The capital, or nothing.
    """
    # first, since the words for a place would swallow “according to Beijing”
    for pattern, where in ((_AGENT, text), (_SUBJECT, _WHERE.sub(" … ", text))):
        if found := pattern.search(where):
            return found.group(1)
    return ""


def capitals(tables: Tables) -> Iterator[Problem]:
    """Governments are not called by their capitals."""
    for place, words in _prose(tables):
        speaker = _SPEAKER.search(words) if place.field == "authority" else None
        if name := speaker.group(1) if speaker else bare_capital(words):
            message = _("{name} stands for a government: name the body that spoke").format(
                name=quoted(name)
            )
            yield place.worded("bare-capital", message)


def url_fault(address: str) -> str:
    """
    Say why an address may not become a link.

    Everything that makes a link of an address that others wrote asks here: the check of the
    ledger, the exports and, as the test ``linkable``, the templates.

    Parameters
    ----------
    address : str
        As a cell or a setting holds it.

    Returns
    -------
    str
        The rest of a sentence that begins with the address. Empty if it may: for ``http``
        and ``https`` with a host, without a name or password before it.
    """
    if _NOT_IN_ADDRESS.search(address):
        return _("holds a space, a control character or a letter to be percent-encoded")
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
        return _("holds a user name before the host")
    return ""


def addresses(tables: Tables) -> Iterator[Problem]:
    """Links lead to pages of the web and nowhere else."""
    for name, columns in URLS.items():
        table = tables[name]
        for row in table.rows:
            for column in columns:
                if row[column] and (fault := url_fault(row[column])):
                    message = f"{quoted(row[column])} {fault}"
                    yield at(table, row, column, "unsafe-url", message)


def _seen(character: str) -> str:
    if character in "\r\n\u2028\u2029":
        return _("holds a line break: write it on one line")
    if character == "\ufffd":
        return _("holds “�”: a letter was lost when the file was saved")
    form = _("holds an invisible character (U+{code}): remove it")
    return form.format(code=f"{ord(character):04X}")


def invisible(tables: Tables) -> Iterator[Problem]:
    """Control characters and signs that turn the direction of a text have no place here."""
    for table in tables.values():
        for row in table.rows:
            for column, cell in row.cells.items():
                # most cells are plain letters, and those are quickly told
                if not cell.isprintable() or "\ufffd" in cell:
                    found = _INVISIBLE.search(cell)
                    if found:
                        yield at(table, row, column, "invisible", _seen(found.group()))


def lengths(tables: Tables) -> Iterator[Problem]:
    """No cell is longer than a reader or a browser bears, whatever the schema leaves open."""
    for resource in resources():
        table = tables[resource.name]
        urls = URLS.get(resource.name, ())
        most = dict.fromkeys(table.columns, LONGEST_CELL) | dict.fromkeys(urls, LONGEST_URL)
        for column in resource.columns:
            if column.listed:
                most[column.name] = LONGEST_LIST
            elif "maxLength" in column.constraints:
                # the schema is stricter, and speaks for itself
                most.pop(column.name, None)
        for row in table.rows:
            for name, bound in most.items():
                if (length := len(row[name])) > bound:
                    yield at(table, row, name, "too-long", too_long(length, bound))
