"""Names of countries and languages, from CLDR by Babel: no table has to be maintained here."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

from geo.model.vocabulary import EUROPEAN_UNION, WORLDWIDE
from geo.wording import _

# ISO 3166-1 has 249 codes; CLDR's territories are these and further ones
_NOT_ISO = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
)
# undetermined, several, and no language at all
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "root"})


@cache
def country_codes() -> frozenset[str]:
    """Return the alpha-2 codes of ISO 3166-1."""
    territories = (str(code) for code in Locale("en").territories)
    return frozenset(c for c in territories if len(c) == 2 and c.isalpha()) - _NOT_ISO


@cache
def country_name(code: str, language: str = "en") -> str:
    """
    Return the name of a country.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-2, or ``EU`` or ``ZZ``.
    language : str
        Code of the reader's language.

    Returns
    -------
    str
        “European Union” for ``EU``, “worldwide” for ``ZZ``; the code itself if it is unknown.
    """
    if code == WORLDWIDE:
        return _("worldwide", language)
    if code == EUROPEAN_UNION:
        return _("European Union", language)
    return str(Locale.parse(language).territories.get(code, code))


def in_a_sentence(code: str, language: str = "en") -> str:
    """
    Return a country's name as it is written inside a sentence: “the Netherlands”.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-2, or ``EU`` or ``ZZ``.
    language : str
        Code of the reader's language.

    Returns
    -------
    str
        With the article where English needs one.
    """
    name = country_name(code, language)
    takes_article = name.startswith(
        ("European ", "United ", "Netherlands", "Philippines", "Bahamas")
    )
    return f"the {name}" if language == "en" and takes_article else name


@cache
def language_codes() -> frozenset[str]:
    """Return the languages that CLDR names, as primary subtags of BCP 47 (``zh``, ``yue``)."""
    languages = (str(code) for code in Locale("en").languages)
    return frozenset(c for c in languages if c.isalpha() and c.islower()) - _NO_LANGUAGE


@cache
def language_name(code: str, language: str = "en") -> str:
    """
    Return the name of a language.

    Parameters
    ----------
    code : str
        Primary subtag of BCP 47.
    language : str
        Code of the reader's language.

    Returns
    -------
    str
        The code itself if it is unknown.
    """
    return str(Locale.parse(language).languages.get(code, code))


@cache
def text_direction(code: str) -> str:
    """
    Return the direction of a language's usual script, as HTML's attribute ``dir`` has it.

    Parameters
    ----------
    code : str
        Primary subtag of BCP 47.

    Returns
    -------
    str
        ``rtl`` or ``ltr``; ``auto`` for a language whose script CLDR does not describe.
    """
    try:
        return str(Locale.parse(code).text_direction)
    except (UnknownLocaleError, ValueError):
        return "auto"
