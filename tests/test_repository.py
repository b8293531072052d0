"""The repository keeps its word: documents, settings, targets and house rules agree."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from geo.checks.rules_text import house_word, own_words
from geo.paths import PROJECT, SCHEMA
from tools import find_browser, tables

README = (PROJECT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
MODEL = (PROJECT / "docs" / "DATA_MODEL.md").read_text(encoding="utf-8")
LINK = (PROJECT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
#: written by hand, in the atlas's own voice
DOCUMENTS = ("*.md", "docs/*.md", "deploy/*.md", "LICENSE-DATA", "CITATION.cff")
#: vendored by others, or no text
FOREIGN = re.compile(r"^geo/assets/(?!atlas-\d|ASSETS\.json)|\.(png|ico|woff2|mo)$")
LEFT_ALONE = {".git", ".venv", "node_modules", "__pycache__", "htmlcov", "build"}

# put together here, so that this file does not hold what it looks for
_HOME = "|".join(
    ["ro" + "ot", "wo" + "rk", "home/(?!somebody/)[a-z]+", "Users/[A-Za-z]+", "opt/(?:wheels|pypi)"]
)
_HOSTS = "|".join(
    [
        r"pypi\.o" + "rg",
        r"files\.pythonh" + "osted",
        r"registry\.n" + "pmjs",
        r"registry\.y" + "arn",
    ]
)
FORBIDDEN = {
    "a path of one machine": re.compile(rf"(?<![\w.:/*])/(?:{_HOME})/"),
    "a temporary folder": re.compile(r"(?<![\w.])/t" + r"mp/"),
    "a package registry": re.compile(_HOSTS),
    "a registry setting": re.compile(r"(?:--(?:extra-)?index-u" + r"rl|--find-l" + r"inks)"),
}


def tracked() -> list[str]:
    """Files of the repository; without git, whatever is not made by a program."""
    command = ["git", "-C", str(PROJECT), "ls-files", "-co", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = listed.splitlines()
    except (OSError, subprocess.CalledProcessError):
        paths = (path.relative_to(PROJECT) for path in PROJECT.rglob("*") if path.is_file())
        found = [p.as_posix() for p in paths if not LEFT_ALONE & set(p.parts)]
        found = [name for name in found if not re.match(r"\.(coverage|[a-z]+_cache|hypo)", name)]
    return [name for name in found if (PROJECT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for name in tracked():
        if not FOREIGN.search(name):
            yield name, (PROJECT / name).read_text(encoding="utf-8")


def documents() -> list[Path]:
    return sorted({path for pattern in DOCUMENTS for path in PROJECT.glob(pattern)})


def targets() -> list[str]:
    return re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_readme_begins_with_the_two_commands_and_one_picture() -> None:
    start = README[: README.index("## ")]
    assert re.search(r"^make run ", start, re.MULTILINE)
    assert re.search(r"^make test ", start, re.MULTILINE)
    (picture,) = re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", README)
    assert (PROJECT / picture).stat().st_size < 300_000


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_make_help_lists_every_target() -> None:
    help_text = subprocess.run(
        ["make", "--no-print-directory", "-C", str(PROJECT)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    listed = re.findall(r"^  make ([a-z-]+) +\S.*$", help_text, re.MULTILINE)
    assert listed == targets()
    assert "help" in listed


def test_no_make_target_is_taken_for_a_file() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert sorted(phony.split()) == sorted(targets())


def test_a_commit_is_checked_by_what_make_lint_runs() -> None:
    (recipe,) = re.findall(r"^lint:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    commands = [
        re.sub(r" \.$", "", c) for c in re.findall(r"^\t\$\(BIN\)/(.*)$", recipe, re.MULTILINE)
    ]
    settings = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (local,) = settings["repos"]
    hooks = [hook["entry"].removeprefix(".venv/bin/") for hook in local["hooks"]]
    assert hooks == commands


def test_every_make_target_that_a_document_names_exists() -> None:
    for path in documents():
        named = re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8"))
        assert set(named) <= set(targets()), path.name


def test_every_setting_is_in_the_readme_and_the_other_way_round() -> None:
    code = re.compile(r"^(app\.py|Makefile|geo/.*\.py|pages/.*|tools/.*|tests/browser/.*)$")
    setting = re.compile(r"\bATLAS_(?!TEST_)[A-Z_]+\b")
    used = {word for name, text in texts() if code.match(name) for word in setting.findall(text)}
    assert set(setting.findall(README)) == used
    table = set(re.findall(r"^\| `(ATLAS_[A-Z_]+)` \|", README, re.MULTILINE))
    assert table == used


def test_the_citation_file_is_whole() -> None:
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["cff-version"] == "1.2.0"
    # nobody is invented: the authors are the contributors as a whole
    assert cited["authors"] == [{"name": "The Alleged Stations Atlas contributors"}]
    assert not {"doi", "identifiers", "url"} & set(cited)


def test_the_citation_file_tells_software_and_data_set_apart() -> None:
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    ledger = cited["preferred-citation"]
    assert (cited["type"], cited["license"]) == ("software", "MIT")
    # the schema of version 1.2.0 has no other name for a data set
    assert (ledger["type"], ledger["license"]) == ("data", "CC-BY-4.0")
    assert ledger["authors"] == cited["authors"]
    assert ledger["title"] != cited["title"]
    assert not {"doi", "identifiers", "url"} & set(ledger)


def test_nothing_of_one_machine_or_registry_is_written_down() -> None:
    found = [
        f"{name}: {what}"
        for name, text in texts()
        for what, pattern in FORBIDDEN.items()
        if pattern.search(text)
    ]
    assert not found


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_documents_speak_as_the_ledger_does(document: Path) -> None:
    # a code or a file's name is no word of ours
    text = document.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|\w+\.csv", " ", text, flags=re.DOTALL)
    for paragraph in text.split("\n"):
        assert not house_word(paragraph), paragraph
    if document.name in {"LATEST_WORDS.md", "DATA_NOTES.md"}:
        return  # sentences of the ledger, which its own check reads
    own = own_words(re.sub(r"\s+", " ", text))
    bare = re.sub(r"\balleged stations?\b", " ", own, flags=re.IGNORECASE)
    assert not re.search(r"\bstations?\b", bare, re.IGNORECASE)


def _columns(file: str) -> list[str]:
    section = re.split(r"^### ", MODEL, flags=re.MULTILINE)
    (table,) = [part for part in section if part.startswith(file + "\n")]
    return re.findall(r"^\| `(\w+)` \|", table.partition("\n## ")[0], re.MULTILINE)


@pytest.mark.parametrize(
    "resource",
    json.loads(SCHEMA.read_text(encoding="utf-8"))["resources"],
    ids=lambda resource: resource["path"],
)
def test_the_data_model_lists_every_column(resource: dict[str, object]) -> None:
    schema = resource["schema"]
    assert isinstance(schema, dict)
    assert _columns(str(resource["path"])) == [field["name"] for field in schema["fields"]]


def test_the_table_of_parameters_is_the_one_that_links_are_read_by() -> None:
    assert tables.document(LINK) == LINK, "run make tables"


def test_every_vendored_asset_and_package_is_credited() -> None:
    credits = (PROJECT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    listed = json.loads((PROJECT / "geo/assets/ASSETS.json").read_text(encoding="utf-8"))
    for asset in listed["assets"]:
        if asset["source"] != "this repository":
            assert f"`geo/assets/{asset['folder']}/`" in credits
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = (PROJECT / file).read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line and line[0].isalnum():
                name = re.split(r"[<>=~!\[]", line)[0]
                assert re.search(rf"\b{name}\b", credits, re.IGNORECASE), name
                # a direct dependency has a bound below and one above
                assert re.fullmatch(r"[a-z0-9-]+>=[\d.]+,<[\d.]+", line), line


@pytest.mark.parametrize(
    ("folder", "most"), [("geo", 300), ("pages", 80)], ids=["modules", "pages"]
)
def test_no_module_has_grown_too_long(folder: str, most: int) -> None:
    found = {
        p.relative_to(PROJECT).as_posix(): length(p) for p in PROJECT.glob(f"{folder}/**/*.py")
    }
    assert not {name: lines for name, lines in found.items() if lines > most}


def _layers() -> list[str]:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = [
        c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers"
    ]
    return [name for layer in contract["layers"] for name in layer.split(" | ")]


def test_the_packages_are_described_in_the_order_of_their_imports() -> None:
    table = LINK.partition("## Packages")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`geo/[^|]+) \|", table, re.MULTILINE)
    listed = [name for row in rows for name in re.findall(r"`(?:geo/)?(\w+)(?:/|\.py)`", row)]
    layers = [name for name in _layers() if name != "__main__"]
    position = {name: place for place, name in enumerate(layers)}
    assert sorted(listed) == sorted(layers)
    # packages of one layer may be told in either order
    assert all(position[a] < position[b] + 2 for a, b in pairwise(listed))
    named = set(re.findall(r"`geo/(\w+)/`", README))
    assert named - {"assets"} == {name for name in layers if (PROJECT / "geo" / name).is_dir()}


def test_no_package_holds_more_than_its_share() -> None:
    lines = {
        folder.name: sum(length(file) for file in folder.glob("**/*.py"))
        for folder in (PROJECT / "geo").iterdir()
        if folder.is_dir()
    }
    whole = sum(lines.values()) + sum(length(file) for file in (PROJECT / "geo").glob("*.py"))
    assert not {name: n for name, n in lines.items() if n > 0.15 * whole}


def test_a_browser_that_is_named_but_does_not_start_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_BROWSER", "/nowhere/chromium")
    monkeypatch.setattr("sys.argv", ["find_browser.py"])
    monkeypatch.delenv("CI", raising=False)
    assert find_browser.main() == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "apt-get install chromium" in err
    # on a build server the browser tests may not be left out in silence
    monkeypatch.setenv("CI", "true")
    assert find_browser.main() == 1


def test_the_way_to_a_browser_ends_at_the_first_that_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def playwright(*, install: bool) -> Path | None:
        asked.append("download" if install else "downloaded")
        return tmp_path if install else None

    monkeypatch.delenv("ATLAS_BROWSER", raising=False)
    monkeypatch.setattr(find_browser, "starts", lambda path: False)
    monkeypatch.setattr(find_browser, "from_debian", lambda: asked.append("debian"))
    monkeypatch.setattr(find_browser, "from_playwright", playwright)
    assert find_browser.find(install=False) is None
    assert asked == ["downloaded"]
    assert find_browser.find() == tmp_path
    assert asked == ["downloaded", "downloaded", "debian", "download"]
