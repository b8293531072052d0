"""
The codes of the ledger and their labels.

The codes are used in the files and in links and are never renamed; labels may be reworded.
The rules come from the data model (docs/DATA_MODEL.md): who may set a latest word, which
types of event usually set what, and how strong a kind of source is.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.latest_word import (
    BARRED,
    CORE,
    DIAMOND,
    HALF,
    RING,
    SLASHED,
    SQUARE,
    Circle,
    LatestWord,
    Shape,
)
from geo.wording import N_

HOST = "host_authority"
CHINA = "china"
OPERATOR = "operator"
NAMED_PARTY = "named_party"
UNKNOWN = "unknown"
COUNTRY = "country"
ELSEWHERE = "elsewhere"
WORLD = "world"
#: what may stand in ``about`` in the place of records; of these, what concerns the country
GENERAL = frozenset({COUNTRY, ELSEWHERE, WORLD})
OF_COUNTRY = frozenset({COUNTRY, ELSEWHERE})
WORLDWIDE = "ZZ"
EUROPEAN_UNION = "EU"
CLAIM = "claim"

#: the order of legends, charts and tables; words of the same shape share a row of the legend
LATEST_WORDS: dict[str, LatestWord] = {
    word.code: word
    for word in (
        LatestWord(
            code="claim_only",
            label=N_("Claim only; no conclusive host-authority answer about it found"),
            short=N_("Claim only"),
            phrase=N_(
                "made the claim; no statement by a host authority specifically about it was found"
            ),
            shape=Shape("claim", (Circle(0.88, "solid"),)),
        ),
        LatestWord(
            code="authority_looking",
            label=N_("Host authority said it was looking into the claim; no outcome found"),
            short=N_("Inquiry or checks"),
            phrase=N_("said that the claim was being looked into"),
            flag="inquiry",
            set_by=(HOST,),
            event_types=("inquiry_opened",),
            shape=Shape("authority", (RING, HALF)),
        ),
        LatestWord(
            code="told_to_stop",
            label=N_("Host authority told or asked China or the alleged operator to stop"),
            short=N_("Told or asked to stop"),
            phrase=N_("told China or the alleged operator to stop"),
            flag="told_to_stop",
            set_by=(HOST,),
            event_types=("told_to_stop",),
            shape=Shape("authority", (DIAMOND,)),
        ),
        LatestWord(
            code="party_says_closed",
            label=N_("China or the alleged operator says the site has closed"),
            short=N_("China/operator says closed"),
            phrase=N_("said that the reported site had closed"),
            set_by=(CHINA, OPERATOR),
            event_types=("closure_stated",),
            shape=Shape("claim", (SQUARE,)),
        ),
        LatestWord(
            code="authority_says_closed",
            label=N_("Host authority says the site is no longer active"),
            short=N_("Authority says closed"),
            phrase=N_("said that the reported site was no longer active"),
            set_by=(HOST,),
            event_types=("closure_stated",),
            shape=Shape("authority", (SQUARE, CORE)),
        ),
        LatestWord(
            code="looked_found_none",
            label=N_("Host authority looked and says it found no such site"),
            short=N_("Looked, found none"),
            phrase=N_("said that no such site had been found"),
            flag="no_evidence",
            set_by=(HOST,),
            event_types=("no_place_found",),
            shape=SLASHED,
        ),
        LatestWord(
            code="no_offence_found",
            label=N_("Host authority says it found no offence"),
            short=N_("No offence found"),
            phrase=N_("said that no offence had been found"),
            flag="no_evidence",
            set_by=(HOST,),
            event_types=("no_offence_found",),
            shape=BARRED,
        ),
        LatestWord(
            code="says_none_known",
            label=N_("Host authority says it knows of no such site"),
            short=N_("None known"),
            phrase=N_("said that no such site was known"),
            flag="no_evidence",
            set_by=(HOST,),
            event_types=("none_known",),
            shape=SLASHED,
        ),
        LatestWord(
            code="rejects_report",
            label=N_("Host authority says the report is wrong"),
            short=N_("Report rejected"),
            phrase=N_("said that the report was wrong"),
            flag="no_evidence",
            set_by=(HOST,),
            event_types=("report_rejected",),
            shape=SLASHED,
        ),
        LatestWord(
            code="inquiry_closed",
            label=N_("Inquiry closed; no charge or other action announced"),
            short=N_("Inquiry closed"),
            phrase=N_("said that the inquiry was closed and announced no charge or other action"),
            flag="inquiry_closed",
            set_by=(HOST,),
            event_types=("inquiry_closed",),
            shape=BARRED,
        ),
    )
}
CLAIM_ONLY = "claim_only"

#: what the legend calls words that share a shape; for any other set it joins their short labels
SHARED_LABELS: dict[frozenset[str], str] = {
    frozenset({"looked_found_none", "says_none_known", "rejects_report"}): N_(
        "None found or known, or report rejected"
    ),
    frozenset({"no_offence_found", "inquiry_closed"}): N_("No offence found, or inquiry closed"),
}

#: actor type -> the codes that its events may set (docs/DATA_MODEL.md, investigations.csv)
MAY_SET: dict[str, frozenset[str]] = {
    actor: frozenset(word.code for word in LATEST_WORDS.values() if actor in word.set_by)
    for word in LATEST_WORDS.values()
    for actor in word.set_by
}

ACTORS: dict[str, str] = {
    HOST: N_("host authority"),
    CHINA: N_("China"),
    OPERATOR: N_("alleged operator"),
    "ngo": N_("NGO"),
    "press": N_("press"),
    "parliament": N_("parliament"),
    NAMED_PARTY: N_("person or body named"),
    "international": N_("international body"),
    "anonymous": N_("unnamed source"),
}


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of act or statement."""

    code: str
    label: str

    @property
    def usual(self) -> frozenset[str]:
        """The latest words that it usually sets."""
        return frozenset(w.code for w in LATEST_WORDS.values() if self.code in w.event_types)


EVENT_TYPES: dict[str, EventType] = {
    kind.code: kind
    for kind in (
        EventType(CLAIM, N_("Claim")),
        EventType("inquiry_opened", N_("Inquiry opened")),
        EventType("told_to_stop", N_("Told or asked to stop")),
        EventType("closure_stated", N_("Closure stated")),
        EventType("no_place_found", N_("No such site found")),
        EventType("no_offence_found", N_("No offence found")),
        EventType("none_known", N_("None known")),
        EventType("report_rejected", N_("Report rejected")),
        EventType("inquiry_closed", N_("Inquiry closed")),
        EventType("answer_by_china", N_("Answer by China")),
        EventType("answer_by_named_party", N_("Answer by those named")),
        EventType("statement", N_("Statement")),
        EventType("protest", N_("Diplomatic protest")),
        EventType("legislation", N_("Legislation")),
        EventType("arrest", N_("Arrest")),
        EventType("charge", N_("Charge")),
        EventType("plea", N_("Plea")),
        EventType("acquittal", N_("Acquittal")),
        EventType("conviction", N_("Conviction")),
        EventType("sentence", N_("Sentence")),
    )
}
CASE_TYPES = frozenset({"arrest", "charge", "plea", "acquittal", "conviction", "sentence"})
#: words of China that answer a claim (its statements about its own desks do not)
CHINA_ANSWERS = frozenset({"answer_by_china", "closure_stated", "protest"})

DIRECT = "direct"
#: how a quotation's words relate to the speaker's
SPEECH: dict[str, str] = {DIRECT: N_("direct speech"), "indirect": N_("reported speech")}
#: who answers a claim
ANSWERING = frozenset({HOST, CHINA, OPERATOR, NAMED_PARTY})

#: flag -> label; the first six make the strip of answers on the first screen, in this order
FLAGS: dict[str, str] = {
    "told_to_stop": N_("told or asked to stop"),
    "inquiry": N_("inquiry or checks"),
    "inquiry_closed": N_("inquiry closed, no action announced"),
    "no_evidence": N_("no site or offence found or known"),
    "court_case": N_("court case"),
    "no_answer": N_("no answer found"),
    "accounts_differ": N_("accounts differ"),
    "named_party_denies": N_("people or bodies named have answered"),
}
STRIP = ("told_to_stop", "inquiry", "inquiry_closed", "no_evidence", "court_case", "no_answer")

#: event type -> the flag that a host authority's event of this type gives its records
FLAG_BY_TYPE: dict[str, str] = {
    **{kind: word.flag for word in LATEST_WORDS.values() if word.flag for kind in word.event_types},
    **dict.fromkeys(CASE_TYPES, "court_case"),
}

#: coverage state -> label; each code of ISO 3166-1 has exactly one on a day
COVERAGE: dict[str, str] = {
    "listed_answered": N_("Named in a claim; an authority has answered"),
    "listed_no_answer": N_("Named in a claim; no authority’s answer found"),
    "not_listed_spoken": N_("No record; an authority has spoken"),
    "not_listed": N_("No record; no authority’s statement found"),
    "named_state": N_("The country whose police bodies the claims name"),
}

LISTS: dict[str, str] = {
    "ngo-2022-09": N_("Safeguard Defenders, September 2022"),
    "ngo-2022-12": N_("Safeguard Defenders, December 2022"),
    "other": N_("other named sources"),
}

PROVINCES: dict[str, str] = {
    "CN-FJ": N_("Fujian"),
    "CN-JS": N_("Jiangsu"),
    "CN-ZJ": N_("Zhejiang"),
}

#: jurisdiction code -> (name, original script, code of the one that contains it)
JURISDICTIONS: dict[str, tuple[str, str, str]] = {
    "fuzhou": ("Fuzhou", "福州", ""),
    "lishui": ("Lishui", "丽水", ""),
    "qingtian": ("Qingtian", "青田", "lishui"),
    "wenzhou": ("Wenzhou", "温州", ""),
    "nantong": ("Nantong", "南通", ""),
}

FUNCTIONS: dict[str, str] = {
    "paperwork": N_("paperwork"),
    "persuasion-to-return": N_("persuading people to return"),
    "monitoring": N_("monitoring"),
    "unspecified": N_("not specified"),
}

STRENGTHS: dict[str, str] = {
    "A": N_("an official source, or the claimant’s own text"),
    "B": N_("two or more independent newsrooms"),
    "C": N_("one independent newsroom"),
    "D": N_("copies, campaign press or forums only"),
}

#: ground on which something is withheld (withheld.csv) -> whether readers are told that it was
GROUNDS: dict[str, bool] = {"legal": True, "privacy": False, "safety": False, "error": True}

SOURCE_CLASSES: dict[str, str] = {
    "official": N_("official"),
    "party": N_("party to the matter"),
    "independent_press": N_("independent press"),
    "campaign_press": N_("campaign press"),
    "copy": N_("copy"),
    "forum_or_blog": N_("forum or blog"),
}
#: classes of pages that have not seen what they tell, or take a side
WEAK_CLASSES = frozenset({"copy", "campaign_press", "forum_or_blog"})
