"""
Write the outlines and the kerning of the letters that figures are drawn with.

Run it after another version of the font was vendored: ``python tools/build_glyphs.py``.
Serving needs the table alone, and so no library that reads fonts.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402
from tools.build_widths import FONTS, WEIGHTS  # noqa: E402

#: what the font draws as one glyph, the longest first
LIGATURES = {"fft": "f_f_t", "ff": "f_f", "ft": "f_t"}
#: Latin letters and punctuation: other letters are rare in a figure, and are not kerned
_KERNED = (range(0x250), range(0x2000, 0x2070))

Pairs = dict[tuple[str, str], int]


class _RelativePath(BasePen):  # type: ignore[misc]
    """Writes a glyph as path data that can be set behind any other: every step is relative."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []
        self._at = self._start = (0, 0)

    def _step(self, command: str, *points: tuple[float, float]) -> None:
        # y runs downwards in a picture; each point is rounded before the difference is taken,
        # so that no error adds up
        whole = [(round(x), -round(y)) for x, y in points]
        steps = (f"{x - self._at[0]} {y - self._at[1]}" for x, y in whole)
        self.parts.append(command + " ".join(steps).replace(" -", "-"))
        self._at = whole[-1]

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._step("m", pt)
        self._start = self._at

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._step("l", pt)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:
        self._step("q", pt1, pt2)

    def _closePath(self) -> None:
        self.parts.append("z")
        self._at = self._start


def _outline(glyphs: Any, name: str) -> str:
    pen = _RelativePath(glyphs)
    glyphs[name].draw(pen)
    return "".join(pen.parts)


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)


def _of_pairs(table: Any, names: set[str]) -> Iterator[tuple[tuple[str, str], int]]:
    for first, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
        for pair in pairs.PairValueRecord:
            if first in names and pair.SecondGlyph in names:
                yield (first, pair.SecondGlyph), _advance(pair.Value1)


def _of_classes(table: Any, names: set[str]) -> Iterator[tuple[tuple[str, str], int]]:
    left, right = table.ClassDef1.classDefs, table.ClassDef2.classDefs
    for first in names.intersection(table.Coverage.glyphs):
        for second in names:
            row = table.Class1Record[left.get(first, 0)]
            yield (first, second), _advance(row.Class2Record[right.get(second, 0)].Value1)


def _pairs(font: TTFont, names: set[str]) -> Pairs:
    """Return by how much two glyphs are moved apart, from the font's table of positions."""
    positions = font["GPOS"].table
    features = positions.FeatureList.FeatureRecord
    lookups = {i for f in features if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex}
    found: Pairs = {}
    for index in sorted(lookups):
        for subtable in positions.LookupList.Lookup[index].SubTable:
            table = getattr(subtable, "ExtSubTable", subtable)
            values = _of_pairs if table.Format == 1 else _of_classes
            for pair, value in values(table, names):
                # the first subtable that knows a pair decides, even for nothing
                found.setdefault(pair, value)
    return found


def _kerning(font: TTFont) -> dict[str, dict[str, str]]:
    """Return by letter and distance the letters that are that far nearer to it or further off."""
    letters = {
        name: chr(code)
        for code, name in sorted(font.getBestCmap().items(), reverse=True)
        if any(code in block for block in _KERNED)
    }
    apart: dict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))
    for (first, second), value in sorted(_pairs(font, set(letters)).items()):
        if value:
            apart[letters[first]][str(value)] += letters[second]
    return {letter: dict(sorted(apart[letter].items())) for letter in sorted(apart)}


def table() -> dict[str, dict[str, Any]]:
    """Return outlines, ligatures and kerning in thousandths of the size, by weight."""
    tables = {}
    for weight, file in WEIGHTS.items():
        font = TTFont(FONTS / file)
        glyphs, metrics = font.getGlyphSet(), font["hmtx"]
        named = {chr(code): name for code, name in sorted(font.getBestCmap().items())}
        tables[weight] = {
            "outlines": {key: _outline(glyphs, name) for key, name in (named | LIGATURES).items()},
            "ligatures": {key: metrics[name][0] for key, name in LIGATURES.items()},
            "kerning": _kerning(font),
        }
    return tables


def main() -> None:
    """Write ``glyphs.json`` beside the code that reads it."""
    text = json.dumps(table(), ensure_ascii=False, separators=(",", ":"))
    write_atomically(PROJECT / "geo" / "pictures" / "glyphs.json", text + "\n")


if __name__ == "__main__":
    sys.exit(status_of("build_glyphs", main))
