"""
Write the checksums of the assets into ``geo/assets/ASSETS.json``, and addresses into start.js.

Run it after a change to a file under ``geo/assets``: ``python tools/seal_assets.py``. A
test fails while the manifest, the addresses and the files differ.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402

ASSETS = PROJECT / "geo" / "assets"
#: the script that fetches the others, and the files that it may ask for
START = ASSETS / "atlas-1" / "start.js"
FETCHED = ("atlas-1/*.js", "atlas-1/*.css", "idiomorph-*/*.js")
_ADDRESSES = re.compile(r"(?<=const ADDRESSES = )\{.*?\}(?=;)", re.DOTALL)


def _checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def addressed(script: str) -> str:
    """
    Return the script with the address of each file that it may ask for, relative to its own.

    Parameters
    ----------
    script : str
        Source of ``start.js``, whatever its addresses are.
    """
    files = (file for pattern in FETCHED for file in sorted(ASSETS.glob(pattern)))
    lines = [
        f'    "{file.name}": "../{file.relative_to(ASSETS).as_posix()}?v={_checksum(file)[:8]}",'
        for file in files
        if file != START
    ]
    return _ADDRESSES.sub("\n".join(["{", *lines, "  }"]), script)


def main() -> None:
    """Write the addresses, recompute every checksum, and write the manifest in order of name."""
    write_atomically(START, addressed(START.read_text(encoding="utf-8")))
    manifest = ASSETS / "ASSETS.json"
    listed = json.loads(manifest.read_text(encoding="utf-8"))
    for entry in listed["assets"]:
        folder = ASSETS / entry["folder"]
        entry["files"] = {
            file.relative_to(folder).as_posix(): _checksum(file)
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
    write_atomically(manifest, json.dumps(listed, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(status_of("seal_assets", main))
