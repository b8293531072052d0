"""
Write the checksums of the vendored assets into ``geo/assets/ASSETS.json``.

Run it after a change to a file under ``geo/assets``: ``python tools/seal_assets.py``. A
test fails while the manifest and the files differ.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402

ASSETS = PROJECT / "geo" / "assets"


def main() -> None:
    """Recompute every checksum and write the manifest, folders in name order."""
    manifest = ASSETS / "ASSETS.json"
    listed = json.loads(manifest.read_text(encoding="utf-8"))
    for entry in listed["assets"]:
        folder = ASSETS / entry["folder"]
        entry["files"] = {
            file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
    write_atomically(manifest, json.dumps(listed, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(status_of("seal_assets", main))
