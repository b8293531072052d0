"""
Find Firefox for the browser tests that run in it, and install it if there is none.

Prints its path on standard output, or nothing; every sentence for people goes to standard
error. As root on Debian it is installed by ``apt-get install firefox-esr``. Without it those
tests are not run, which is an error where ``CI`` is ``true``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.find_browser import answer, by_apt, starts

#: Debian's and others' name of the program; a build of the long-term release comes first
NAMES = ("firefox-esr", "firefox")
ADVICE = (
    "No Firefox was found and none could be installed, so the tests in Firefox will NOT be run. "
    "Install it with\n  sudo apt-get install firefox-esr"
)


def present() -> Path | None:
    """Return the Firefox of this machine; None without one that starts."""
    for name in NAMES:
        program = shutil.which(name)
        if program and starts(Path(program)):
            return Path(program)
    return None


def find(*, install: bool = True) -> Path | None:
    """
    Return the Firefox to test with.

    Parameters
    ----------
    install : bool
        Whether to install it if there is none.

    Returns
    -------
    Path or None
        None if there is none and none could be installed.
    """
    found = present()
    if found is None and install and by_apt("Firefox", "--no-install-recommends", "firefox-esr"):
        found = present()
    return found


def main() -> int:
    """Print the path of Firefox, or say how to get it."""
    return answer("Find Firefox for the browser tests.", find, ADVICE)


if __name__ == "__main__":
    sys.exit(main())
