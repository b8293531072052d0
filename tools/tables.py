"""
Write the table of the link's parameters into ``docs/ARCHITECTURE.md``.

Run it by ``make tables`` after a change to ``geo/link/parameters.py``; a test fails while
the document is outdated.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402
from geo.link.kinds import Parameter  # noqa: E402
from geo.link.parameters import parameters  # noqa: E402

TARGET = PROJECT / "docs" / "ARCHITECTURE.md"
_HEAD = "| parameter | kind | meaning | example |\n|---|---|---|---|\n"
_TABLE = re.compile(r"^\| parameter \|.*\n(?:\|.*\n)+", re.MULTILINE)


def table(rows: Iterable[Parameter]) -> str:
    """Return the table in Markdown, one line a parameter."""
    lines = (
        f"| `{row.name}` | {row.kind.value} | {row.meaning} | `{row.name}={row.example}` |\n"
        for row in rows
    )
    return _HEAD + "".join(lines)


def document(text: str) -> str:
    """Return a document with the table as it is now; it must have one already."""
    written, count = _TABLE.subn(lambda _old: table(parameters()), text)
    if count != 1:
        raise ValueError(f"{TARGET.name} has {count} tables of parameters instead of one")
    return written


def main() -> None:
    """Write the document and print how many parameters the table has."""
    write_atomically(TARGET, document(TARGET.read_text(encoding="utf-8")))
    print(f"{TARGET.relative_to(PROJECT)}: {len(parameters())} parameters")


if __name__ == "__main__":
    sys.exit(status_of("tables", main))
