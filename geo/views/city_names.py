"""The sentence that each city's symbol has as its name, whole and in its parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geo.model.vocabulary import LATEST_WORDS
from geo.views.shapes import MIXED
from geo.wording import _, ngettext


def city_words(counts: Iterable[int]) -> dict[str, Any]:
    """
    Return the parts of the sentence, which thousands of cities share.

    Parameters
    ----------
    counts : iterable of int
        Numbers of records that some city has.

    Returns
    -------
    dict
        ``city``, the sentence with its gaps; ``records``, number -> words; ``shapes``, code of
        a shape -> words.
    """
    return {
        "city": _("{place}: city centre. The atlas gives no addresses. {records}. {word}."),
        "records": {n: ngettext("{n} record", "{n} records", n) for n in counts},
        "shapes": {
            MIXED: _("The latest word differs between them"),
            **{code: _(word.label) for code, word in LATEST_WORDS.items()},
        },
    }


def city_name(place: str, count: int, shape: str, words: dict[str, Any]) -> str:
    """
    Compose the sentence of one city, as ``atlas-map.js`` does.

    Parameters
    ----------
    place : str
        City and country.
    count : int
        Number of its records.
    shape : str
        Code of its shape.
    words : dict
        As `city_words` returns them for this number and others.

    Returns
    -------
    str
        For screen readers and tooltips.
    """
    sentence: str = words["city"]
    return sentence.format(
        place=place, records=words["records"][count], word=words["shapes"][shape]
    )
