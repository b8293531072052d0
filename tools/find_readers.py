"""
Find the programs in which the tests open the atlas's files: LibreOffice Calc, R and GDAL.

Prints their paths on standard output, one a line; every sentence for people goes to standard
error. They are some hundred megabytes, so only a build server installs what is missing: as
root on Debian, where ``CI`` is ``true``. Without one its tests are not run, which is an error
where ``CI`` is ``true``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.find_browser import by_apt, say

#: program -> the package of Debian's that has it
READERS = {"soffice": "libreoffice-calc", "Rscript": "r-base-core", "ogr2ogr": "gdal-bin"}
ADVICE = (
    "Not found: {programs}. The tests that open the atlas's files in them will NOT be run. "
    "Install them with\n  sudo apt-get install {packages}"
)


def find(name: str, *, install: bool = False) -> Path | None:
    """
    Return one of the programs.

    Parameters
    ----------
    name : str
        A key of `READERS`.
    install : bool
        Whether to install it if it is missing.

    Returns
    -------
    Path or None
        None if there is none and none could be installed.
    """
    if install and not shutil.which(name):
        by_apt(name, "--no-install-recommends", READERS[name])
    found = shutil.which(name)
    return Path(found) if found else None


def main() -> int:
    """Print the paths of the programs, or say how to get those that are missing."""
    parser = argparse.ArgumentParser(description=str(__doc__).strip().partition("\n")[0])
    parser.add_argument("--no-install", action="store_true", help="only look, install nothing")
    asked = os.environ.get("CI") == "true"
    install = asked and not parser.parse_args().no_install
    found = {name: find(name, install=install) for name in READERS}
    for program in filter(None, found.values()):
        print(program)
    missing = [name for name, program in found.items() if program is None]
    if not missing:
        return 0
    packages = " ".join(READERS[name] for name in missing)
    say(ADVICE.format(programs=", ".join(missing), packages=packages))
    return 1 if asked else 0


if __name__ == "__main__":
    sys.exit(main())
