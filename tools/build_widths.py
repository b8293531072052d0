"""
Write the table of letter widths by which pictures are typeset.

Run it after another version of the font was vendored: ``python tools/build_widths.py``,
then ``python tools/seal_assets.py``. Serving needs the table alone, and so no library that
reads fonts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402

FONTS = PROJECT / "geo" / "assets" / "source-sans-3.52.0"
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
    write_atomically(FONTS / "widths.json", text + "\n")


if __name__ == "__main__":
    sys.exit(status_of("build_widths", main))
