"""
Take a screenshot of every page in every window and theme, for docs/gallery.

``make gallery`` serves the ledger of ``data/`` and writes the pictures and a page that shows
them side by side. ``--references`` takes those of the frozen ledger instead, with which
``tests/browser/test_screenshots.py`` compares.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from playwright.sync_api import sync_playwright  # noqa: E402

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402
from geo.paths import data_folder  # noqa: E402
from tests.browser.conftest import FLAGS, browser_path  # noqa: E402
from tests.browser.screenshots import THEMES, VIEWS, WINDOWS, Shot, shots, take, write  # noqa: E402
from tests.browser.serving import serving  # noqa: E402
from tests.browser.test_screenshots import COMPARED, REFERENCES  # noqa: E402
from tests.ledger_files import DATA  # noqa: E402

GALLERY = PROJECT / "docs" / "gallery"


def _page() -> str:
    """Write the page that shows the pictures: a table a view."""
    lines = ["# Gallery", "", "Every page in six windows and two themes, taken by `make gallery`."]
    for view, address in VIEWS.items():
        lines += ["", f"## {view}", "", f"`{address}`", ""]
        lines += ["| window | " + " | ".join(THEMES) + " |", "|---|" + "---|" * len(THEMES)]
        for width, height in WINDOWS:
            cells = [
                f"![{view}, {width} × {height}, {theme}]({Shot(view, width, height, theme).name})"
                for theme in THEMES
            ]
            lines.append(f"| {width} × {height} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _take(chosen: list[Shot], data: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), data) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        for number, shot in enumerate(chosen, 1):
            write(take(browser, server.url, shot), target / shot.name)
            print(f"{number} of {len(chosen)}: {shot.name}", flush=True)
        browser.close()
    # of what is not taken any more; the others stay until they are replaced
    for old in {file.name for file in target.glob("*.png")} - {shot.name for shot in chosen}:
        (target / old).unlink()


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description="Take screenshots of every page.")
    parser.add_argument(
        "--references", action="store_true", help="those that the tests compare with"
    )
    if parser.parse_args().references:
        _take(list(COMPARED), DATA, REFERENCES)
        return
    _take(list(shots()), data_folder(), GALLERY)
    write_atomically(GALLERY / "README.md", _page())


if __name__ == "__main__":
    sys.exit(status_of("gallery", main))
