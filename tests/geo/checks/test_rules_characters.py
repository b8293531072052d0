"""What cannot be seen in a cell, or has two spellings, is an error with its code point."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from geo.checks.rules_characters import character_faults
from geo.files.package import resources
from geo.model.characters import decomposed, hidden, printable, stacked
from tests.ledger_files import LedgerFiles
from tests.payloads import PAYLOADS, UNCHECKED

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


@pytest.mark.parametrize(
    ("sign", "sentence"),
    [
        (
            "\x00",
            "character 12 cannot be seen (U+0000 control character): remove it",
        ),
        (
            "\x1b",
            "character 12 cannot be seen (U+001B control character): remove it",
        ),
        (
            "\x9b",
            "character 12 cannot be seen (U+009B control character): remove it",
        ),
        ("\xad", "character 12 cannot be seen (U+00AD SOFT HYPHEN): remove it"),
        (
            "\u200b",
            "character 12 cannot be seen (U+200B ZERO WIDTH SPACE): remove it",
        ),
        (
            "\u202e",
            "character 12 cannot be seen (U+202E RIGHT-TO-LEFT OVERRIDE): remove it",
        ),
        ("\u3164", "character 12 cannot be seen (U+3164 HANGUL FILLER): remove it"),
        (
            "\ue000",
            "character 12 cannot be seen (U+E000 private-use character): remove it",
        ),
        (
            "\U000e0041",
            "character 12 cannot be seen (U+E0041 TAG LATIN CAPITAL LETTER A)",
        ),
        ("\ufe0f", "character 12 cannot be seen (U+FE0F VARIATION SELECTOR-16): remove it"),
        (
            "\U000e0100",
            "character 12 cannot be seen (U+E0100 VARIATION SELECTOR-17): remove it",
        ),
        (
            "\u180b",
            "character 12 cannot be seen (U+180B MONGOLIAN FREE VARIATION SELECTOR ONE)",
        ),
        ("\ufff0", "character 12 cannot be seen (U+FFF0 character without a name): remove it"),
        ("\uffff", "character 12 cannot be seen (U+FFFF character without a name): remove it"),
        ("  ", "has two spaces in a row (U+0020) at character 12: write one"),
        ("\n", "contains a line break: put it on one line"),
        ("\x85", "contains a line break: put it on one line"),
        ("\u2028", "contains a line break: put it on one line"),
        ("\ufffd", "contains “�”: a character was lost when the file was saved"),
        (
            "o\u0301\u0316\u0342\u035c",
            "has more than 3 marks on the letter at character 16 "
            "(U+035C COMBINING DOUBLE BREVE BELOW)",
        ),
        (
            "e\u0301",
            "is not in Unicode’s form NFC at character 13 (U+0301 COMBINING ACUTE ACCENT): "
            "write “é” there",
        ),
        (
            "\u212b",
            "is not in Unicode’s form NFC at character 12 (U+212B ANGSTROM SIGN): write “Å” there",
        ),
    ],
)
def test_each_is_named_with_its_place_and_code_point(
    files: LedgerFiles, sign: str, sentence: str
) -> None:
    row = files.edit("stations", "ie-dublin-1", summary=f"On the list{sign}of 2022")
    assert any(line.startswith(f"stations.csv:{row} summary: {sentence}") for line in files.new())
    assert all(line == printable(line) for line in files.new())


def test_the_rules_hold_for_each_column_of_each_table(files: LedgerFiles) -> None:
    for resource in resources():
        if resource.optional:
            continue
        (files.folder / resource.file).write_text(
            ",".join(resource.names) + "\n" + ",".join(["a\u200be\u0301"] * len(resource.names)),
            encoding="utf-8",
        )
    lines = files.new()
    for resource in resources():
        for name in () if resource.optional else resource.names:
            place = f"{resource.file}:2 {name}: "
            assert sum(line.startswith(place + "character ") for line in lines) == 1
            assert sum(line.startswith(place + "is not in Unicode’s form") for line in lines) == 1


def test_no_character_of_these_categories_is_missed() -> None:
    wanted = [c for c in EVERY if unicodedata.category(c) in {"Cf", "Cc", "Co", "Cs"}]
    assert len(wanted) > 130_000
    # each between letters, as a pattern might take a run of them for one
    text = "".join(f"a{c}" for c in wanted)
    assert hidden(text) == list(range(1, 2 * len(wanted), 2))
    escaped = printable("".join(EVERY))
    assert escaped.isprintable()
    assert not set(escaped) & set(wanted)
    assert printable(escaped) == escaped


def test_letters_marks_and_signs_of_all_scripts_are_seen() -> None:
    # but for those with the property Default_Ignorable_Code_Point, and the blank of Braille
    found = {c for c in EVERY if unicodedata.category(c)[0] in "LMNPS" and hidden(c)}
    names = {unicodedata.name(c) for c in found}
    selectors = {name for name in names if "VARIATION SELECTOR" in name}
    assert len(selectors) == 256 + 4
    assert names - selectors == {
        "BRAILLE PATTERN BLANK", "COMBINING GRAPHEME JOINER", "HANGUL CHOSEONG FILLER",
        "HANGUL JUNGSEONG FILLER", "HANGUL FILLER", "HALFWIDTH HANGUL FILLER",
        "KHMER VOWEL INHERENT AQ", "KHMER VOWEL INHERENT AA",
    }  # fmt: skip
    assert [c for c in EVERY if unicodedata.category(c) == "Zs" and hidden(c)] == []


def test_what_is_never_a_character_is_found() -> None:
    never = {c for c in EVERY if ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF}
    assert len(never) == 66
    assert all(map(hidden, never))


def test_every_mark_counts_and_three_are_enough_for_any_script() -> None:
    marks = [c for c in EVERY if unicodedata.category(c)[0] == "M"]
    assert [c for c in marks if stacked("a" + c * 3) is not None] == []
    assert [c for c in marks if stacked("a" + c * 4) != 4] == []
    for word in ("བསྒྲུབས", "ที่นี่", "निर्भीक", "Việt Nam", "עִבְרִית", "العَرَبِيَّة", "東京"):
        assert stacked(word) is None, word


@pytest.mark.parametrize("text", ["été ! 東京", "Łódź", "⚠", "“Q’s” — 5 €"])
def test_what_belongs_to_a_language_is_kept(files: LedgerFiles, text: str) -> None:
    files.edit("sources", "oireachtas-2022-10-25", title=text)
    assert files.new() == []


def test_the_place_of_another_form_is_in_the_text() -> None:
    for text in ("e\u0301", "abe\u0301", "\u1100\u1161", "x\u0344", "\u0958", "a\u0323\u0302"):
        place = decomposed(text)
        assert place is None or place < len(text)
        assert (place is None) == unicodedata.is_normalized("NFC", text)


def test_only_the_payloads_that_are_named_so_fail() -> None:
    failing = tuple(p for p in PAYLOADS if list(character_faults(p.text)))
    assert failing == UNCHECKED
    assert len(PAYLOADS) == 60
