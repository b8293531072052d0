"""
Find nginx for the tests of ``deploy/``, and install it if there is none.

Prints its path on standard output, or nothing; every sentence for people goes to standard
error. As root on Debian it is installed by ``apt-get install nginx-light``. Without it those
tests are not run, which is an error where ``CI`` is ``true``.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.find_browser import answer, attempt, by_apt

#: programs for administrators are not in everybody's search path
FOLDERS = ("/usr/sbin", "/usr/local/sbin")
ADVICE = (
    "No nginx was found and none could be installed, so the tests of several replicas will NOT "
    "be run. Install it with\n  sudo apt-get install nginx-light"
)


def present() -> Path | None:
    """Return the nginx of this machine; None without one."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), *FOLDERS])
    program = shutil.which("nginx", path=folders)
    return Path(program) if program else None


def from_debian() -> Path | None:
    """Install Debian's nginx with its service off; None if that is not possible here."""
    # its service would take port 80; the tests start nginx themselves, on other ports
    if not by_apt("nginx", "--no-install-recommends", "nginx-light"):
        return None
    attempt(["systemctl", "disable", "--now", "nginx"], seconds=60, quiet=True)
    return present()


def find(*, install: bool = True) -> Path | None:
    """
    Return the nginx to test with.

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
    if found is None and install:
        found = from_debian()
    return found


def main() -> int:
    """Print the path of nginx, or say how to get it."""
    return answer("Find nginx for the tests of deploy/.", find, ADVICE)


if __name__ == "__main__":
    sys.exit(main())
