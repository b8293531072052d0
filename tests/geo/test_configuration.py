"""Settings are read as they are meant, or refused in a sentence before anything is served."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from geo.configuration import BadSetting, Configuration
from geo.paths import PROJECT


def test_without_settings_nobody_publishes_and_nothing_is_shared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in os.environ if name.startswith("ATLAS_")]:
        monkeypatch.delenv(name, raising=False)
    assert Configuration.from_environment() == Configuration()


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


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"ATLAS_ROOT": "/data"}, "ATLAS_ROOT may not begin with /data"),
        ({"ATLAS_ROOT": "atlas"}, "ATLAS_ROOT is the path below which"),
        ({"STREAMLIT_SERVER_BASE_URL_PATH": "atlas"}, "Set ATLAS_ROOT=/atlas in place of"),
    ],
    ids=str,
)
def test_the_server_does_not_start_below_a_path_that_does_not_work(
    setting: dict[str, str], sentence: str
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=PROJECT,
        env={**os.environ, **setting},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("https://atlas.example.org", "https://atlas.example.org"),
        (" HTTPS://Atlas.Example.org:443/ ", "https://atlas.example.org"),
        ("http://10.0.0.7:8501", "http://10.0.0.7:8501"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_the_public_address_is_an_origin(
    text: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_ADDRESS", text)
    monkeypatch.setenv("ATLAS_FRAMED_BY", f"{text}, {text}")
    assert Configuration.from_environment().address == address
    assert Configuration.from_environment().framed_by == ((address,) if address else ())


@pytest.mark.parametrize(
    "text",
    [
        "atlas.example.org", "https://atlas.example.org/atlas", "ftp://atlas.example.org", "https://",
        "https://a b", "https://a.example?x", "https://u@a.example", "javascript:alert(1)", "*",
        "https://[:]", "https://[1.2.3]", "https://a.example:99999",
        "https://a.example; script-src *", "https://a.example:123456",
    ],
)  # fmt: skip
def test_what_is_no_origin_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("ATLAS_ADDRESS", "ATLAS_FRAMED_BY", "ATLAS_EMBED")
    for name in names:
        for other in names:
            monkeypatch.setenv(other, "")
        monkeypatch.setenv(name, text)
        with pytest.raises(BadSetting, match=f"^{name} "):
            Configuration.from_environment()


def test_sites_for_embeds_are_apart_from_those_that_frame_the_atlas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ATLAS_FRAMED_BY", "https://frame.example")
    monkeypatch.setenv(
        "ATLAS_EMBED", "https://Paper.example/ https://b.example:443,https://paper.example"
    )
    read = Configuration.from_environment()
    assert read.framed_by == ("https://frame.example",)
    assert read.embedded_by == ("https://paper.example", "https://b.example")


@pytest.mark.parametrize(("text", "only"), [("", False), ("always", False), (" released ", True)])
def test_fixed_links_can_be_kept_for_releases(
    text: str, only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_FIXED_LINKS", text)
    assert Configuration.from_environment().fixes_released_only is only


def test_another_word_for_fixed_links_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_FIXED_LINKS", "never")
    with pytest.raises(BadSetting, match=r"^ATLAS_FIXED_LINKS says .* It is “never”"):
        Configuration.from_environment()
