"""
The one catalogue of words that a reader sees.

English sentences are the keys (gettext's convention). ``make messages`` collects them
into ``geo/locale/atlas.pot``; a translation is a ``.po`` file in the same folder. Only
English exists now, so the functions return their argument until a catalogue is added.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterable
from functools import cache, reduce
from pathlib import Path

LANGUAGES: tuple[str, ...] = ("en",)
LOCALE = Path(__file__).resolve().parent / "locale"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("atlas", LOCALE, languages=[language], fallback=True)


def _(message: str, language: str = "en") -> str:
    """Return the message in the reader's language; empty for an empty one."""
    # a catalogue keeps its own head under the empty message
    return _catalogue(language).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int, language: str = "en", **values: object) -> str:
    """
    Return the form of a message that fits a number.

    Parameters
    ----------
    singular, plural : str
        Both forms in English; ``{n}`` is the number.
    n : int
        The number.
    language : str
        Code of the reader's language.
    **values
        Further values of the message by the names of their placeholders, so that a sentence
        with a number and a date is one message.

    Returns
    -------
    str
        Filled in; ``{n}`` has its thousands separated by commas.
    """
    return _catalogue(language).ngettext(singular, plural, n).format(n=f"{n:,}", **values)


def alternatives(words: Iterable[str]) -> str:
    """Join words as alternatives: “Fuzhou or Wenzhou”; empty for none."""
    message = _("{one} or {other}")
    listed = list(words)
    return reduce(lambda one, other: message.format(one=one, other=other), listed) if listed else ""


def conjunction(words: Iterable[str]) -> str:
    """Join words as a list: “Italy, Spain and France”; empty for none."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return _("{first} and {last}").format(first=", ".join(listed[:-1]), last=listed[-1])


def N_(message: str) -> str:
    """Mark a message for the catalogue without translating it yet (tables of labels)."""
    return message
