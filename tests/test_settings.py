"""Streamlit is configured alike however the server is started, and nothing reaches out."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from geo.paths import PROJECT
from geo.ui.settings import FIXED, atlas_settings
from tests.browser.serving import SECONDS_TO_START, Server, environment_of, free_port, running
from tests.ledger_files import DATA

PYTHON = [sys.executable, "-m"]
NOBODY = 65534
#: a number that the system's list of users does not have, as many containers use one
UNLISTED = 54321
MAKE = ["make", "-o", str(PROJECT / ".venv" / ".runtime"), "-o", ".venv/.runtime"]

#: how the server is started: the command for a port, and whether from the project's folder
WAYS: dict[str, tuple[Callable[[int], list[str]], bool]] = {
    "make run": (lambda port: [*MAKE, "run", f"PORT={port}"], True),
    "streamlit run, here": (
        lambda port: [*PYTHON, "streamlit", "run", "app.py", f"--server.port={port}"],
        True,
    ),
    "streamlit run, elsewhere": (
        lambda port: [*PYTHON, "streamlit", "run", f"{PROJECT}/app.py", f"--server.port={port}"],
        False,
    ),
    "uvicorn, here": (
        lambda port: [*PYTHON, "uvicorn", "app:app", f"--port={port}"],
        True,
    ),
    "uvicorn, elsewhere": (
        lambda port: [*PYTHON, "uvicorn", f"--app-dir={PROJECT}", "app:app", f"--port={port}"],
        False,
    ),
}
STARTS = tuple(way for way in WAYS if way != "make run")


def _python(process: int) -> int:
    """The server's process, under make and its shell."""
    while (Path(f"/proc/{process}/comm")).read_text().strip() in ("make", "gmake", "sh", "dash"):
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        process = int(children[0])
    return process


def _options(process: int, file: Path) -> dict[str, Any]:
    """The configuration of a process that runs."""
    os.kill(_python(process), signal.SIGUSR1)
    end = time.monotonic() + SECONDS_TO_START
    while not file.exists():
        assert time.monotonic() < end, "the server did not write its configuration"
        time.sleep(0.02)  # between two looks
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def become(user: int) -> list[str]:
    """The command before a command that runs it as another user, who may read all files."""
    # the interpreter may be in a folder of root's
    reading = [f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient")]
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *reading]


def started(way: str, folder: Path, prefix: Sequence[str] = (), **variables: str) -> dict[str, Any]:
    """Start the server, ask for pages and for its configuration, and end it."""
    command, here = WAYS[way]
    port = free_port()
    folder.chmod(0o777)
    environment = environment_of(folder, DATA) | {
        "ATLAS_TEST_CONFIGURATION": str(folder / "options.json"),
        **variables,
    }
    if "HOME" not in variables:
        environment.pop("HOME", None)
    server = Server(f"http://localhost:{port}", folder)
    where = PROJECT if here else folder
    with running([*prefix, *command(port)], server, environment, cwd=where) as process:
        for path in ("/", "/timeline?country=NL", "/v?country=NL", "/healthz"):
            with urlopen(server.url + path, timeout=30) as answer:
                assert answer.status == 200
        found = _options(process.pid, folder / "options.json")
    assert server.reached == []
    assert "Traceback" not in server.log
    assert "External URL" not in server.log
    assert "usage statistics" not in server.log
    return found


def shared(found: dict[str, Any]) -> dict[str, Any]:
    """All options but the port, what is invented at each start, and where secrets would be."""
    own = {
        "server.port",
        "browser.serverPort",
        "server.address",
        "server.cookieSecret",
        "secrets.files",
    }
    return {key: value for key, value in found.items() if key not in own}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The configuration of ``streamlit run app.py``."""
    return started("streamlit run, here", tmp_path_factory.mktemp("usual"))


def test_the_settings_hold(usual: dict[str, Any]) -> None:
    wanted = atlas_settings()
    assert {"runner.postScriptGC", "server.fileWatcherType", *FIXED} <= set(wanted)
    assert {key: usual[key] for key in wanted} == wanted
    assert usual["runner.postScriptGC"] is False
    assert usual["server.fileWatcherType"] == "none"
    assert usual["browser.gatherUsageStats"] is False


@pytest.mark.parametrize("way", [way for way in WAYS if way != "streamlit run, here"])
def test_every_start_has_the_same_configuration(
    way: str, usual: dict[str, Any], tmp_path: Path
) -> None:
    if way == "make run" and not (shutil.which("make") and Path("/proc/self/comm").exists()):
        pytest.skip("there is no make, or no list of processes")
    assert shared(started(way, tmp_path)) == shared(usual)


@pytest.mark.skipif(
    not (shutil.which("setpriv") and os.getuid() == 0), reason="only root starts for another user"
)
@pytest.mark.parametrize(
    ("way", "user"),
    # streamlit's own command ends at once for a user whom the system does not list
    [(way, NOBODY) for way in STARTS] + [(way, UNLISTED) for way in STARTS if "uvicorn" in way],
)
def test_a_user_who_has_no_home_and_may_write_nothing_has_the_same_configuration(
    way: str, user: int, usual: dict[str, Any], tmp_path: Path
) -> None:
    assert shared(started(way, tmp_path, become(user))) == shared(usual)


@pytest.mark.parametrize("way", STARTS)
def test_an_operator_may_set_what_is_harmless_and_telemetry_stays_off(
    way: str, usual: dict[str, Any], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    (home / ".streamlit").mkdir(parents=True)
    (home / ".streamlit" / "config.toml").write_text(
        "[browser]\ngatherUsageStats = true\n[runner]\npostScriptGC = true\n"
        "[server]\nmaxUploadSize = 3\nrunOnSave = true\n",
        encoding="utf-8",
    )
    found = started(
        way,
        tmp_path,
        HOME=str(home),
        STREAMLIT_BROWSER_GATHER_USAGE_STATS="true",
        STREAMLIT_SERVER_FILE_WATCHER_TYPE="poll",
        STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="7",
        STREAMLIT_SERVER_ENABLE_WEBSOCKET_COMPRESSION="false",
        STREAMLIT_SERVER_COOKIE_SECRET="the same for all replicas",
    )
    assert {key for key, value in shared(found).items() if value != usual[key]} == {
        "server.runOnSave",
        "server.fileWatcherType",
        "server.disconnectedSessionTTL",
        "server.enableWebsocketCompression",
    }
    assert found["server.fileWatcherType"] == "poll"
    assert found["server.disconnectedSessionTTL"] == 7
    assert found["server.enableWebsocketCompression"] is False
    assert found["server.cookieSecret"] == "the same for all replicas"
    assert found["server.runOnSave"] is True
    assert found["server.maxUploadSize"] == 1
    assert found["browser.gatherUsageStats"] is False
    assert found["runner.postScriptGC"] is False
