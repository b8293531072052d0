"""What this process and the programs that it started have opened of the real ledger."""

from __future__ import annotations

import os
import runpy
import tempfile
from pathlib import Path

GUARD = Path(__file__).parent / "guard"


class Watch:
    """Start to watch; `unread` says what has been opened since it was asked last."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="atlas-opened-", suffix=".txt")
        os.close(handle)
        self._file = Path(name)
        self._read = 0
        # a process of its own for each worker, so a file of its own too
        os.environ["ATLAS_TEST_OPENED"] = name
        folders = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if str(GUARD) not in folders:
            os.environ["PYTHONPATH"] = os.pathsep.join([str(GUARD), *filter(None, folders)])
            runpy.run_path(str(GUARD / "sitecustomize.py"))

    def unread(self) -> list[str]:
        """Return the files of the real ledger that were opened since the last call."""
        lines = self._file.read_text(encoding="utf-8").splitlines()
        fresh, self._read = lines[self._read :], len(lines)
        return fresh

    def end(self) -> None:
        """Remove what was written down."""
        self._file.unlink(missing_ok=True)
