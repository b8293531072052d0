"""
Make the fonts of the pages: subsets of Source Sans 3 and Source Serif 4, and their style sheet.

Run it after another version of a font, or for other characters::

    python tools/subset_fonts.py SourceSerif4.ttf && make assets

The argument is the variable font of Source Serif 4 (axes ``opsz`` and ``wght``); Source Sans 3
is in the repository. Each face is cut in two: what every page uses, and the letters of further
Latin alphabets, which browsers fetch only for a page that has one. The licence reserves the
name “Source” for the fonts as they are, so the subsets have names of their own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402

ASSETS = PROJECT / "geo" / "assets"
FOLDER = "atlas-fonts-1"
STYLES = ASSETS / "atlas-1" / "fonts.css"
SANS = ASSETS / "source-sans-3.52.0"
#: the optical size of the serif, in points: that of a sentence above the map
OPTICAL_SIZE = 20

#: first and last of the characters that every page may use: ASCII, Latin-1, punctuation, and
#: the arrows and shapes of the templates
EVERYWHERE = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x202F, 0x202F),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2264, 0x2265),
    (0x25B8, 0x25B8),
    (0x25BE, 0x25BE),
    (0x25CB, 0x25CB),
    (0x25CF, 0x25CF),
    (0x2713, 0x2713),
)
#: letters of names and titles: central Europe, Turkish, Romanian, Pinyin, Vietnamese
FURTHER = (
    (0x100, 0x17F),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x1CD, 0x1DC),
    (0x218, 0x21B),
    (0x2B9, 0x2BF),
    (0x1EA0, 0x1EF9),
)
PARTS = {"latin": EVERYWHERE, "latin-ext": FURTHER}

#: after the atlas's fonts those of the reader's system, Chinese ones for names in Chinese last
STACKS = {
    "sans": (
        '"Atlas Sans", "Source Sans 3", "Source Sans Pro", "Atlas Arial", "Atlas Roboto", '
        '"Atlas DejaVu", system-ui, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", '
        '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif'
    ),
    "serif": (
        '"Atlas Serif", "Source Serif 4", "Source Serif Pro", "Atlas Times", "Atlas DejaVu Serif", '
        '"Songti SC", SimSun, "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", serif'
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """
    A font of the reader's system, scaled so that its lines are as wide as the atlas's.

    The fonts load with ``font-display: optional``: where they come too late a page keeps the
    reader's own, and places of names on maps have been computed with the atlas's widths.

    Attributes
    ----------
    family, weight
        As style sheets name the scaled face.
    names : tuple of str
        Full names under which systems have it.
    width : float
        Advance widths of the atlas's face over those of this one, for a text of English
        sentences and the names of places, in percent.
    ascent, descent : float
        Of the atlas's face, in percent of an em.
    """

    family: str
    weight: int
    names: tuple[str, ...]
    width: float
    ascent: float
    descent: float

    def rule(self) -> str:
        """Return the face as CSS; the ascent and descent are of the scaled em."""
        sources = ", ".join(f'local("{name}")' for name in self.names)
        return FALLBACK.format(
            family=self.family,
            weight=self.weight,
            sources=sources,
            width=self.width,
            ascent=100 * self.ascent / self.width,
            descent=100 * self.descent / self.width,
        )


_SANS, _SERIF = {"ascent": 100.0, "descent": 32.6}, {"ascent": 103.6, "descent": 33.5}
#: Liberation has the widths of Arial and Times New Roman
FALLBACKS = (
    Fallback(
        family="Atlas Arial",
        weight=400,
        names=("Arial", "ArialMT", "Liberation Sans"),
        width=93.7,
        **_SANS,
    ),
    Fallback(
        family="Atlas Arial",
        weight=600,
        names=("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold"),
        width=89.9,
        **_SANS,
    ),
    Fallback(family="Atlas Roboto", weight=400, names=("Roboto",), width=93.6, **_SANS),
    Fallback(family="Atlas Roboto", weight=600, names=("Roboto Bold",), width=95.1, **_SANS),
    Fallback(family="Atlas DejaVu", weight=400, names=("DejaVu Sans",), width=82.2, **_SANS),
    Fallback(family="Atlas DejaVu", weight=600, names=("DejaVu Sans Bold",), width=75.0, **_SANS),
    Fallback(
        family="Atlas Times",
        weight=400,
        names=("Times New Roman", "TimesNewRomanPSMT", "Liberation Serif"),
        width=110.4,
        **_SERIF,
    ),
    Fallback(
        family="Atlas Times",
        weight=700,
        names=("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold"),
        width=106.7,
        **_SERIF,
    ),
    Fallback(
        family="Atlas DejaVu Serif", weight=400, names=("DejaVu Serif",), width=86.7, **_SERIF
    ),
    Fallback(
        family="Atlas DejaVu Serif", weight=700, names=("DejaVu Serif Bold",), width=81.1, **_SERIF
    ),
)
FALLBACK = """@font-face {{
  font-family: "{family}";
  font-weight: {weight};
  src: {sources};
  size-adjust: {width:.1f}%;
  ascent-override: {ascent:.1f}%;
  descent-override: {descent:.1f}%;
}}
"""
HEAD = "/* written by tools/subset_fonts.py */\n"
FACE = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: {weight};
  font-display: optional;
  src: url("../{folder}/{file}") format("woff2");
  unicode-range: {characters};
}}
"""


@dataclass(frozen=True)
class Face:
    """
    One weight of one family.

    Attributes
    ----------
    family : str
        As style sheets name it.
    weight : int
        Of 100 to 900.
    source : Path
        The font that it is cut from; a variable one is fixed at the weight.
    features : tuple of str
        OpenType features that are kept.
    """

    family: str
    weight: int
    source: Path
    features: tuple[str, ...]

    def file(self, part: str) -> str:
        """Return the file name of a part."""
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}-{part}.woff2"


def faces(serif: Path) -> tuple[Face, ...]:
    """Return the faces that the style sheets use."""
    placing = ("kern", "mark", "ccmp", "locl")
    # figures of equal width, for columns of numbers
    sans = (*placing, "tnum")
    return (
        Face("Atlas Sans", 400, SANS / "SourceSans3-Regular.ttf", sans),
        Face("Atlas Sans", 600, SANS / "SourceSans3-Semibold.ttf", sans),
        Face("Atlas Serif", 400, serif, placing),
        Face("Atlas Serif", 700, serif, placing),
    )


def _opened(face: Face) -> TTFont:
    font = TTFont(face.source, recalcTimestamp=False)
    if "fvar" not in font:
        return font
    axes = {"opsz": OPTICAL_SIZE, "wght": face.weight}
    return instancer.instantiateVariableFont(font, axes)


def _renamed(font: TTFont, face: Face) -> None:
    # copyright, version and licence stay as they are
    names = font["name"]
    postscript = f"{face.family.replace(' ', '')}-{face.weight}"
    for number, text in {1: face.family, 3: postscript, 4: face.family, 6: postscript}.items():
        names.setName(text, number, 3, 1, 0x409)


def subset(face: Face, ranges: Iterable[tuple[int, int]]) -> tuple[TTFont, list[int]]:
    """
    Cut characters out of a font.

    Parameters
    ----------
    face : Face
        The font.
    ranges : iterable of (int, int)
        First and last code point of each range.

    Returns
    -------
    TTFont
        The subset, to be saved as WOFF2.
    list of int
        The code points that the font has of these, in order.
    """
    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.glyph_names = False
    options.layout_features = list(face.features)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = _opened(face)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={c for first, last in ranges for c in range(first, last + 1)})
    subsetter.subset(font)
    _renamed(font, face)
    font.flavor = "woff2"
    return font, sorted(font.getBestCmap())


def unicode_range(codes: Iterable[int]) -> str:
    """Write code points, in order, as the value of ``unicode-range``."""
    spans: list[list[int]] = []
    for code in codes:
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


def main() -> None:
    """Write the fonts and ``fonts.css``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("serif", type=Path, help="the variable font of Source Serif 4")
    rules = []
    for face in faces(parser.parse_args().serif):
        for part, ranges in PARTS.items():
            font, codes = subset(face, ranges)
            file = ASSETS / FOLDER / face.file(part)
            saved = BytesIO()
            font.save(saved)
            write_atomically(file, saved.getvalue())
            print(f"{file.name}: {len(codes)} characters, {file.stat().st_size} bytes")
            rules.append(
                FACE.format(
                    family=face.family,
                    weight=face.weight,
                    folder=FOLDER,
                    file=file.name,
                    characters=unicode_range(codes),
                )
            )
    rules += [face.rule() for face in FALLBACKS]
    variables = "".join(f"  --{name}: {stack};\n" for name, stack in STACKS.items())
    text = HEAD + "\n".join([*rules, f":root {{\n{variables}}}\n"])
    write_atomically(STYLES, text)


if __name__ == "__main__":
    sys.exit(status_of("subset_fonts", main))
