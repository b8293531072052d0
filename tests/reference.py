"""
Plain references, written from the words of docs/DATA_MODEL.md alone.

They are as naive as they can be: each goes through the rules sentence by sentence, over
and over, and knows nothing of the code that it is compared with.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace

from babel import Locale

from geo.ledger.dataset import Dataset
from geo.link.parameters import parameter
from geo.model.entities import Event, Record
from geo.model.place_names import TABLE
from geo.model.searchable import searchable, words

CODES = (
    "authority_looking",
    "told_to_stop",
    "party_says_closed",
    "authority_says_closed",
    "looked_found_none",
    "no_offence_found",
    "says_none_known",
    "rejects_report",
    "inquiry_closed",
)
#: “may set a latest word?”
ENTITLED = {
    "host_authority": [code for code in CODES if code != "party_says_closed"],
    "china": ["party_says_closed"],
    "operator": ["party_says_closed"],
}


def last_day(text: str) -> date:
    """A month or a year takes effect on its last day; so does an interval."""
    text = text.split("/")[-1]
    year = int(text[:4])
    month = int(text[5:7]) if len(text) >= 7 else 12
    day = int(text[8:10]) if len(text) == 10 else monthrange(year, month)[1]
    return date(year, month, day)


def first_day(text: str) -> date:
    """The first day that a partial date can mean."""
    text = text.split("/")[0]
    return date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) < 10 else text)


def latest_word(events: Iterable[Event], record_id: str, day: date) -> Event | None:
    """The event whose word stands on a record, or None while it is ``claim_only``."""
    # "On day D only events public by D count: those whose said_on interval has ended by D."
    public = [e for e in events if last_day(e.said.text) <= day]

    # "the order is by when the thing happened: (end of happened_on, or of said_on where that
    # is empty; then said_on; then file order)"
    def order(e: Event) -> tuple[date, date, date, int]:
        happened = e.happened.text if e.happened else e.said.text
        said = e.said.text
        return last_day(happened), last_day(said), first_day(said), e.position

    word = None
    for e in sorted(public, key=order):
        if record_id not in e.about:  # a country's answer is not a record's
            continue
        if e.sets == "" or e.sets not in ENTITLED.get(e.actor_type, []):
            continue
        # "a word by China or an operator never replaces a host authority's"
        if word is not None and word.actor_type == "host_authority":
            if e.actor_type == "host_authority":
                word = e
        else:
            word = e
    return word


NESTS = {"qingtian": "lishui"}
SCRIPTS = {
    "fuzhou": "福州",
    "lishui": "丽水",
    "qingtian": "青田",
    "wenzhou": "温州",
    "nantong": "南通",
}
PROVINCES = {"CN-FJ": "Fujian", "CN-ZJ": "Zhejiang", "CN-JS": "Jiangsu"}
ACTS = {
    "told_to_stop": ["told_to_stop"],
    "inquiry": ["inquiry_opened"],
    "inquiry_closed": ["inquiry_closed"],
    "no_evidence": ["no_place_found", "no_offence_found", "none_known", "report_rejected"],
    "court_case": ["arrest", "charge", "plea", "acquittal", "conviction", "sentence"],
}


def other_names() -> dict[str, set[tuple[str, str, str]]]:
    """The places that each name of the table is a name of."""
    places: dict[str, set[tuple[str, str, str]]] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for key in row["names"].split("; "):
                places.setdefault(key, set()).add((row["country"], row["region"], row["city"]))
    return places


OTHER_NAMES = other_names()
#: “a code that is an English word counts in capital letters, or alone”
ORDINARY = [
    *("am", "as", "at", "be", "by", "do", "in", "is", "it", "la", "ma", "me", "my", "no", "pa"),
    *("so", "to", "us"),
]


def is_han(word: str) -> bool:
    """Scripts without spaces; the frozen ledger has only this one."""
    return any("\u3400" <= letter <= "\u9fff" for letter in word)


def in_a_row(run: list[str], text: list[str]) -> bool:
    """Whether these words occur, whole and in a row."""
    if any(is_han(word) for word in run):
        return any(run[0] in word for word in text)
    return any(text[i : i + len(run)] == run for i in range(len(text)))


def begins(word: str, text: list[str]) -> bool:
    """“words of up to three letters match whole words, longer ones their beginning”."""
    if is_han(word):
        return any(word in other for other in text)
    if len(word.rstrip("_")) <= 3:
        return word in text
    return any(other.startswith(word) for other in text)


class Day:
    """What had been said in public by the end of a day."""

    def __init__(self, data: Dataset, day: date) -> None:
        self.data = data
        self.events = [e for e in data.events if last_day(e.said.text) <= day]
        self.public = {e.id for e in self.events}
        self.records = [
            r
            for r in data.records
            if any(e.event_type == "claim" and r.id in e.about for e in self.events)
        ]
        self.facts = {r.id: self._facts(r, day) for r in self.records}
        self.named: dict[tuple[str, bool], set[tuple[str, str, str]]] = {}
        self.said = {e.id: self._said(e) for e in data.events}

    def _said(self, e: Event) -> list[str]:
        publishers = [self.data.sources[s].publisher for s in e.sources]
        dates = [*e.said.text.split("/"), *(e.happened.text.split("/") if e.happened else [])]
        return [*searchable(" ".join([e.authority, e.summary, *publishers])).split(), e.id, *dates]

    def _name(self, place: tuple[str, str, str]) -> str:
        country, region, city = place
        names = {"EU": "European Union", "ZZ": "worldwide"}
        return city or region or names.get(country) or str(Locale("en").territories[country])

    def _event_names(self, e: Event) -> list[str]:
        names = searchable(self._name((e.country, "", ""))).split()
        about = [i for i in e.about if i in self.facts]
        return [*names, *(word for i in about for word in self.facts[i].names), *e.about]

    def _places(self, e: Event) -> set[tuple[str, str, str]]:
        about = [self.facts[i].places for i in e.about if i in self.facts]
        return {(e.country, "", "")}.union(*about)

    def _named_by(self, run: list[str], alone: bool) -> set[tuple[str, str, str]]:
        key = " ".join(run)
        if (key, alone) not in self.named:
            self.named[key, alone] = self._read(key, alone)
        return self.named[key, alone]

    def _read(self, key: str, alone: bool) -> set[tuple[str, str, str]]:
        own = {place for facts in self.facts.values() for place in facts.places}
        places = {place for place in own if " ".join(words(self._name(place))) == key}
        places |= OTHER_NAMES.get(key, set())
        if alone and key in ORDINARY:
            places |= OTHER_NAMES.get(f"{key}_", set())
        code = key.rstrip("_").upper()
        known = code == "EU" or code in parameter("country").codes
        if known and code != "ZZ" and (alone or key.endswith("_") or key not in ORDINARY):
            places.add((code, "", ""))
        return places

    def found(
        self, q: str, places: set[tuple[str, str, str]], names: list[str], text: list[str]
    ) -> bool:
        """Whether something in these places, with these names and this text, has each term."""
        typed = []
        ids = [*(r.id for r in self.records), *(e.id for e in self.events)]
        for word in q.split():
            if "-" in word and any(i.startswith(word) for i in ids):
                if not any(other.startswith(word) for other in names + text):
                    return False
            else:
                typed += words(word)
        alone, some = len(typed) == 1, bool(q.split())
        while typed:
            longest = [n for n in range(6, 0, -1) if self._named_by(typed[:n], alone)]
            run = typed[: longest[0] if longest else 1]
            typed = typed[len(run) :]
            named = self._named_by(run, alone)
            if not named:
                if not begins(run[0], names) and not begins(run[0], text):
                    return False
                continue
            called = [searchable(self._name(place)).split() for place in named]
            if not alone or len(run[0]) != 2 or not run[0].isascii():
                called.append(run)
            if run[0] in ORDINARY:
                called.append([f"{run[0]}_"])
            if not named & places and not any(
                in_a_row(name, names) or in_a_row(name, text) for name in called
            ):
                return False
        return some

    def _flags(self, events: list[Event]) -> set[str]:
        flags = {
            flag
            for flag, types in ACTS.items()
            if any(e.event_type in types and e.actor_type == "host_authority" for e in events)
        }
        if any(other in self.public for e in events for other in e.differs_from):
            flags.add("accounts_differ")
        if any(e.event_type == "answer_by_named_party" for e in events):
            flags.add("named_party_denies")
        return flags

    def _facts(self, r: Record, day: date) -> SimpleNamespace:
        about = [e for e in self.events if r.id in e.about]
        own_country = [e for e in self.events if e.country == r.host_country]
        hosts = [e for e in own_country if e.actor_type == "host_authority"]
        own = self._flags(about)
        # "no_answer (no host_authority event about it or its country)"
        if not [e for e in hosts if r.id in e.about or e.about == ("country",)]:
            own.add("no_answer")
        word = latest_word(self.events, r.id, day)
        code = r.origin_city.lower()
        origin = [r.origin_city, SCRIPTS.get(code, ""), PROVINCES.get(r.origin_province, "")]
        country = str(Locale("en").territories[r.host_country])
        names = searchable(" ".join([r.host_city, r.host_region, r.place_label, country])).split()
        places = {(r.host_country, "", "")}
        places |= {(r.host_country, r.host_region, "")} if r.host_region else set()
        places |= {(r.host_country, "", r.host_city)} if r.host_city else set()
        return SimpleNamespace(
            about=about,
            status=word.sets if word else "claim_only",
            # "a flag of its own or of its country"; the country's from its authorities alone
            flags=own | (self._flags(hosts) if hosts else {"no_answer"}),
            jurisdictions={code, NESTS.get(code, code)} if code else {"unknown"},
            types={e.event_type for e in about},
            text=searchable(" ".join([*origin, r.summary])).split(),
            names=[*names, r.id],
            places=places,
        )

    def records_of(self, picked: dict[str, list[str]], q: str) -> list[str]:
        """The ids of the records that a selection holds."""
        return [r.id for r in self.records if self._record(r, picked, q)]

    def _record(self, r: Record, picked: dict[str, list[str]], q: str) -> bool:
        facts = self.facts[r.id]
        own = {
            "country": {r.host_country},
            "province": {r.origin_province or "unknown"},
            "jurisdiction": facts.jurisdictions,
            "status": {facts.status},
            "flag": facts.flags,
            "type": facts.types,
            "list": {r.claim_list},
        }
        # "Several values of one filter: any of them; several filters: all."
        for name, values in picked.items():
            if values and not own[name] & set(values):
                return False
        text = [*facts.text, *(word for e in facts.about for word in self.said[e.id])]
        return not q or self.found(q, facts.places, facts.names, text)

    def events_of(self, picked: dict[str, list[str]], q: str) -> list[str]:
        """The ids of the events that a selection holds, repeats included."""
        records = set(self.records_of(picked, q))
        hosts = {r.host_country for r in self.records if r.id in records}
        narrowing = ["province", "jurisdiction", "status", "flag", "list"]
        found = []
        for e in self.events:
            if picked.get("country") and e.country not in picked["country"]:
                continue
            if picked.get("type") and e.event_type not in picked["type"]:
                continue
            if q and not self.found(q, self._places(e), self._event_names(e), self.said[e.id]):
                continue
            if any(picked.get(name) for name in narrowing):
                of_record = bool(set(e.about) & records)
                of_country = e.about == ("country",) and e.country in hosts
                if not of_record and not of_country:
                    continue
            if (
                e.country in ("EU", "ZZ")
                and any(picked.get(name) for name in ["country", *narrowing])
                and e.country not in picked.get("country", [])
            ):
                continue
            found.append(e.id)
        return found
