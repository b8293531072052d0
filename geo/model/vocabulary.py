"""
The codes of the ledger and what they are called: one home for each word.

The codes stand in the files and in links and are never renamed; labels may be reworded.
The rules come from the data model (docs/DATA_MODEL.md): who may set a latest word, which
types of event usually set what, and how strong a kind of source is.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.wording import N_

HOST = "host_authority"
CHINA = "china"
OPERATOR = "operator"
NAMED_PARTY = "named_party"
UNKNOWN = "unknown"
COUNTRY = "country"
WORLD = "world"
WORLDWIDE = "ZZ"
EUROPEAN_UNION = "EU"
CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class LatestWord:
    """One state that the newest word of an entitled speaker leaves on a record."""

    code: str
    label: str
    short: str
    phrase: str
    shape: str


#: the fixed phrases end a signed sentence: "On 5 May 2023 {authority} {phrase}."
LATEST_WORDS: dict[str, LatestWord] = {
    word.code: word
    for word in (
        LatestWord(
            "claim_only",
            N_("Claimed; no host answer about this place found, or none that settles it"),
            N_("Claim only"),
            N_("made the claim; no word of a host authority about this place was found"),
            "●",
        ),
        LatestWord(
            "authority_looking",
            N_("Authority said that it was looking (year); outcome not found"),
            N_("Authority looking"),
            N_("said that the claim was being looked into"),
            "◐",
        ),
        LatestWord(
            "told_to_stop",
            N_("Host government told China or operators to stop"),
            N_("Told to stop"),
            N_("told China or operators to stop"),
            "◇",
        ),
        LatestWord(
            "party_says_closed",
            N_("China or the operator says that it has closed"),
            N_("Party says closed"),
            N_("said that it had closed"),
            "○",
        ),
        LatestWord(
            "authority_says_closed",
            N_("Host authority says that it no longer operates"),
            N_("Authority says closed"),
            N_("said that it no longer operates"),
            "◎",
        ),
        LatestWord(
            "looked_found_none",
            N_("Authority looked and says that it found no such place"),
            N_("Looked, found none"),
            N_("said that no such place had been found"),
            "⊘",
        ),
        LatestWord(
            "no_offence_found",
            N_("Authority says that it found no offence"),
            N_("No offence found"),
            N_("said that no offence had been found"),
            "⊘",
        ),
        LatestWord(
            "says_none_known",
            N_("Authority says that it knows of none, or rejects the report"),
            N_("None known"),
            N_("said that no such place was known, or rejected the report"),
            "⊘",
        ),
        LatestWord(
            "inquiry_closed",
            N_("Inquiry closed; no charge or measure announced"),
            N_("Inquiry closed"),
            N_("said that the inquiry was closed and announced no charge or measure"),
            "⊘",
        ),
    )
}
CLAIM_ONLY = "claim_only"

#: actor type -> the codes that its words may set (docs/DATA_MODEL.md, investigations.csv)
MAY_SET: dict[str, frozenset[str]] = {
    HOST: frozenset(LATEST_WORDS) - {CLAIM_ONLY, "party_says_closed"},
    CHINA: frozenset({"party_says_closed"}),
    OPERATOR: frozenset({"party_says_closed"}),
}

ACTORS: dict[str, str] = {
    HOST: N_("host authority"),
    CHINA: N_("China"),
    OPERATOR: N_("body said to run it"),
    "ngo": N_("NGO"),
    "press": N_("press"),
    "parliament": N_("parliament"),
    NAMED_PARTY: N_("body or person concerned"),
    "international": N_("international body"),
    "anonymous": N_("unnamed source"),
}


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of act or statement, and the latest words that it usually sets."""

    code: str
    label: str
    usual: frozenset[str]


def _event_type(code: str, label: str, *usual: str) -> EventType:
    return EventType(code, label, frozenset(usual))


EVENT_TYPES: dict[str, EventType] = {
    kind.code: kind
    for kind in (
        _event_type(CLAIM, N_("Claim")),
        _event_type("inquiry_opened", N_("Inquiry opened"), "authority_looking"),
        _event_type("told_to_stop", N_("Told to stop"), "told_to_stop"),
        _event_type(
            "closure_stated", N_("Closure stated"), "authority_says_closed", "party_says_closed"
        ),
        _event_type("no_place_found", N_("No such place found"), "looked_found_none"),
        _event_type("no_offence_found", N_("No offence found"), "no_offence_found"),
        _event_type("none_known", N_("None known"), "says_none_known"),
        _event_type("inquiry_closed", N_("Inquiry closed"), "inquiry_closed"),
        _event_type("answer_by_china", N_("Answer by China")),
        _event_type("answer_by_named_party", N_("Answer by those concerned")),
        _event_type("statement", N_("Statement")),
        _event_type("protest", N_("Protest")),
        _event_type("legislation", N_("Legislation")),
        _event_type("arrest", N_("Arrest")),
        _event_type("charge", N_("Charge")),
        _event_type("plea", N_("Plea")),
        _event_type("acquittal", N_("Acquittal")),
        _event_type("conviction", N_("Conviction")),
        _event_type("sentence", N_("Sentence")),
    )
}
CASE_TYPES = frozenset({"arrest", "charge", "plea", "acquittal", "conviction", "sentence"})
NO_EVIDENCE_TYPES = frozenset({"no_place_found", "no_offence_found", "none_known"})
#: words of China that answer a claim (its statements about its own desks do not)
CHINA_ANSWERS = frozenset({"answer_by_china", "closure_stated", "protest"})

#: flag -> label; the first six make the strip of answers on the first screen, in this order
FLAGS: dict[str, str] = {
    "told_to_stop": N_("told to stop"),
    "inquiry": N_("was looking"),
    "inquiry_closed": N_("inquiry closed without measures"),
    "no_evidence": N_("found no place or offence, or knows of none"),
    "court_case": N_("court case"),
    "no_answer": N_("no answer found"),
    "accounts_differ": N_("accounts differ"),
    "named_party_denies": N_("those concerned have answered"),
}
STRIP = ("told_to_stop", "inquiry", "inquiry_closed", "no_evidence", "court_case", "no_answer")

#: coverage state -> label; each code of ISO 3166-1 has exactly one on a day
COVERAGE: dict[str, str] = {
    "listed_answered": N_("Named in a claim; an authority of the country has spoken"),
    "listed_no_answer": N_("Named in a claim; no answer of an authority found"),
    "not_listed_spoken": N_("No record, yet an authority of the country has spoken"),
    "not_listed": N_("No record, and no word of an authority found"),
    "named_state": N_("The state whose bodies are named"),
}

LISTS: dict[str, str] = {
    "ngo-2022-09": N_("NGO's first list, September 2022"),
    "ngo-2022-12": N_("NGO's second list, December 2022"),
    "other": N_("other named sources"),
}

PROVINCES: dict[str, str] = {
    "CN-FJ": N_("Fujian"),
    "CN-JS": N_("Jiangsu"),
    "CN-ZJ": N_("Zhejiang"),
}

#: jurisdiction code -> (name, original script, code of the one that holds it)
JURISDICTIONS: dict[str, tuple[str, str, str]] = {
    "fuzhou": ("Fuzhou", "福州", ""),
    "lishui": ("Lishui", "丽水", ""),
    "qingtian": ("Qingtian", "青田", "lishui"),
    "wenzhou": ("Wenzhou", "温州", ""),
    "nantong": ("Nantong", "南通", ""),
}

FUNCTIONS: dict[str, str] = {
    "paperwork": N_("paperwork"),
    "persuasion-to-return": N_("persuasion to return"),
    "monitoring": N_("monitoring"),
    "unspecified": N_("not specified"),
}

STRENGTHS: dict[str, str] = {
    "A": N_("an official source, or the claimant's own text"),
    "B": N_("two or more independent newsrooms"),
    "C": N_("one independent newsroom"),
    "D": N_("copies, campaign press or forums only"),
}

#: ground on which something is withheld -> label (withheld.csv)
GROUNDS: dict[str, str] = {
    "legal": N_("law"),
    "privacy": N_("privacy"),
    "safety": N_("safety"),
    "error": N_("error"),
}

SOURCE_CLASSES: dict[str, str] = {
    "official": N_("official"),
    "party": N_("of a party to the matter"),
    "independent_press": N_("independent press"),
    "campaign_press": N_("campaign press"),
    "copy": N_("copy"),
    "forum_or_blog": N_("forum or blog"),
}
