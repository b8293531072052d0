"""
The description of a release, and the checksums of the release's files in it.

A release lists the SHA-256 of each of its tables, and of the rest of its description. They
are written when it is made, and renewed when something is withheld from it. Releases that
were made by older versions of the software have none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.files.regular import read_regular
from geo.files.strict_json import json_object
from geo.wording import _

DESCRIPTION = "release.json"
#: the checksums in a description, by name of the file
CHECKSUMS = "sha256"

_FILE = re.compile(r"[a-z]+\.csv|release\.json")
_TABLE = re.compile(r"[a-z]+\.csv")
_SUM = re.compile("[0-9a-f]{64}")


def description(release: Path) -> dict[str, Any]:
    """
    Read the description of a release.

    Raises
    ------
    OSError, ValueError
        When its ``release.json`` is missing, cannot be read, or is no JSON object.
    """
    return json_object(read_regular(release / DESCRIPTION))


def _rest(said: Mapping[str, Any]) -> bytes:
    """Return what a description says without its checksums, the same for any layout of it."""
    rest = {name: value for name, value in said.items() if name != CHECKSUMS}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True).encode("utf-8")


def sealed(said: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """
    Return a description with the checksums of what it describes.

    Parameters
    ----------
    said : Mapping
        What it says; checksums in it are replaced.
    files : mapping of str to bytes
        The files of the release, by name; those that are no tables have no checksum.

    Returns
    -------
    dict
        With 64 hex digits for each table, and for itself without them.
    """
    contents = {name: files[name] for name in sorted(files) if _TABLE.fullmatch(name)}
    contents[DESCRIPTION] = _rest(said)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    return {**said, CHECKSUMS: sums}


def _listed(said: Mapping[str, Any]) -> dict[str, str]:
    listed = said[CHECKSUMS]
    if not isinstance(listed, dict) or DESCRIPTION not in listed:
        raise ValueError(CHECKSUMS)
    for name, digest in listed.items():
        # a name that leads elsewhere would have another file read
        if not (_FILE.fullmatch(name) and isinstance(digest, str) and _SUM.fullmatch(digest)):
            raise ValueError(CHECKSUMS)
    return listed


def damage(release: Path, said: Mapping[str, Any]) -> list[str]:
    """
    Compare a release with the checksums in its description.

    Parameters
    ----------
    release : Path
        Its folder.
    said : Mapping
        Its description, with checksums.

    Returns
    -------
    list of str
        What is wrong, one clause a file: changed, missing, unreadable, or not listed. Empty if
        the release is as it was made.

    Raises
    ------
    OSError, ValueError
        When the folder cannot be listed, or the checksums are none.
    """
    listed = _listed(said)
    # any file of that ending may be taken for a part of the release
    there = {path.name for path in release.iterdir() if path.suffix == ".csv"}
    names = sorted(listed.keys() | there)
    faults = (_fault(release / name, said, listed.get(name)) for name in names)
    return [f"{name} {fault}" for name, fault in zip(names, faults, strict=True) if fault]


def _fault(file: Path, said: Mapping[str, Any], digest: str | None) -> str:
    if digest is None:
        return _("is no part of it")
    try:
        content = _rest(said) if file.name == DESCRIPTION else read_regular(file)
    except FileNotFoundError:
        return _("is missing")
    except OSError as error:
        return _("cannot be read ({reason})").format(reason=error.strerror or error)
    return "" if hashlib.sha256(content).hexdigest() == digest else _("has changed")
