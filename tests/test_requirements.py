"""
What is imported is named in the requirements, and the constraints are what they bring in.

Serving needs no more than it imports. `constraints.txt` holds exact versions, from which
`make` installs.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import (
    PackageNotFoundError,
    packages_distributions,
    requires,
    version,
)
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from geo.paths import PROJECT
from tests.ledger_files import LedgerFiles

#: rooms whose libraries only curators need
CURATORS = re.compile(r"^geo/(places|commands)/")

#: package -> first version without the published faults named beside it, or older ones
WITHOUT_FAULTS = {
    "brotli": "1.2.0",  # CVE-2025-6176
    "h11": "0.16.0",  # CVE-2025-43859
    "jinja2": "3.1.6",  # CVE-2025-27516
    "pillow": "12.3.0",  # CVE-2026-40192, CVE-2026-55379
    "protobuf": "6.33.5",  # CVE-2026-0994
    "pyarrow": "23.0.1",  # CVE-2026-25087
    "python-multipart": "0.0.30",  # CVE-2026-53539
    "requests": "2.33.0",  # CVE-2026-25645
    "starlette": "1.3.1",  # CVE-2026-48710, CVE-2026-54283
    "streamlit": "1.54.0",  # CVE-2026-33682
    "urllib3": "2.7.0",  # CVE-2026-44431, CVE-2026-44432
}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(file: str) -> dict[str, str]:
    """Name and bounds of each package that a file of requirements names itself."""
    lines = (PROJECT / file).read_text(encoding="utf-8").splitlines()
    found = (re.fullmatch(r"([A-Za-z0-9._-]+)([<>=~!].+)", line) for line in lines)
    return {normalised(match[1]): match[2] for match in found if match}


def constraints() -> dict[str, str]:
    """The exact version of each package that `make` installs."""
    text = (PROJECT / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = [re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)", line) for line in lines]
    assert all(found), "a line is a name and an exact version"
    return {normalised(match[1]): match[2] for match in found if match}


def installed(name: str) -> str:
    """The version of a package in this environment; empty if it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


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
    assert re.match(r"\d+ records, \d+ entries, ", summary)
    assert found == "False"


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_constraints_are_within_the_bounds_of_the_requirements(file: str) -> None:
    exact = constraints()
    named = requirements(file)
    assert set(named) <= set(exact), "run make constraints"
    outside = {n: b for n, b in named.items() if not SpecifierSet(b).contains(exact[n], True)}
    assert outside == {}


def test_no_version_with_a_known_fault_is_allowed() -> None:
    exact, bounds = constraints(), requirements("requirements.txt")
    for name, fixed in WITHOUT_FAULTS.items():
        assert Version(exact[name]) >= Version(fixed), name
        if name in bounds:
            oldest = re.match(r">=([0-9.]+)", bounds[name])
            assert oldest, name
            assert Version(oldest[1]) >= Version(fixed), name
    assert {"jinja2", "pillow", "starlette", "streamlit"} <= set(bounds)


def test_the_constraints_leave_no_package_open_that_another_brings_in() -> None:
    exact, seen = constraints(), set[str]()
    waiting = [*requirements("requirements.txt"), *requirements("requirements-dev.txt")]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        # another version than that of the constraints brings in other packages
        if installed(name) != exact.get(name):
            continue
        for line in requires(name) or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(normalised(needed.name))
    assert len(seen) > 50
    assert seen <= set(exact)


def test_this_environment_has_the_versions_of_the_constraints() -> None:
    # make leaves a copy of what it installed from
    made_from = Path(sys.prefix) / ".constraints"
    if not made_from.exists():
        pytest.skip("this environment was not made from constraints.txt")
    assert made_from.read_bytes() == (PROJECT / "constraints.txt").read_bytes(), "run make setup"
    found = {name: installed(name) for name in constraints()}
    # a package of another system need not be here
    assert {name: v for name, v in found.items() if v not in ("", constraints()[name])} == {}
    assert "" not in {found[name] for name in requirements("requirements.txt")}
