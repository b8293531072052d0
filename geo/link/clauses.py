"""What each filter says of the records that it selects, as a clause of the headline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from geo.model.vocabulary import (
    EVENT_TYPES,
    FLAGS,
    JURISDICTIONS,
    LATEST_WORDS,
    LISTS,
    PROVINCES,
    SHARED_LABELS,
    UNKNOWN,
)
from geo.wording import N_, _, alternatives, ngettext

#: from the number of records and the values picked to the clause
Clause = Callable[[int, Sequence[str]], str]


#: flags that are no answer by host authorities -> what a record with them has
_ANSWERS = {
    "no_answer": N_("no answer found"),
    "accounts_differ": N_("accounts that differ"),
    "named_party_denies": N_("an answer by people or bodies named"),
}


def _quoted(labels: Iterable[str]) -> str:
    # each a quotation, so that a label of several words reads as one
    return alternatives(_("“{text}”").format(text=label) for label in dict.fromkeys(labels))


def _police(n: int, places: Iterable[str]) -> str:
    words = alternatives(dict.fromkeys(places))
    return ngettext("names police of {words}", "name police of {words}", n, words=words)


def province(n: int, codes: Sequence[str]) -> str:
    """
    Say of which Chinese provinces the records name police.

    Parameters
    ----------
    n : int
        Number of records.
    codes : sequence of str
        Those picked.

    Returns
    -------
    str
        A verb and what follows.
    """
    unknown = _("a place not named")
    return _police(n, (unknown if c == UNKNOWN else _(PROVINCES.get(c, c)) for c in codes))


def jurisdiction(n: int, codes: Sequence[str]) -> str:
    """
    Say of which Chinese cities or counties the records name police.

    Parameters
    ----------
    n : int
        Number of records.
    codes : sequence of str
        Those picked.

    Returns
    -------
    str
        A verb and what follows.
    """
    unknown = _("a place not named")
    return _police(n, (unknown if c == UNKNOWN else JURISDICTIONS.get(c, (c,))[0] for c in codes))


def latest_word(n: int, codes: Sequence[str]) -> str:
    """
    Say which latest word the records have; words of one symbol by their common label.

    Parameters
    ----------
    n : int
        Number of records.
    codes : sequence of str
        Those picked.

    Returns
    -------
    str
        A verb and what follows.
    """
    shared = SHARED_LABELS.get(frozenset(codes))
    words = _quoted(
        [_(shared)] if shared else [_(LATEST_WORDS[c].short) for c in codes if c in LATEST_WORDS]
    )
    return ngettext("has the latest word {words}", "have the latest word {words}", n, words=words)


def flag(n: int, codes: Sequence[str]) -> str:
    """
    Say which flags the records or their countries have.

    Parameters
    ----------
    n : int
        Number of records.
    codes : sequence of str
        Those picked.

    Returns
    -------
    str
        A verb and what follows.
    """
    words = alternatives(
        _(_ANSWERS.get(code, "")) or _("the answer “{text}”").format(text=_(FLAGS.get(code, code)))
        for code in codes
    )
    return ngettext("has {words}", "have {words}", n, words=words)


def entry_type(n: int, codes: Sequence[str]) -> str:
    """
    Say of which type an entry about the records is.

    Parameters
    ----------
    n : int
        Number of records.
    codes : sequence of str
        Those picked.

    Returns
    -------
    str
        A verb and what follows.
    """
    words = _quoted(_(EVENT_TYPES[code].label) for code in codes if code in EVENT_TYPES)
    return ngettext(
        "has an entry of the type {words}", "have an entry of the type {words}", n, words=words
    )


def claim_list(n: int, codes: Sequence[str]) -> str:
    """
    Say on which lists the records are.

    Parameters
    ----------
    n : int
        Number of records.
    codes : sequence of str
        Those picked.

    Returns
    -------
    str
        A verb and what follows.
    """
    words = _quoted(_(LISTS.get(code, code)) for code in codes)
    return ngettext("is on the list {words}", "are on the list {words}", n, words=words)


def text(n: int, values: Sequence[str]) -> str:
    """
    Say which words are searched for.

    Parameters
    ----------
    n : int
        Number of records.
    values : sequence of str
        What is searched for.

    Returns
    -------
    str
        A verb and what follows.
    """
    return ngettext("matches {words}", "match {words}", n, words=_quoted(values))
