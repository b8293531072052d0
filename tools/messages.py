"""
Collect every text that a reader sees into ``geo/locale/atlas.pot``.

Run it by ``make messages`` after a change to a text; a test fails while the file is
outdated. It has no date, no line number and no program's name, and the texts in alphabetical
order, so that the same texts always give the same bytes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

PROJECT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402

MAPPING = PROJECT / "babel.cfg"
TARGET = PROJECT / "geo" / "locale" / "atlas.pot"
#: the functions of geo/wording.py; further arguments, such as a language, are no texts
KEYWORDS = {"_": (1,), "N_": (1,), "ngettext": (1, 2)}
FOLDERS = ("geo", "pages")

_HEAD = r"""# What a reader of the Alleged Stations Atlas sees, in English, for translation.
# Written by `make messages`; a translation is a file of its own (see CONTRIBUTING.md).
msgid ""
msgstr ""
"Project-Id-Version: Alleged Stations Atlas\n"
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    """Read from ``babel.cfg`` which files are searched, and how."""
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    return methods, options


def found(project: Path = PROJECT) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield each text with its file; singular and plural as a pair."""
    methods, options = mapping()
    texts = extract_from_dir(
        project,
        methods,
        options,
        keywords=KEYWORDS,
        directory_filter=lambda folder: _wanted(project, Path(folder)),
    )
    for file, _line, text, _comments, _context in texts:
        yield Path(file).as_posix(), text


def _wanted(project: Path, folder: Path) -> bool:
    # packages installed in the project have thousands of files, and none of the atlas
    # not resolved: .venv may be a link to somewhere else
    parts = folder.absolute().relative_to(project.absolute()).parts
    return not parts or (parts[0] in FOLDERS and not parts[-1].startswith((".", "_")))


def catalogue(project: Path = PROJECT) -> str:
    """Return the whole file as text."""
    made = Catalog(charset="utf-8")
    for file, text in found(project):
        made.add(text, locations=[(file, 0)])
    for message in made:
        # Babel's own guess differs between its versions
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        message.flags = {"python-brace-format"} if any("{" in text for text in texts) else set()
    body = io.BytesIO()
    write_po(body, made, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return _HEAD + body.getvalue().decode("utf-8").rstrip("\n") + "\n"


def main() -> None:
    """Write the file and print how many texts it has."""
    text = catalogue()
    write_atomically(TARGET, text)
    print(f"{TARGET.relative_to(PROJECT)}: {text.count('msgid ') - 1} texts")


if __name__ == "__main__":
    sys.exit(status_of("messages", main))
