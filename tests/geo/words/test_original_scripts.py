"""Words in another script say their language, once and in text alone."""

from __future__ import annotations

import re

import pytest

from geo.link.state import State
from geo.screen.page import PAGES, blocks
from geo.words.original_scripts import marked_scripts
from tests.entities import real
from tests.screens import screen_of


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>Qingtian (青田)</p>", '<p>Qingtian (<span lang="zh">青田</span>)</p>'),
        ("<p>警察署へ</p>", '<p><span lang="ja">警察署へ</span></p>'),
        ("<p>경찰서</p>", '<p><span lang="ko">경찰서</span></p>'),
        ('<a title="青田">x</a>', '<a title="青田">x</a>'),
        ("<title>青田</title>", "<title>青田</title>"),
        ('<i lang="zh">青田</i>温州', '<i lang="zh">青田</i><span lang="zh">温州</span>'),
        ('<html lang="en"><p>青田', '<html lang="en"><p><span lang="zh">青田</span>'),
        ("<p>Viña</p>", "<p>Viña</p>"),
    ],
)
def test_a_run_of_characters_says_its_language(html: str, marked: str) -> None:
    assert marked_scripts(html) == marked
    # parts are rendered into wholes
    assert marked_scripts(marked) == marked


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_the_language_of_each_foreign_script(page: str) -> None:
    seen = 0
    for state in (State(), State(record="nl-amsterdam-1"), State(place="IT")):
        for name, block in blocks(screen_of(real(), state, page)).items():
            named = re.findall(r"<\w+[^>]*\slang=[^>]*>[^<]*[\u4e00-\u9fff]", block)
            rest = re.sub(r"<(title|script|style|option|text)\b.*?</\1>", "", block, flags=re.S)
            rest = re.sub(r"<(\w+)\b[^>]*\slang=[^>]*>.*?</\1>", "", rest, flags=re.S)
            assert not re.search(r">[^<]*[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", rest), name
            seen += len(named)
    assert seen or page == "about"
