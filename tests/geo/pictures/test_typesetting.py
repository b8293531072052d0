"""Text by measured widths: every line fits, no word is lost, nothing unprintable remains."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from geo.pictures.typesetting import (
    clean,
    cut,
    has_letters_for,
    line_width,
    only_letters,
    set_text,
    wrap,
)
from geo.views.text_width import BOLD, FONTS, REGULAR, width
from tests.markup import straight
from tools.build_widths import table


def test_the_table_is_that_of_the_fonts() -> None:
    assert json.loads((FONTS / "widths.json").read_text(encoding="utf-8")) == table()


@settings(max_examples=40)
@given(st.text(), st.text(), st.integers(18, 40), st.integers(60, 900))
def test_every_line_fits_and_no_word_is_lost(one: str, two: str, size: int, room: int) -> None:
    lines = wrap([(one, BOLD), (two, REGULAR)], size, room)
    assert all(line_width(line, size) <= room for line in lines)
    said = "".join(text for line in lines for text, _weight in line)
    assert straight(said.replace(" ", "")) == straight((clean(one) + clean(two)).replace(" ", ""))


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=400), st.integers(1, 4), st.integers(60, 900))
def test_what_is_cut_ends_in_an_ellipsis_and_fits(text: str, most: int, room: int) -> None:
    whole = wrap([(text, REGULAR)], 20, room)
    short = cut(whole, most, 20, room)
    assert len(short) == min(most, len(whole))
    assert all(line_width(line, 20) <= room for line in short)
    if len(whole) > most:
        assert short[-1][-1][0].endswith("…")


def test_a_cut_falls_at_a_word() -> None:
    (line,) = set_text("The minister said, that he knew of none", 20, 170, 1)
    assert line == (("The minister said…", REGULAR),)


@given(st.text())
def test_what_was_cleaned_is_xml(text: str) -> None:
    parsed = ElementTree.fromstring(f"<t>{escape(clean(text))}</t>")
    assert (parsed.text or "") == clean(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\u202eb\u200d", "ab"), ("a\x00b", "a\ufffdb"), ("a\n\t b", "a b"), ("\ud800", "\ufffd")],
)
def test_what_turns_lines_round_or_breaks_xml_goes(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_letters_that_the_font_lacks_are_known() -> None:
    assert has_letters_for("Crónica, čeština, Ελλάδα, tiếng Việt")
    assert not has_letters_for("温州")
    assert only_letters("Jurisdiction: Wenzhou 温州; Status") == "Jurisdiction: Wenzhou; Status"
    # the fonts of other machines draw these, as wide as a square at most
    assert width("温州", 20) == 40
