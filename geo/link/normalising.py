"""
A link's query as it was meant, however it was changed on its way.

A query is read piece by piece: pieces are what is between the signs that part them, in each
form that programs give these signs. What cannot be read stays as it is, and is said later.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5
from urllib.parse import parse_qs, unquote, unquote_plus

from geo.link.kinds import Kind, Parameter
from geo.link.meant_names import bare_name, misspelt, named
from geo.link.meant_values import meant_values
from geo.link.parameters import parameters
from geo.link.state import quoted
from geo.link.trackers import is_tracker

Pair = tuple[str, str]
#: how often a query may have been encoded whole
_LAYERS = 4
#: misspelt names that are looked for; a crafted link may have thousands
_MOST_MISSPELT = 20
# a semicolon may be what a file has between its columns, a question mark all of a value
_SIGNS = re.compile(r"(&|(?<!=)\?|(?<!sep=);)", re.IGNORECASE)
_NUMBERED = re.compile("#(?:[0-9]{1,5}|x[0-9a-f]{1,5})|x26|38", re.IGNORECASE)
_EQUALS = re.compile("[=\uff1d:\uff1a]")
# a pair inside a value: a sign that parts, in any form, then a name and an equals sign
_INSIDE = re.compile(
    r"(?:[&?;\uff06\uff1f\uff1b]|\\u0026)(?:amp;|#38;|#x0*26;)*\s*(?P<name>[A-Za-z_]{1,30})"
    r"\s*[=\uff1d]",
    re.IGNORECASE,
)


def read_query(raw: str) -> dict[str, list[str]]:
    """
    Read a query as it was meant.

    Parameters
    ----------
    raw : str
        As it was sent, percent-encoded.

    Returns
    -------
    dict of str to list of str
        Values by name, in the order of the table of parameters. Names and values that cannot
        be read are in it as they are; what trackers add is not.
    """
    read: dict[str, list[str]] = {}
    for name, value in _meant(raw):
        values = read.setdefault(name, [])
        if value not in values:
            values.append(value)
    order = {row.name: number for number, row in enumerate(parameters())}
    return dict(sorted(read.items(), key=lambda item: order.get(item[0], len(order))))


def says_what_it_means(raw: str) -> bool:
    """Say whether a query, read by the letter, is what was meant."""
    return read_query(raw) == _literal(raw)


def written_query(raw: str) -> str:
    """
    Write a query as it was meant.

    Parameters
    ----------
    raw : str
        As it was sent.

    Returns
    -------
    str
        Percent-encoded, in the order of the table of parameters, without trackers.
    """
    pairs = [(name, value) for name, values in read_query(raw).items() for value in values]
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)


def _literal(raw: str) -> dict[str, list[str]]:
    """Return what a query says by the letter, but for trackers and empty fields."""
    literal = parse_qs(raw, keep_blank_values=True)
    read = {}
    for name, values in literal.items():
        kept = list(dict.fromkeys(value for value in values if value or not named(name)))
        said = any(c.isalnum() for c in name + "".join(kept))
        if kept and said and not is_tracker(name):
            read[name] = [" ".join(v.split()) for v in kept] if name == "q" else kept
    return read


def unwrapped(raw: str) -> str:
    """Return a query that was encoded whole, with its signs, as it was before."""
    text = raw.lstrip("?")
    for _layer in range(_LAYERS):
        if "=" in text or "%" not in text:
            break
        text = unquote(text)
    return text


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of a query with the sign in front of it; no rests of entities."""
    parts = ["&", *_SIGNS.split(text), ""]
    ampersand = False
    for sign, piece, after in zip(parts[:-1:2], parts[1::2], parts[2::2], strict=True):
        if (sign == "&" or ampersand) and _is_entity(piece, after):
            ampersand = True
            continue
        if piece:
            yield "&" if ampersand else sign, piece
        ampersand = False


def _is_entity(piece: str, after: str) -> bool:
    """Say whether a piece is an entity; &gt; behind a link is no code of Guatemala."""
    name = unquote(piece)
    known = f"{name};" in html5 or name.lower() == "amp" or _NUMBERED.fullmatch(name)
    return bool(known) and (after in (";", "") or name.lower() == "amp")


def _split(piece: str) -> tuple[str, str] | None:
    """Split a piece into name and value, percent-decoded once; None if it has no name."""
    name, equals, value = piece.partition("=")
    if equals:
        return unquote_plus(name), unquote_plus(value)
    text = unicodedata.normalize("NFKC", unquote_plus(piece))
    found = _EQUALS.search(text)
    if found and (named(text[: found.start()]) or is_tracker(text[: found.start()])):
        return text[: found.start()], text[found.end() :]
    return None


def _bare_value(name: str) -> str:
    """Return what a name without an equals sign says: yes where it is a switch, else nothing."""
    row = named(name)
    return row.codes[0] if row and row.kind is Kind.SWITCH else ""


def _pairs(raw: str) -> Iterator[Pair]:
    """Yield names with values by the letter; a piece without a name belongs to the one before."""
    held: Pair | None = None
    for sign, piece in _pieces(unwrapped(raw)):
        pair = _split(piece)
        if pair is None:
            text = unquote_plus(piece)
            row = named(held[0]) if held else None
            if held and row and row.kind in (Kind.FACET, Kind.TEXT) and not named(text):
                sign = ";" if row.kind is Kind.FACET else sign
                held = (held[0], f"{held[1]}{sign}{text}")
                continue
            if not any(c.isalnum() for c in text):
                continue
            pair = (text, _bare_value(text))
        if held:
            yield held
        held = pair
    if held:
        yield held


def _opened(name: str, value: str) -> Iterator[Pair]:
    """Yield a pair, and those that are inside its value because a sign was encoded."""
    row = named(name)
    if row is None and not is_tracker(bare_name(name)):
        # another parameter's value may well be an address
        yield name, value
        return
    text = value if row and row.kind is Kind.TEXT else unquote(value)
    start = 0
    for found in _INSIDE.finditer(text):
        inner = found["name"]
        if named(inner) or is_tracker(inner):
            yield name, text[start : found.start()]
            name, start = inner, found.end()
    yield name, text[start:] if start else value


def _meant(raw: str) -> Iterator[Pair]:
    tried = 0
    pairs = list(_pairs(raw))
    # quoted-printable writes = as =3D; of words alone it could not be told
    start = 2 if len(pairs) > 1 and all(v[:2].upper() == "3D" for _n, v in pairs) else 0
    for outer, inside in pairs:
        for name, value in _opened(outer, inside[start:]):
            if is_tracker(bare_name(name)):
                continue
            row = named(name)
            if row is None and tried < _MOST_MISSPELT:
                tried += 1
                row = misspelt(name, value)
            yield from _written(row, name, value)


def _written(row: Parameter | None, name: str, value: str) -> Iterator[Pair]:
    if row is None:
        if any(c.isalnum() for c in name + value):
            yield name, value
    elif value.strip():
        values = meant_values(row, value)
        for one in (value,) if values is None else values:
            yield row.name, one
