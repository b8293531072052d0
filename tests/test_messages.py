"""The catalogue of texts is up to date with the texts."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from geo.paths import PROJECT
from tests.language import BANNED, banned_words, glued_messages, unseen_messages
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


MODULES = sorted([*(PROJECT / "geo").rglob("*.py"), *(PROJECT / "pages").glob("*.py")])
TEMPLATES = sorted((PROJECT / "geo" / "views" / "templates").glob("*.html"))
#: in the atlas's own voice; generated lists of cells and the history of the changes are not
DOCUMENTS = sorted(
    path
    for pattern in ("README.md", "CONTRIBUTING.md", "THIRD_PARTY.md", "docs/*.md", "deploy/*.md")
    for path in PROJECT.glob(pattern)
    if path.name != "LATEST_WORDS.md"
)


def _messages() -> list[str]:
    texts = [text for _file, text in messages.found()]
    return sorted({part for text in texts for part in ([text] if isinstance(text, str) else text)})


def test_every_message_is_collected() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{line}: {call}"
        for path in MODULES
        for line, call in unseen_messages(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        """picked = f"{picked}; {_('a search')}" """,
        """_(f"{count} records")""",
        """_("a" + "b")""",
        """_("{n} records".format(n=1))""",
        """ngettext("one", f"{n} more", 2)""",
    ],
)
def test_a_message_that_cannot_be_collected_is_found(source: str) -> None:
    assert len(list(unseen_messages(source))) == 1


@pytest.mark.parametrize(
    "source", ["""_("{n} records").format(n=1)""", """_(LABELS[code])""", """f"{_(TITLE)}." """]
)
def test_a_message_that_is_collected_elsewhere_is_none_of_them(source: str) -> None:
    assert list(unseen_messages(source)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_glues_a_sentence_from_messages(path: Path) -> None:
    assert list(glued_messages(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "template",
    [
        """<p>{{ _("It gives no answer;") }} <a href="#x">{{ _("others") }}</a> {{ day }}</p>""",
        """<p><a href="/x">{{ _("Open it") }}</a>: {{ _("for printing.") }}</p>""",
        """<p>{{ _("{n} countries, as of") }} {{ day }}.</p>""",
        """<li>{{ name }} <b>{{ _("has said nothing.") }}</b></li>""",
    ],
)
def test_a_sentence_in_fragments_is_found(template: str) -> None:
    assert list(glued_messages(template))


@pytest.mark.parametrize(
    "template",
    [
        """<p>{{ _("A whole sentence.") }} {{ _("Another one.") }}</p>""",
        """<p><a href="/x">{{ _("A label") }}</a> <a href="/y">{{ _("Another") }}</a></p>""",
        """<dt>{{ _("Term") }}</dt><dd>{{ value }}</dd>""",
        """<p>{% if x %}{{ _("This") }}{% else %}{{ _("That") }}{% endif %}</p>""",
    ],
)
def test_whole_messages_next_to_each_other_are_no_fragments(template: str) -> None:
    assert list(glued_messages(template)) == []


def test_no_message_begins_or_ends_in_the_middle_of_a_sentence() -> None:
    parts = [m for m in _messages() if m != m.strip() or m[:1] in ",;:.)" or m[-1:] in ",;("]
    assert parts == []


def test_messages_have_typographic_quotation_marks() -> None:
    assert [text for text in _messages() if "'" in text or '"' in text] == []


def test_no_message_has_a_word_that_the_atlas_does_not_use() -> None:
    assert {text: banned_words(text) for text in _messages() if banned_words(text)} == {}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_has_a_word_that_the_atlas_does_not_use(path: Path) -> None:
    assert banned_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("word", BANNED)
def test_words_that_the_atlas_does_not_use_are_found_as_whole_words(word: str) -> None:
    assert banned_words(f"It is {word}, and {word.upper()}.") == [word, word.upper()]
    assert banned_words(f"It is “{word}”, `{word}` and x{word.replace(' ', '')}x.") == []
