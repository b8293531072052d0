"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from geo.errors import FileUnusable


def write_atomically(path: Path, text: str) -> None:
    """
    Put ``text`` in place of the file, so that a reader sees the old or the new, never half.

    Parameters
    ----------
    path : Path
        Made if it is missing, folders included; a link is followed, not replaced.
    text : str
        Written as UTF-8 with its line ends as they are.

    Raises
    ------
    FileUnusable
        When the file cannot be written; the old one is then untouched.
    """
    target = path.resolve()
    # beside the target: a rename is atomic only within one file system
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_text(text, encoding="utf-8", newline="")
            if target.exists():
                shutil.copymode(target, draft)
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise FileUnusable(f"{path.name} could not be written and is as before: {why}.") from error
