"""Keys of place names, equal for two spellings of the same name."""

from __future__ import annotations

import re

from geo.model.text import APOSTROPHES, fold

# generic words that GeoNames and newspapers add or drop at the end of a name
SUFFIXES = frozenset({"xian", "shi", "zhen", "city", "county"})

# Xi'an, Xi’an and Xian: an apostrophe joins, where a hyphen or a dot parts
_JOINING = re.compile(f"[{APOSTROPHES}]")
# listed one by one: in many scripts vowels are marks, and "no letter" would tear words apart
_PARTING = re.compile(r"""[\s_.,;:!?/|()\[\]"“”„«»&+*·・\u2010-\u2015-]+""")


def name_key(name: str) -> str:
    """
    Return the key under which every spelling of a name is found.

    Case, diacritics, apostrophes, hyphens and dots do not count: *Viña del Mar* and
    *vina-del-mar* share a key. Scripts are not transliterated: 東京 stays 東京.

    Parameters
    ----------
    name : str
        A name in any script.

    Returns
    -------
    str
        Words separated by single spaces; empty where nothing of a name is left. The key
        of a key is the key itself.
    """
    return _PARTING.sub(" ", _JOINING.sub("", fold(name))).strip()


def bare_key(key: str) -> str:
    """
    Drop one trailing *Xian, Shi, Zhen, City* or *County* from a key.

    GeoNames knows the county of Qingtian as *Qingtian Xian* only. A name that is nothing
    but such a word stays as it is.

    Parameters
    ----------
    key : str
        What ``name_key`` returned.

    Returns
    -------
    str
        The key without the generic word.
    """
    head, _, last = key.rpartition(" ")
    return head if head and last in SUFFIXES else key
