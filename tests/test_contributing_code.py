"""
What CONTRIBUTING.md tells developers to touch is enough, and is all.

Each change is made in a copy of the code, in the files that the guide lists and in no
other; what the guide promises is then asked of the copy by a program of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.paths import PROJECT
from tests.ledger_files import DATA

GUIDE = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: written once for each change, and not read by the copy
UNREAD = {"CHANGELOG.md", "docs/DATA_MODEL.md", "tests/reference.py"}


class Copy:
    """A copy of the code in which a change is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        for name in ("geo", "pages", "tools", ".streamlit"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
        for name in ("app.py", "babel.cfg", "data/datapackage.json"):
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(PROJECT / name, folder / name)

    def write(self, name: str, text: str) -> None:
        """Write a new file."""
        (self.folder / name).write_text(text, encoding="utf-8")
        self.touched.add(name)

    def edit(self, name: str, before: str, after: str) -> None:
        """Replace a text that a file holds once."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        self.write(name, text.replace(before, after))

    def run(self, *arguments: str) -> str:
        """Run Python in the copy, over the frozen ledger; return what it prints."""
        environment = {**os.environ, "ATLAS_DATA": str(DATA), "PYTHONPATH": str(self.folder)}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def collect(self) -> None:
        """``make messages``."""
        self.run("tools/messages.py")
        self.touched.add("geo/locale/atlas.pot")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "atlas")


def listed(change: str) -> set[str]:
    """The files that a section of the guide lists."""
    section = GUIDE.partition(f"**{change}**")[2].partition("\n**")[0]
    steps = re.findall(r"^\d+\. ((?:`[^`]+`(?:, | and )?)+):", section, re.MULTILINE)
    return {name for step in steps for name in re.findall(r"`([^`]+)`", step)}


WORD = """        LatestWord(
            code="moved",
            label=N_("Authority says that it moved"),
            short=N_("Moved"),
            phrase=N_("said that it had moved"),
            set_by=(HOST,),
            event_types=("statement",),
            shape=Shape("authority", (Circle(0.5, "line"),)),
        ),
"""


def a_page(copy: Copy) -> str:
    script = '"""The gaps page."""\n\nfrom geo.ui.live import show\n\nshow("gaps")\n'
    copy.write("pages/gaps.py", script)
    for name, last, new in (
        ("geo/link/addresses.py", '    "about": "about",\n', '    "gaps": "gaps",\n'),
        ("geo/words/preview_text.py", '    "about": N_("About"),\n', '    "gaps": N_("Gaps"),\n'),
        (
            "geo/screen/page.py",
            '    "about": {\n        TOP: header,\n',
            '    "gaps": {TOP: header, "note": data.files_note, FOOT: foot},\n',
        ),
    ):
        copy.edit(name, last, new + last)
    copy.collect()
    return """
from streamlit.testing.v1 import AppTest
from starlette.requests import Request
import app
from geo.paths import FRAME, PAGES
from geo.web.page_documents import PageDocuments
scope = {"type": "http", "method": "GET", "scheme": "https", "path": "/gaps", "headers": []}
request = Request(scope | {"query_string": b"country=NL", "server": ("atlas.example", 443)})
html = PageDocuments(app.open_, app.settings).answer(request).body.decode()
assert "/gaps" in [route.path for route in app.routes] and ">Gaps</a>" in html
assert 'href="/gaps?country=NL"' in html and 'aria-current="page"' in html
test = AppTest.from_file(str(FRAME), default_timeout=60).run()
test.switch_page(str(PAGES / "gaps.py")).run()
assert not test.exception
(sent,) = [e.proto.json for e in test.main if e.type == "bidi_component"]
assert "What the files contain" in sent
"""


def a_latest_word(copy: Copy) -> str:
    last = '        LatestWord(\n            code="inquiry_closed",\n'
    copy.edit("geo/model/vocabulary.py", last, WORD + last)
    copy.edit(
        "data/datapackage.json",
        '"told_to_stop",\n                "party_says_closed",\n',
        '"told_to_stop",\n                "moved",\n                "party_says_closed",\n',
    )
    copy.collect()
    return """
from geo.link.parameters import parameter
from geo.link.permalink import decode, parse_query
from geo.model.vocabulary import HOST, MAY_SET
from geo.views.shapes import legend
import app
assert "moved" in parameter("status").codes and "moved" in MAY_SET[HOST]
assert "Authority says that it moved" in [row["label"] for row in legend()]
opened = app.open_("status=moved")
assert opened.notices == () and opened.state.filters.status == ("moved",)
"""


def a_text_of_a_card(copy: Copy) -> str:
    copy.edit("geo/views/templates/_card_body.html", '_("Chronology")', '_("Step by step")')
    copy.collect()
    return """
from pathlib import Path
import app
from geo.screen.cards import card
from geo.screen.context import Screen
from geo.screen.plain_pages import Around, record_page
from geo.words.citations import citation
record = app.open_("").dataset.records[0].id
opened = app.open_(f"record={record}")
settings = app.settings()
cited = citation(opened, "", "", "")
texts = dict.fromkeys(("head", "picture", "description", "fixed"), "")
around = Around(**texts, cited=cited, configuration=settings)
for html in (card(Screen(opened, settings)), record_page(opened, around)):
    assert "Step by step" in html and "Chronology" not in html
assert "Step by step" in Path("geo/locale/atlas.pot").read_text(encoding="utf-8")
"""


@pytest.mark.parametrize(
    ("change", "make"),
    [
        ("A page.", a_page),
        ("A latest word.", a_latest_word),
        ("A text of a card.", a_text_of_a_card),
    ],
)
def test_the_files_that_the_guide_lists_are_those_that_a_change_takes(
    change: str, make: Callable[[Copy], str], copy: Copy
) -> None:
    questions = make(copy)
    copy.run("-c", questions)
    named = {re.sub("<[a-z]+>", "gaps", name) for name in listed(change)}
    assert named - UNREAD == copy.touched
