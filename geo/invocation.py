"""The curators' commands as they are typed, for sentences that ask for one."""

from __future__ import annotations

import shlex
import shutil
import sys
from functools import lru_cache
from pathlib import Path

from geo.paths import PROJECT


def interpreter() -> str:
    """Return what is typed in the project's folder to run a module: ``.venv/bin/python``."""
    python = Path(sys.executable)
    return str(python.relative_to(PROJECT)) if python.is_relative_to(PROJECT) else str(python)


@lru_cache(maxsize=1)
def _has_make() -> bool:
    return bool(shutil.which("make")) and (PROJECT / "Makefile").is_file()


def command_line(name: str, *options: str) -> str:
    """
    Return a command as it is typed in the project's folder.

    Parameters
    ----------
    name : str
        Of the command, such as ``tidy``.
    *options : str
        What follows it.

    Returns
    -------
    str
        ``make tidy ARGS=--write``; where there is no make, as on Windows,
        ``.venv/bin/python -m geo tidy --write``.
    """
    if not _has_make():
        return " ".join([interpreter(), "-m", "geo", name, *options])
    given = f"ARGS={shlex.quote(' '.join(options))}" if options else ""
    return f"make {name} {given}".rstrip()
