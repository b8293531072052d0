"""Words of a text: folded, so that all searches compare them in the same way, and counted."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# letters that Unicode does not take apart, as people type them without the mark
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d"})

#: signs that are typed for an apostrophe
APOSTROPHES = "'’‘`´ʻʼʽʹʿʾ′＇"


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


#: letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[^\W_{UNSPACED}]+(?:[-.,'’][^\W_{UNSPACED}]+)*")
_LETTER = re.compile(f"[{UNSPACED}]")


def word_count(text: str) -> int:
    """
    Count the words of a text in any script.

    A run of letters and digits is a word, with hyphens, points, commas and apostrophes inside
    it. Two letters of a script without spaces between words count as one word.

    Parameters
    ----------
    text : str
        In form NFC.

    Returns
    -------
    int
        Without what has no letter or digit, such as […].
    """
    return len(_WORD.findall(text)) + -(-len(_LETTER.findall(text)) // 2)
