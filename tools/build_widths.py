"""
Write the table of letter widths by which pictures are typeset.

Run it after another version of the font was vendored: ``python tools/build_widths.py``,
then ``python tools/seal_assets.py``. Serving needs the table alone, and so no library that
reads fonts.
"""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "geo" / "assets" / "source-sans-3.52.0"
WEIGHTS = {"400": "SourceSans3-Regular.ttf", "600": "SourceSans3-Semibold.ttf"}


def table() -> dict[str, dict[str, int]]:
    """Return the advance width of each character in thousandths of the size, by weight."""
    widths = {}
    for weight, file in WEIGHTS.items():
        font = TTFont(FONTS / file)
        per_em = font["head"].unitsPerEm
        metrics = font["hmtx"]
        widths[weight] = {
            str(code): round(metrics[name][0] * 1000 / per_em)
            for code, name in sorted(font.getBestCmap().items())
        }
    return widths


def main() -> None:
    """Write ``widths.json`` beside the fonts."""
    text = json.dumps(table(), separators=(",", ":"))
    (FONTS / "widths.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
