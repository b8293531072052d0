"""The end of a command: its status for the shell, and a sentence instead of a traceback."""

from __future__ import annotations

from collections.abc import Callable

from geo.commands.printing import complain
from geo.errors import AtlasError
from geo.wording import _

INTERRUPTED = 130


def status_of(name: str, run: Callable[[], int | None]) -> int:
    """
    Run a command.

    Parameters
    ----------
    name : str
        Of the command, for an error that names no file.
    run : callable
        Returns the status; None means 0.

    Returns
    -------
    int
        The status; 1 after an error with a sentence and after one of the system, such as a
        full disk, which are printed. 130 when it was interrupted.
    """
    try:
        return run() or 0
    except AtlasError as error:
        complain(*error.sentences)
        return 1
    except OSError as error:
        file, why = error.filename or name, error.strerror or error
        complain(_("{name} cannot be read or written: {why}.").format(name=file, why=why))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
