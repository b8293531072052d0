"""Settings are read as they are meant, or refused in a sentence before anything is served."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from geo.configuration import ROLES, BadSetting, Configuration
from geo.paths import PROJECT


def test_without_settings_nobody_publishes_and_nothing_is_shared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("ATLAS_PUBLISHER", "ATLAS_CONTACT", "ATLAS_ROLES", "ATLAS_SHARED_CACHE"):
        monkeypatch.delenv(name, raising=False)
    assert Configuration.from_environment() == Configuration("", "", ROLES, 0)


@pytest.mark.parametrize(("text", "seconds"), [("", 0), ("0", 0), (" 60 ", 60), ("86400", 86400)])
def test_seconds_of_shared_caches(text: str, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_SHARED_CACHE", text)
    assert Configuration.from_environment().shared_cache == seconds


@pytest.mark.parametrize("text", ["often", "-1", "1.5", "60s", "86401", "9" * 5000, "٦٠", "1e3"])
def test_what_is_no_number_of_seconds_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_SHARED_CACHE", text)
    with pytest.raises(BadSetting, match=r"a whole number from 0 to 86400\. It is “"):
        Configuration.from_environment()


def test_the_server_does_not_start_with_a_bad_setting() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=PROJECT,
        env={**os.environ, "ATLAS_SHARED_CACHE": "a minute"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "It is “a minute”." in run.stderr
    assert "Traceback" not in run.stderr
