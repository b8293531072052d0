"""
Write the palette into the style sheets, and set them one declaration a line, lines in rem.

``python tools/style_sheets.py`` rewrites the sheets (``make assets`` runs it), with
``--check`` it only names those that it would change (``make lint``).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cssbeautifier

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402
from geo.views.palette import DARK, LIGHT, PRINT, Palette  # noqa: E402

BEGIN = "/* palette: written by tools/style_sheets.py from geo/views/palette.py */"
END = "/* end of the palette */"
_BLOCK = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
_SYSTEM_DARK = "@media (prefers-color-scheme: dark) { :root { %s } }"
_PAPER = "@media print { :root { color-scheme: light; %s } }"

#: breakpoints, and lines whose size of type is not in pixels: they grow with the browser's text
_BREAKPOINT = re.compile(r"(?<=width: |eight: )\d+(?:\.\d+)?px(?=\))")
_CONDITION = re.compile(r"@(?:media|container)[^{]*\{")
_LINE = re.compile(r"(line-height: |font: (?![^;]*?\d(?:\.\d+)?px/)[^;]*?/)(\d+(?:\.\d+)?px)\b")
_TEXT = 16  # pixels of the browser's text unless its reader has chosen another size
#: of the map and of the picture that precedes it
_MAP = ("paper", "sea", "land", "border", "ink", "blue", "edge", "muted")


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A style sheet, and the colours of the palettes that it declares.

    Attributes
    ----------
    path : str
        From the project's folder.
    colours : tuple of str
        Fields of `Palette`; none where another sheet or a theme declares them.
    palettes : tuple of (str, Palette)
        Each with the rule around its declarations, which replace ``%s``.
    """

    path: str
    colours: tuple[str, ...] = ()
    palettes: tuple[tuple[str, Palette], ...] = ()


SHEETS = (
    Sheet(
        "geo/assets/atlas-1/atlas.css",
        (
            "paper",
            "soft",
            "ink",
            "blue",
            "muted",
            "rule",
            "edge",
            "sea",
            "land",
            "border",
        ),
        ((":root { color-scheme: light dark; %s }", LIGHT), (_SYSTEM_DARK, DARK), (_PAPER, PRINT)),
    ),
    *(
        Sheet(sheet.relative_to(PROJECT).as_posix())
        for sheet in sorted((PROJECT / "geo" / "assets" / "atlas-1").glob("page-*.css"))
    ),
    Sheet(
        "geo/assets/atlas-1/atlas-map.css",
        _MAP,
        (
            (":root { %s }", LIGHT),
            (':root[data-theme="dark"] { %s }', DARK),
            # as specific as the theme before it
            ("@media print { :root:root { %s } }", PRINT),
        ),
    ),
    Sheet("geo/assets/atlas-1/detail-map.css"),
    Sheet("geo/assets/atlas-1/fonts.css"),
    Sheet("geo/assets/atlas-1/list.css"),
    Sheet("geo/assets/atlas-1/menus.css"),
    Sheet("geo/assets/atlas-1/media.css"),
    Sheet(
        "geo/views/templates/plain.css",
        ("paper", "soft", "ink", "muted", "rule", "blue"),
        (
            (":root { color-scheme: light dark; %s }", LIGHT),
            (_SYSTEM_DARK, DARK),
            (_PAPER, PRINT),
        ),
    ),
)


def _in_rem(pixels: str) -> str:
    return f"{round(float(pixels.removesuffix('px')) / _TEXT, 5):g}rem".removeprefix("0")


def _growing(text: str) -> str:
    """
    Write breakpoints and the heights of lines in rem.

    With larger letters in the browser's settings a window then has room for fewer of them, as
    with the zoom of the page, and no line covers the next.
    """
    text = _CONDITION.sub(
        lambda rule: _BREAKPOINT.sub(lambda width: _in_rem(width[0]), rule[0]), text
    )
    return _LINE.sub(lambda line: line[1] + _in_rem(line[2]), text)


def written(sheet: Sheet, text: str) -> str:
    """
    Return the text of a sheet with its palettes, in the common form, its lines in rem.

    Parameters
    ----------
    sheet : Sheet
        With the palettes to declare.
    text : str
        The sheet as it is.

    Returns
    -------
    str
        The sheet as it should be.

    Raises
    ------
    ValueError
        When the sheet declares colours and has no place for them.
    """
    if sheet.palettes:
        declared = [
            rule % " ".join(f"--{name}: {getattr(palette, name)};" for name in sheet.colours)
            for rule, palette in sheet.palettes
        ]
        block = "\n".join([BEGIN, *declared, END])
        text, places = _BLOCK.subn(lambda _match: block, text)
        if places != 1:
            raise ValueError(f"{sheet.path} needs one place for the palette, from {BEGIN}")
    options = cssbeautifier.default_options()
    options.indent_size = 2
    options.space_around_combinator = True
    options.end_with_newline = True
    beautified: str = cssbeautifier.beautify(text, options)
    return _growing(beautified)


def outdated() -> Iterator[tuple[Path, str]]:
    """Yield each sheet that is not as it should be, with the text that it should have."""
    for sheet in SHEETS:
        path = PROJECT / sheet.path
        text = path.read_text(encoding="utf-8")
        should = written(sheet, text)
        if text != should:
            yield path, should


def main() -> int:
    """Rewrite the sheets, or with ``--check`` print those that would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail if needed")
    check = parser.parse_args().check
    sheets = list(outdated())
    for path, text in sheets:
        print(f"{path.relative_to(PROJECT)}: {'run make assets' if check else 'rewritten'}")
        if not check:
            write_atomically(path, text)
    return int(check and bool(sheets))


if __name__ == "__main__":
    sys.exit(status_of("style_sheets", main))
