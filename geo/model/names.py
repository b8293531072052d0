"""Names of countries, from CLDR by Babel, so that no table has to be maintained here."""

from __future__ import annotations

from functools import cache

from babel import Locale

from geo.model.vocabulary import EUROPEAN_UNION, WORLDWIDE
from geo.wording import _

# ISO 3166-1 has 249 codes; CLDR's territories are these and further ones
_NOT_ISO = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
)


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
