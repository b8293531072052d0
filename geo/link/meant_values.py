"""
Values of a link as they were meant, whatever programs have done to them on the way.

Mail, chat and text programs change case, add signs, entities and line breaks, escape
underscores and encode what is encoded already. A code, a date or an id has so few characters
that what was meant can be told from what was added.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from babel.core import get_global

from geo.link.comparisons import compares_value
from geo.link.kinds import Kind, Parameter
from geo.model.characters import without_hidden
from geo.model.names import country_codes
from geo.model.typed_dates import typed_dates
from geo.model.vocabulary import EUROPEAN_UNION, WORLDWIDE

_ENCODED = re.compile("%[0-9A-Fa-f]{2}")
#: how often a value may have been encoded
_LAYERS = 4
# a line of a mail that was broken, and a blank at its end, in quoted-printable
_BROKEN_LINE = re.compile(r"=(?:\s+|0D|0A|20|\Z)+")
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_LIST = re.compile(r"[,;|/\u3001]+")
_SAFE = re.compile(r"-?[A-Za-z0-9][A-Za-z0-9._-]*")
_ASCII_WORD = re.compile("[A-Za-z0-9]")
_NUMBER = r"-?\d{1,6}(?:\.\d{1,6})?"
_VIEW = re.compile(rf"({_NUMBER})[\s_,;/]+({_NUMBER})[\s_,;/]+({_NUMBER})")
_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)+")
_COUNTRIES = country_codes() | {EUROPEAN_UNION, WORLDWIDE}
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
_NOW = frozenset({"today", "now", "latest"})

#: from a text to the values that a link writes for it; None if it cannot be read
Read = Callable[[str], "tuple[str, ...] | None"]


def visible(text: str) -> str:
    """Return a text on one line, without characters that cannot be seen."""
    return without_hidden("".join(" " if c.isspace() else c for c in text))


def decoded(text: str) -> str:
    """Return a value without percent-encoding, however often it was encoded."""
    for _layer in range(_LAYERS):
        if not _ENCODED.search(text):
            break
        text = unquote(text, errors="replace")
    return text


def plain(text: str) -> str:
    """
    Return a value that is no free text without what programs add inside.

    Parameters
    ----------
    text : str
        As a link has it.

    Returns
    -------
    str
        Without encoding, entities, broken lines, escaping and what cannot be seen, with one
        kind of hyphen.
    """
    once = html.unescape(html.unescape(decoded(text)))
    joined = _BROKEN_LINE.sub("", once)
    return _HYPHENS.sub("-", visible(unicodedata.normalize("NFKC", joined))).replace("\\", "")


def folded(text: str) -> str:
    """Return the letters and digits of a text without their case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def bare(text: str) -> str:
    """Return a text without the signs around it; a minus in front stays."""
    start = next((i for i, c in enumerate(text) if c.isalnum()), len(text))
    end = next((i for i in range(len(text), start, -1) if text[i - 1].isalnum()), start)
    minus = start > 0 and text[start - 1] == "-"
    return text[start - minus : end]


def _beginning(text: str) -> str:
    """Return what a text in another script follows, as 2022-12-05 in “2022-12-05）的”."""
    found = _SAFE.match(text)
    if found is None or _ASCII_WORD.search(text[found.end() :]):
        return ""
    return found[0].rstrip("._-")


def forms(text: str) -> Iterator[str]:
    """
    Yield the readings of a value, the likelier ones first.

    Parameters
    ----------
    text : str
        As a link has it, percent-decoded once.

    Yields
    ------
    str
        As it is, then without what programs add around and inside it.
    """
    cleaned = plain(text)
    trimmed = bare(cleaned)
    yield from (text, trimmed, "".join(trimmed.split()))
    # quoted-printable writes = as =3D
    if trimmed[:2].upper() == "3D":
        yield bare(trimmed[2:])
    yield _beginning(trimmed)


@lru_cache(maxsize=64)
def codes_by_name(row: Parameter) -> dict[str, str]:
    """
    Return the codes of a parameter by their folded forms.

    Parameters
    ----------
    row : Parameter
        With codes.

    Returns
    -------
    dict of str to str
        By code and by label; of countries also by the other codes that CLDR has for one.
    """
    table = {folded(code): code for code in row.codes}
    for code in row.codes:
        for label in (row.option_label(code), row.code_label(code)):
            table.setdefault(folded(label), code)
    if row.name == "country":
        for other, codes in get_global("territory_aliases").items():
            if len(codes) == 1 and codes[0] in row.codes:
                table.setdefault(folded(other), codes[0])
    return table


def _one_code(row: Parameter, text: str) -> str:
    table = codes_by_name(row)
    known = (table.get(folded(form), "") for form in forms(text))
    return next(filter(None, known), "")


def _word_codes(row: Parameter, words: list[str]) -> list[str] | None:
    """Read words as codes: all of them, in one case, or the first ones, written exactly."""
    codes = [codes_by_name(row).get(folded(word), "") for word in words]
    # “in my” behind a link is not India and Malaysia
    if all(codes) and len({word.isupper() for word in words}) == 1:
        return codes
    exact = next((n for n, word in enumerate(words) if word not in row.codes), len(words))
    rest = " ".join(words[exact:])
    # a rest that is a code by itself would be read as one the next time
    return [*words[:exact], rest] if exact and not _one_code(row, rest) else None


def _codes(row: Parameter, text: str) -> tuple[str, ...] | None:
    if text in row.codes:
        return (text,)
    parts = _LIST.split(plain(text))
    if any(map(compares_value, (word for part in parts for word in (part, *part.split())))):
        return None
    if whole := _one_code(row, text):
        return (whole,)
    found: list[str] = []
    for part in filter(None, map(bare, parts)):
        if code := _one_code(row, part):
            found.append(code)
        else:
            found += _word_codes(row, part.split()) or [part]
    read = dict.fromkeys(found)
    return tuple(read) if any(code in row.codes for code in read) else None


def _switch(row: Parameter, text: str) -> tuple[str, ...] | None:
    answer = folded(text)
    return row.codes[:1] if answer in _YES else () if answer in _NO else None


def _date(row: Parameter, text: str) -> tuple[str, ...] | None:
    if row.kind is Kind.DAY and folded(text) in _NOW:
        return ()
    dates = typed_dates(text)
    return dates if len(dates) == 1 else None


def _view(row: Parameter, text: str) -> tuple[str, ...] | None:
    found = _VIEW.fullmatch(text)
    return ("_".join(found.groups()),) if found else None


def _setting(row: Parameter, text: str) -> tuple[str, ...] | None:
    for form in (text, text.lower()):
        if form in row.codes or (row.pattern and re.fullmatch(row.pattern, form)):
            return (form,)
    return None


def _card(row: Parameter, text: str) -> tuple[str, ...] | None:
    if row.name == "place" and (code := text.strip().upper()) in _COUNTRIES:
        return (code,)
    code = re.sub(r"[\s_-]+", "-", text.lower())
    return (code,) if _ID.fullmatch(code) else None


def _language(row: Parameter, text: str) -> tuple[str, ...] | None:
    code = re.split("[-_]", text.lower())[0]
    return (code,) if code in row.codes else None


def _version(row: Parameter, text: str) -> tuple[str, ...] | None:
    # files write a v before it
    version = text.lower().removeprefix("v")
    return (version,) if re.fullmatch(row.pattern, version) else None


_READERS: dict[Kind, Callable[[Parameter, str], tuple[str, ...] | None]] = {
    Kind.SWITCH: _switch,
    Kind.DATE: _date,
    Kind.DAY: _date,
    Kind.VIEWPORT: _view,
    Kind.SETTING: _setting,
    Kind.CARD: _card,
    Kind.LANGUAGE: _language,
    Kind.VERSION: _version,
}


def meant_values(row: Parameter, text: str) -> tuple[str, ...] | None:
    """
    Return the values that one value of a link means.

    Parameters
    ----------
    row : Parameter
        Which parameter it is.
    text : str
        Its value, percent-decoded once.

    Returns
    -------
    tuple of str or None
        As a link writes them; of a list of codes also the parts that cannot be read. Empty
        for a value that asks for nothing, such as ``asof=today``; None if none can be read.
    """
    if row.kind is Kind.TEXT:
        return (" ".join(visible(text).split()),)
    if row.kind is Kind.FACET:
        return _codes(row, text)
    # a table is sorted downwards by a column with a minus
    if row.kind is not Kind.SETTING and compares_value(plain(text)):
        return None
    reader = _READERS[row.kind]
    read = (reader(row, form) for form in forms(text) if form)
    return next((values for values in read if values is not None), None)


def is_id(text: str) -> bool:
    """Say whether a text has the form of a record's or an event's id."""
    return bool(_ID.fullmatch(text))


def meant_dates(text: str) -> tuple[str, ...]:
    """Return the dates that a value may mean; several where the day may be the month."""
    found = (typed_dates(form) for form in forms(text))
    return next(filter(None, found), ())
