"""The catalogue of texts is up to date with the texts."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from tools import messages


def _fields(text: str) -> set[str]:
    return {name for _before, name, _form, _conversion in string.Formatter().parse(text) if name}


def _pairs() -> Iterator[tuple[str, str]]:
    for _file, text in messages.found():
        if isinstance(text, tuple):
            yield text[0], text[1]


def test_the_catalogue_holds_the_texts_of_today() -> None:
    committed = messages.TARGET.read_text(encoding="utf-8")
    assert committed == messages.catalogue(), "run make messages"


def test_the_catalogue_is_the_same_whenever_it_is_made() -> None:
    assert messages.catalogue() == messages.catalogue()
    head = messages.TARGET.read_text(encoding="utf-8").partition("\n#:")[0]
    assert "Date" not in head
    assert "Generated-By" not in head


def test_other_programs_can_read_the_catalogue() -> None:
    with messages.TARGET.open("rb") as file:
        read = read_po(file, abort_invalid=True)
    assert len(read) > 200
    assert read.charset == "utf-8"


def test_templates_and_tables_of_labels_are_looked_through() -> None:
    files = {file for file, _text in messages.found()}
    assert {
        "geo/model/vocabulary.py",
        "geo/words/summary.py",
        "geo/views/templates/card.html",
    } <= files


@pytest.mark.parametrize(("one", "many"), sorted(set(_pairs())))
def test_singular_and_plural_fill_in_the_same_values(one: str, many: str) -> None:
    assert _fields(one) == _fields(many)
