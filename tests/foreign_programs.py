"""The atlas's files as other programs read them: LibreOffice Calc, R and GDAL."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tools import find_readers

#: all sheets as UTF-8 with commas, each cell as it is shown
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
_LANGUAGE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{language}</value></prop></item></oor:items>
"""


def needed(name: str) -> str:
    """The path of a program; without it the test is skipped, and fails on a build server."""
    program = find_readers.find(name)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"not run: no {name}, and CI asks for one")
        pytest.skip(f"not run: no {name} (package {find_readers.READERS[name]})")
    return str(program)


def run(name: str, *arguments: str, folder: Path) -> str:
    """What a program prints, warnings included; it must end well."""
    done = subprocess.run(
        [needed(name), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def converted(
    files: Iterable[Path], form: str, *options: str, language: str, folder: Path
) -> list[Path]:
    """
    Files as LibreOffice saves them in another form, in a language.

    Parameters
    ----------
    files : iterable of Path
        What it opens, in one start.
    form : str
        An ending, or with the options of its filter behind a colon.
    *options : str
        Further options, such as the filter that opens the files.
    language : str
        The system's, such as ``de-DE``: it decides on signs of numbers and forms of dates.
    folder : Path
        For its profile, which is made once for each language, and for what it writes.
    """
    profile = folder / f"profile-{language}"
    if not profile.exists():
        (profile / "user").mkdir(parents=True)
        settings = _LANGUAGE.format(language=language)
        (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    made = folder / f"{language}-{form.partition(':')[0]}"
    run(
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        *options,
        *("--convert-to", form, "--outdir", str(made), *map(str, files)),
        folder=folder,
    )
    return sorted(made.iterdir())


def sheets_in_calc(file: Path, language: str, folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each sheet of a workbook as LibreOffice shows them in a language."""
    return {
        one.stem.removeprefix(f"{file.stem}-"): rows_of(one.read_bytes().decode())
        for one in converted([file], _EVERY_SHEET, language=language, folder=folder)
    }


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
