"""
The words of a text as a search compares them, equal for every way of typing the same word.

Case, diacritics, kinds of apostrophes and hyphens, and points of abbreviations do not count:
*China’s* and *china*, *New‑York* and *new york*, *U.S.* and *US* have the same words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from geo.model.text import APOSTROPHES, UNSPACED, fold

#: codes of countries that are English words too: as codes they count in capital letters alone
ORDINARY = frozenset(
    ("am", "as", "at", "be", "by", "do", "in", "is", "it", "la", "ma", "me", "my", "no", "pa")
).union(("so", "to", "us"))
#: words up to this length match whole words only: *us* is in *August*, *uk* in *Ukraine*
SHORT = 3

_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.){2,}|\b[A-Za-z](?:\.[A-Za-z])+\b|\b[A-Z]{2}\b")
_POSSESSIVE = re.compile(r"(?<=\w)'s?(?!\w)")
_JOINED = re.compile(r"\w+(?:'\w+)+")
# vowel signs of Indic scripts and of those of South-East Asia are marks and part of a word
_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u109f\u1780-\u17ff\u1a00-\u1aff\ua800-\uabff])+_?")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


def _capitals(found: re.Match[str]) -> str:
    letters = found[0].replace(".", "")
    # a letter that no word has keeps the code apart from the word: “US” from “us”
    return f" {letters}_ " if letters.lower() in ORDINARY else f" {letters} "


def unified(text: str) -> str:
    """Fold a text, with one kind of apostrophe; hyphens and points are left as they are."""
    return fold(text.translate(_ONE_APOSTROPHE))


def words(text: str) -> list[str]:
    """
    Return the words of a text in the form in which a search compares them.

    Parameters
    ----------
    text : str
        In any script.

    Returns
    -------
    list of str
        In the order of the text; a possessive *’s* is dropped, another apostrophe joins. A
        run of a script without spaces is one word. A code of `ORDINARY` in capital letters
        ends with an underscore, so that it differs from the word.
    """
    # composed first: a mark parted from its letter would end a word
    marked = _ABBREVIATION.sub(_capitals, unicodedata.normalize("NFKC", text))
    plain = _POSSESSIVE.sub("", unified(marked)).replace("'", "")
    return _WORD.findall(plain)


def parts(text: str) -> list[str]:
    """Return the words that apostrophes join in a text, each alone: *Aquila* of *L’Aquila*."""
    return [
        part
        for joined in _JOINED.findall(_POSSESSIVE.sub("", unified(text)))
        for part in joined.split("'")
        if len(part) > SHORT
    ]


@lru_cache(maxsize=16384)
def searchable(text: str) -> str:
    """
    Return a text in which `needle` finds words.

    Returns
    -------
    str
        Its words, with a space before and after each.
    """
    return f" {' '.join([*words(text), *parts(text)])} "


def needle(word: str) -> str:
    """
    Return what occurs in a `searchable` text where a word does.

    Parameters
    ----------
    word : str
        One of `words`.

    Returns
    -------
    str
        A short word with a space at each end; a longer one with a space before it, so that
        *station* finds *stations*; the word alone in a script without spaces.
    """
    if _UNSPACED.search(word):
        return word
    return f" {word} " if len(word.rstrip("_")) <= SHORT else f" {word}"


def phrase(key: str) -> str:
    """Return what occurs in a `searchable` text where these words do, whole and in a row."""
    return key if _UNSPACED.search(key) else f" {key} "


def key_of(name: str) -> str:
    """Return the key of a name, equal for all spellings of it: its words with single spaces."""
    return " ".join(words(name))
