"""
The identity of a response: a digest of all that it is made from.

It is computed without making the response, so a client that has it already costs no rendering.
It is the same on every machine with the same software, data and settings: no time stamp, no
path and no id of a process is part of it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Hashable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from geo import __version__
from geo.files.identity import content_digest
from geo.link.canonical import digest_of
from geo.link.opening import Opened
from geo.link.permalink import encode
from geo.paths import PROJECT

#: what of the software is part of what readers get, below the project's folder
SOFTWARE = ("geo", "pages", "app.py", "docs/DATA_NOTES.md", "LICENSE-DATA")
_NO_SOFTWARE = frozenset({".pyc"})
#: libraries whose versions may change the bytes of a response
LIBRARIES = (
    *("babel", "brotli", "jinja2", "pandas", "pillow", "streamlit", "vl-convert-python"),
    "xlsxwriter",
)


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _software_files(project: Path) -> list[Path]:
    chosen = [project / name for name in SOFTWARE]
    inside = (file for folder in chosen if folder.is_dir() for file in folder.rglob("*"))
    files = [*(path for path in chosen if path.is_file()), *inside]
    return [f for f in files if f.is_file() and f.suffix not in _NO_SOFTWARE]


@cache
def software(project: Path = PROJECT) -> str:
    """
    Return a digest of the software as it was when this was first asked for.

    Parameters
    ----------
    project : Path
        The project's folder.

    Returns
    -------
    str
        64 hex digits over code, templates, styles and assets, and the versions of the
        libraries that write responses.
    """
    libraries = [f"{name} {_version_of(name)}" for name in LIBRARIES]
    parts = [
        __version__,
        content_digest(project, _software_files(project)),
        *libraries,
        f"zlib {zlib.ZLIB_RUNTIME_VERSION}",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def response_digest(opened: Opened, *others: Hashable) -> str:
    """
    Return the digest of a response that is made from an address.

    Parameters
    ----------
    opened : Opened
        The address: its ledger as it may be shown, its day, its canonical state and its
        notices.
    *others : hashable
        All else that the response depends on, as `canonical` takes it.

    Returns
    -------
    str
        32 hex digits.
    """
    parts = (
        software(),
        opened.dataset.digest,
        opened.dataset.version,
        opened.state.as_of or opened.today,
        opened.today,
        encode(opened.state),
        opened.notices,
        opened.edition.released,
        others,
    )
    return digest_of(parts)
