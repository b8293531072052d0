"""The software has one version, and every place that tells it tells the same."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
import yaml

import geo
from geo.__main__ import main
from geo.api.openapi_schemas import SCHEMAS
from geo.configuration import Configuration
from geo.invocation import interpreter
from geo.link.opening import open_address
from geo.paths import PROJECT
from geo.screen.about import about
from geo.screen.context import Screen
from tests.asgi import call
from tests.geo.api.data_app import APP
from tests.ledger_files import DATA, TODAY

CHANGELOG = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
#: number and day of each version, the newest first
VERSIONS = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", CHANGELOG, re.MULTILINE)


def test_the_changelog_has_dated_versions_in_falling_order() -> None:
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert headings == ["[Unreleased]", *(f"[{number}] - {day}" for number, day in VERSIONS)]
    numbers = [tuple(map(int, number.split("."))) for number, _day in VERSIONS]
    assert numbers == sorted(set(numbers), reverse=True)
    days = [date.fromisoformat(day) for _number, day in VERSIONS]
    assert days == sorted(days, reverse=True)


def test_the_newest_version_is_that_of_the_code_and_of_the_citation() -> None:
    number, day = VERSIONS[0]
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (geo.__version__, str(cited["version"])) == (number, number)
    assert str(cited["date-released"]) == day


def test_the_command_the_api_and_the_about_page_tell_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"{interpreter()} -m geo {geo.__version__}\n"
    answer = json.loads(call(APP, "/api/version").body)
    assert answer["software"] == geo.__version__
    assert "software" in SCHEMAS["Version"]["required"]
    page = about(Screen(open_address(DATA, {}, TODAY), Configuration(), page="about"))
    assert f"Software version {geo.__version__}." in page


def test_no_other_file_of_the_code_holds_it() -> None:
    holders = [
        file.relative_to(PROJECT).as_posix()
        for file in (PROJECT / "geo").rglob("*.py")
        if re.search(r"__version__\s*=", file.read_text(encoding="utf-8"))
    ]
    assert holders == ["geo/__init__.py"]
