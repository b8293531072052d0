"""The identity of a reading of files: a digest of what they contain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from geo.files.regular import read_regular


def content_digest(folder: Path, files: Iterable[Path]) -> str:
    """
    Return a digest of the names and contents of files.

    Two machines with the same files get the same digest: neither the path of the folder nor
    any modification time counts.

    Parameters
    ----------
    folder : Path
        Names are taken relative to it.
    files : iterable of Path
        Files in that folder, in any order. One that cannot be read counts as unreadable.

    Returns
    -------
    str
        64 hex digits.
    """
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        try:
            # the length of each part is fixed, so that no two lists of files run together
            digest.update(hashlib.sha256(read_regular(file)).digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()
