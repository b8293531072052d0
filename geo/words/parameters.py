"""
The parameters of a link in words: what each means, which codes it takes, and an example.

Made from the tables that a link is read by, so that what is documented is what is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geo.link.permalink import MAX_SEARCH
from geo.link.state import CARDS, CODES, LAYERS, RANGE
from geo.model.vocabulary import LATEST_WORDS
from geo.wording import LANGUAGES, N_, _
from geo.words.sentences import unknown_or
from geo.words.summary import option_label

_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"

#: filter -> (what it picks, a code for an example)
_FACETS: dict[str, tuple[str, str]] = {
    "country": (
        N_("Host country (ISO 3166-1), or EU for the European Union and ZZ for worldwide."),
        "NL",
    ),
    "province": (N_("Province of origin, as named in a claim (ISO 3166-2)."), "CN-ZJ"),
    "jurisdiction": (N_("City or county of origin, as named in a claim."), "wenzhou"),
    "status": (N_("Latest word about the record on the day shown."), "told_to_stop"),
    "flag": (
        N_("What was ever said or done about the record, or in answer by its country."),
        "inquiry",
    ),
    "type": (N_("Kind of event; of records, those that such an event is about."), "inquiry_opened"),
    "list": (N_("List that holds the record."), "ngo-2022-12"),
}
_CARDS: dict[str, tuple[str, str]] = {
    "record": (N_("Id of the record whose card is open on the page."), "nl-amsterdam-1"),
    "event": (N_("Id of the event whose card is open."), "nl-2022-11-01-told-to-stop"),
    "place": (N_("Country or city whose card is open."), "es-madrid"),
}
_RANGE: dict[str, tuple[str, str]] = {
    "from": (N_("Said on this day or later; for records, first claimed."), "2022-09"),
    "to": (N_("Said on this day or earlier; for records, first claimed."), "2023"),
}
_LABELS: dict[str, str] = {
    "coverage": N_("where the ledger has no record"),
    "en": N_("English"),
    "1": N_("yes"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """
    One parameter of a link.

    Attributes
    ----------
    name : str
        As it stands in a link.
    words : str
        What it means.
    example : str
        A value that it takes.
    codes : tuple of (str, str)
        Every value that it takes and what that is called; empty where any text may stand.
    repeated : bool
        Whether it may stand more than once, which then widens.
    selects : bool
        Whether it changes the data; the others only arrange the page.
    pattern : str
        The form of a value that is no code, as a regular expression.
    longest : int
        Characters of a value; 0 where nothing else limits them.
    """

    name: str
    words: str
    example: str
    codes: tuple[tuple[str, str], ...] = ()
    repeated: bool = False
    selects: bool = True
    pattern: str = ""
    longest: int = 0


def _label(name: str, code: str) -> str:
    # the short label is for a symbol's key; here stands who said what
    label = _(LATEST_WORDS[code].label) if name == "status" else option_label(name, code)
    return unknown_or(code, label)


def _facets() -> list[Parameter]:
    return [
        Parameter(
            name=name,
            words=_(_FACETS[name][0]),
            example=_FACETS[name][1],
            codes=tuple((code, _label(name, code)) for code in codes),
            repeated=True,
        )
        for name, codes in CODES.items()
    ]


def _named(*codes: str) -> tuple[tuple[str, str], ...]:
    return tuple((code, _(_LABELS[code])) for code in codes)


def _dates() -> list[Parameter]:
    until_now = _("Show what had been said by the end of this day, month or year. Without it: now.")
    certain = _("Only what lies in the range whatever day a doubtful date means.")
    return [
        *(
            Parameter(name=n, words=_(_RANGE[n][0]), example=_RANGE[n][1], pattern=_DATE)
            for n, _field in RANGE
        ),
        Parameter(name="certain", words=certain, example="1", codes=_named("1")),
        Parameter(name="asof", words=until_now, example="2022-12-05", pattern=_DATE),
    ]


def _of_the_page() -> list[Parameter]:
    looks = _("Latitude, longitude and zoom of the map.")
    return [
        Parameter(
            name="view",
            words=looks,
            example="52.10_5.30_6",
            selects=False,
            pattern=r"^-?[0-9.]+_-?[0-9.]+_[0-9.]+$",
        ),
        Parameter(
            name="layer",
            words=_("What is laid over the map."),
            example="coverage",
            codes=_named(*LAYERS),
            selects=False,
        ),
        *(
            Parameter(name=n, words=_(_CARDS[n][0]), example=_CARDS[n][1], selects=False)
            for n in CARDS
        ),
        Parameter(
            name="lang",
            words=_("Language of the words."),
            example="en",
            codes=_named(*LANGUAGES),
            selects=False,
        ),
    ]


@cache
def parameters() -> tuple[Parameter, ...]:
    """Every parameter that a link may carry, in the order in which a link is written."""
    search = _(
        "Free text, percent-encoded UTF-8: every word must occur in place, jurisdiction, "
        "summary, speaker or publisher; case and accents do not count."
    )
    version = _(
        "Ledger version: 8 hex digits. If a release bears it, that release is shown, without "
        "what has been withheld since; else the newest ledger, and this is said."
    )
    return (
        *_facets(),
        Parameter(name="q", words=search, example="embassy", longest=MAX_SEARCH),
        *_dates(),
        *_of_the_page(),
        Parameter(name="v", words=version, example="1a2b3c4d", pattern="^[0-9a-f]{8}$"),
    )
