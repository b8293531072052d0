"""What is imported is named in the requirements, and serving needs no more than it imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from geo.paths import PROJECT
from tests.ledger_files import LedgerFiles

#: rooms whose libraries only curators need
CURATORS = re.compile(r"^geo/(places|commands)/")


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(file: str) -> dict[str, str]:
    """Name and bounds of each package that a file of requirements names itself."""
    lines = (PROJECT / file).read_text(encoding="utf-8").splitlines()
    found = (re.fullmatch(r"([A-Za-z0-9._-]+)([<>=~!].+)", line) for line in lines)
    return {normalised(match[1]): match[2] for match in found if match}


def third_party(file: Path) -> Iterator[str]:
    """The distributions from which a source imports, wherever in it that is."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in {name.partition(".")[0] for name in names}:
            if name not in {*sys.stdlib_module_names, "geo"}:
                yield from map(normalised, packages_distributions()[name])


def imported() -> dict[str, set[str]]:
    """The files of the application that import from each distribution."""
    found: dict[str, set[str]] = {}
    for file in [PROJECT / "app.py", *PROJECT.glob("pages/*.py"), *PROJECT.glob("geo/**/*.py")]:
        for name in third_party(file):
            found.setdefault(name, set()).add(file.relative_to(PROJECT).as_posix())
    return found


def test_serving_names_every_package_that_it_imports_and_no_other() -> None:
    serving = requirements("requirements.txt")
    outside = {n: files for n, files in imported().items() if n not in serving}
    assert {"streamlit", "pillow", "vl-convert-python"} <= set(serving)
    assert set(serving) <= set(imported())
    for name, files in outside.items():
        assert name in requirements("requirements-dev.txt"), name
        assert [file for file in files if not CURATORS.match(file)] == [], name


def test_neither_the_application_nor_the_check_imports_frictionless(tmp_path: Path) -> None:
    folder = LedgerFiles(tmp_path / "ledger").folder
    program = (
        "import sys; import app; from geo.__main__ import main;"
        f"main(['check', '--data', {str(folder)!r}]); print('frictionless' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    *_lines, summary, found = run.stdout.splitlines()
    assert re.match(r"\d+ records, \d+ events, ", summary)
    assert found == "False"
