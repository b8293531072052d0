"""The pages' fonts: small, whole for what pages say, and named as their licence allows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from geo.paths import ASSETS, PROJECT
from tests.ledger_files import DATA
from tools.subset_fonts import EVERYWHERE, FOLDER, FURTHER, PARTS, STYLES, unicode_range

#: bytes of the faces that every page uses, together
MOST = 60 * 1024
FONTS = sorted((ASSETS / FOLDER).glob("*.woff2"))
SANS = [file for file in FONTS if "sans" in file.name]


@cache
def font(file: Path) -> TTFont:
    return TTFont(file)


def codes(file: Path) -> set[int]:
    return set(font(file).getBestCmap())


def rules() -> dict[str, str]:
    """The ``unicode-range`` of each file in the style sheet."""
    text = STYLES.read_text(encoding="utf-8")
    found = re.findall(r'url\("\.\./([^"]+)"\).*?unicode-range: ([^;]+);', text, re.DOTALL)
    return dict(found)


def test_every_face_is_in_the_style_sheet_with_its_characters() -> None:
    assert len(FONTS) == 8
    assert rules() == {f"{FOLDER}/{f.name}": unicode_range(sorted(codes(f))) for f in FONTS}
    text = STYLES.read_text(encoding="utf-8")
    # what comes late must not move what has been read
    assert text.count("font-display: optional;") == len(FONTS)
    assert "http" not in text


def test_what_every_page_uses_is_small() -> None:
    everywhere = [file for file in FONTS if file.name.endswith("-latin.woff2")]
    assert len(everywhere) == 4
    assert sum(file.stat().st_size for file in everywhere) <= MOST


def test_the_two_parts_of_a_face_share_no_character() -> None:
    assert set(PARTS) == {"latin", "latin-ext"}
    for file in FONTS:
        if file.name.endswith("-latin.woff2"):
            other = file.with_name(file.name.replace("-latin", "-latin-ext"))
            assert codes(file).isdisjoint(codes(other))


@pytest.mark.parametrize("weight", ["400", "600"])
def test_the_sans_has_all_latin_letters_of_templates_and_ledger(weight: str) -> None:
    texts = [file.read_text(encoding="utf-8") for file in DATA.glob("*.csv")]
    for folder in ("views/templates", "words", "model", "screen", "assets/atlas-1"):
        files = (PROJECT / "geo" / folder).rglob("*")
        texts += [f.read_text(encoding="utf-8") for f in files if f.suffix in (".html", ".py")]
    used = {ord(c) for text in texts for c in text if c.isprintable()}
    wanted = {c for c in used if any(a <= c <= b for a, b in (*EVERYWHERE, *FURTHER))}
    assert len(wanted) > 120
    have = set[int]().union(*(codes(file) for file in SANS if weight in file.name))
    # one form of an apostrophe that no font of the family has
    assert {chr(c) for c in wanted - have} <= {"ʺ"}


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_a_subset_keeps_its_notices_and_not_the_reserved_name(file: Path) -> None:
    names = {n.nameID: n.toUnicode() for n in font(file)["name"].names}
    assert names[1] in ("Atlas Sans", "Atlas Serif")
    assert not any("Source" in names.get(number, "") for number in (1, 3, 4, 6, 16))
    assert "Adobe" in names[0]
    assert "Open Font License" in names[13]
    licence = (ASSETS / FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert licence.count("SIL OPEN FONT LICENSE Version 1.1") == 2
