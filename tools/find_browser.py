"""
Find a Chromium for the browser tests, and install one if there is none.

Prints its path on standard output, or nothing; every sentence for people goes to standard
error. In this order: ``ATLAS_BROWSER``, if it names a program; ``/usr/bin/chromium``; as
root on Debian, ``apt-get install chromium``; the Chromium that Playwright downloads.
Without any the browser tests are not run, which is an error where ``CI`` is ``true``.

``make`` hands the path to the tests as ``ATLAS_BROWSER``: empty means that there is none.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

VARIABLE = "ATLAS_BROWSER"
USUAL = Path("/usr/bin/chromium")
SECONDS = 900  # for a slow mirror; a browser is some hundred megabytes
ADVICE = (
    "No Chromium was found and none could be installed, so the browser tests will NOT be run. "
    "Install one with\n  sudo apt-get install chromium\nor\n"
    "  .venv/bin/python -m playwright install --with-deps chromium"
)


def say(sentence: str) -> None:
    """Print a sentence for people on standard error."""
    print(sentence, file=sys.stderr, flush=True)


def starts(browser: Path) -> bool:
    """Say whether the program exists and prints its version: libraries may be missing."""
    if not os.access(browser, os.X_OK):
        return False
    return attempt([str(browser), "--version"], seconds=60, quiet=True)


def attempt(command: list[str], *, seconds: int = SECONDS, quiet: bool = False) -> bool:
    """
    Run a command, with its output on standard error.

    Parameters
    ----------
    command : list of str
        Program and arguments.
    seconds : int
        After which it is given up.
    quiet : bool
        Whether to drop its output.

    Returns
    -------
    bool
        False if it failed, timed out or could not be started.
    """
    output = subprocess.DEVNULL if quiet else sys.stderr
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, stdout=output, stderr=output, env=environment, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def by_apt(name: str, *arguments: str) -> bool:
    """
    Install a program of Debian's.

    Parameters
    ----------
    name : str
        What people call it.
    *arguments : str
        Further options of ``apt-get install``, and the package.

    Returns
    -------
    bool
        False where it cannot be tried: elsewhere than on Debian, or not as root.
    """
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing {name} by apt-get …")
    attempt(["apt-get", "update", "-qq"])
    attempt(["apt-get", "install", "-y", "-qq", *arguments])
    return True


def from_debian() -> Path | None:
    """Install Debian's Chromium; None if that is not possible here."""
    return USUAL if by_apt("Chromium", "chromium") and starts(USUAL) else None


def from_playwright(*, install: bool) -> Path | None:
    """Return Playwright's Chromium, downloaded if ``install`` allows it; None without it."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if install:
        say("Installing Playwright's Chromium …")
        if not attempt([sys.executable, "-m", "playwright", "install", "chromium"]):
            return None
    with sync_playwright() as playwright:
        browser = Path(playwright.chromium.executable_path)
    return browser if starts(browser) else None


def find(*, install: bool = True) -> Path | None:
    """
    Return the browser to test with.

    Parameters
    ----------
    install : bool
        Whether to install one if there is none.

    Returns
    -------
    Path or None
        None if there is none and none could be installed.
    """
    chosen = os.environ.get(VARIABLE, "").strip()
    if chosen:
        if starts(Path(chosen)):
            return Path(chosen)
        say(f"{VARIABLE}={chosen} is not a browser that starts.")
        return None
    for browser in (USUAL, Path(shutil.which("chromium") or USUAL)):
        if starts(browser):
            return browser
    # what an earlier run has downloaded, before anything is installed again
    found = from_playwright(install=False)
    if found is None and install:
        found = from_debian() or from_playwright(install=True)
    return found


def answer(description: str, find_program: Callable[..., Path | None], advice: str) -> int:
    """
    Print the path of a program that tests need, or say how to get it.

    Parameters
    ----------
    description : str
        Of the command, for ``--help``.
    find_program : callable
        Takes ``install`` and returns the path, or None.
    advice : str
        What to say where there is none.

    Returns
    -------
    int
        The exit status: 1 without the program where ``CI`` is ``true``, else 0.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--no-install", action="store_true", help="only look, install nothing")
    program = find_program(install=not parser.parse_args().no_install)
    if program:
        print(program)
        return 0
    say(advice)
    return 1 if os.environ.get("CI") == "true" else 0


def main() -> int:
    """Print the path of a browser, or say how to get one."""
    return answer("Find a Chromium for the browser tests.", find, ADVICE)


if __name__ == "__main__":
    sys.exit(main())
