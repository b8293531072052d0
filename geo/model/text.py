"""Folding of text for search, so that all searches compare words in the same way."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# letters that Unicode does not take apart, as people type them without the mark
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """
    Fold case and diacritics: “Viña del Mar” and “vina DEL mar” become the same.

    Unicode's NFKD form with combining marks dropped, then case-folded (UAX #15, #44);
    folding twice changes nothing more.
    """
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )
    return unicodedata.normalize("NFKC", plain.casefold().translate(_LETTERS))
