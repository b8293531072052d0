"""The vocabulary: every code has words, and no two codes have the same."""

from __future__ import annotations

import re

import pytest

from geo.model import vocabulary
from geo.wording import LANGUAGES, N_, _, alternatives, ngettext

LABELS = {
    name: getattr(vocabulary, name)
    for name in (
        "ACTORS", "COVERAGE", "FLAGS", "LISTS", "PROVINCES", "FUNCTIONS", "STRENGTHS",
        "SOURCE_CLASSES",
    )
}  # fmt: skip
LABELS["words"] = {code: word.label for code, word in vocabulary.LATEST_WORDS.items()}
LABELS["short"] = {code: word.short for code, word in vocabulary.LATEST_WORDS.items()}
LABELS["phrases"] = {code: word.phrase for code, word in vocabulary.LATEST_WORDS.items()}
LABELS["types"] = {code: kind.label for code, kind in vocabulary.EVENT_TYPES.items()}
LABELS["jurisdictions"] = {c: name for c, (name, _s, _h) in vocabulary.JURISDICTIONS.items()}


@pytest.mark.parametrize("table", LABELS)
def test_every_code_has_a_label_of_its_own(table: str) -> None:
    labels = LABELS[table]
    assert labels
    assert all(label.strip() == label and label for label in labels.values())
    assert len(set(labels.values())) == len(labels)
    assert all(_(label) for label in labels.values())


def test_codes_are_safe_in_links_and_files() -> None:
    for table in LABELS.values():
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", code) for code in table)


def test_words_are_kept_by_their_code() -> None:
    assert all(word.code == code for code, word in vocabulary.LATEST_WORDS.items())
    assert all(kind.code == code for code, kind in vocabulary.EVENT_TYPES.items())
    assert vocabulary.CLAIM_ONLY in vocabulary.LATEST_WORDS
    assert set(vocabulary.STRIP) <= set(vocabulary.FLAGS)
    assert set(vocabulary.EVENT_TYPES) >= vocabulary.CASE_TYPES | set(vocabulary.FLAG_BY_TYPE)
    assert set(vocabulary.FLAG_BY_TYPE.values()) <= set(vocabulary.FLAGS)


def test_short_labels_are_short() -> None:
    for word in vocabulary.LATEST_WORDS.values():
        # a phone has room for two of them in a line of the legend
        assert len(word.short) <= 26
        assert len(word.short) < len(word.label)


def test_phrases_make_a_sentence_and_labels_have_no_full_stop() -> None:
    for word in vocabulary.LATEST_WORDS.values():
        assert re.match(r"(said|told|made) ", word.phrase)
        assert not word.phrase.endswith(".")
        assert not word.label.endswith(".")


def test_who_may_set_a_latest_word() -> None:
    every = set(vocabulary.LATEST_WORDS) - {"claim_only"}
    assert set().union(*vocabulary.MAY_SET.values()) == every
    assert vocabulary.MAY_SET["china"] == vocabulary.MAY_SET["operator"] == {"party_says_closed"}
    assert vocabulary.MAY_SET["host_authority"] == every - {"party_says_closed"}
    assert set(vocabulary.MAY_SET) == {"host_authority", "china", "operator"}
    for kind in vocabulary.EVENT_TYPES.values():
        assert kind.usual <= every
        # a country's symbol is drawn from its authorities' acts: each leads to one word
        assert len(kind.usual & vocabulary.MAY_SET["host_authority"]) <= 1
    for word in vocabulary.LATEST_WORDS.values():
        assert set(word.event_types) <= set(vocabulary.EVENT_TYPES)
        assert (word.shape.hue == "authority") is ("host_authority" in word.set_by)


def test_labels_of_words_that_share_a_shape_are_of_just_those_that_do() -> None:
    groups: dict[object, set[str]] = {}
    for word in vocabulary.LATEST_WORDS.values():
        groups.setdefault(word.shape, set()).add(word.code)
    for codes in vocabulary.SHARED_LABELS:
        assert codes in groups.values()


@pytest.mark.parametrize("table", LABELS)
def test_no_label_calls_a_record_a_station(table: str) -> None:
    for label in LABELS[table].values():
        assert "station" not in label.lower()
        assert not re.search("secret|illegal|covert|clandestine|spy", label.lower())


def test_english_is_the_key_of_the_catalogue() -> None:
    assert LANGUAGES == ("en",)
    assert _("On {date}") == N_("On {date}") == "On {date}"
    assert ngettext("{n} record", "{n} records", 1) == "1 record"
    assert ngettext("{n} record", "{n} records", 0) == "0 records"
    assert ngettext("{n} record", "{n} records", 1234) == "1,234 records"


def test_an_empty_message_is_empty_and_alternatives_are_one_message_each() -> None:
    # a catalogue answers the empty message with its own head
    assert _("") == ""
    assert alternatives([]) == ""
    assert alternatives(["a"]) == "a"
    assert alternatives(c for c in "abc") == "a or b or c"
    assert ngettext("{n} of {day}", "{n} of {day}s", 2, day="a day") == "2 of a days"
