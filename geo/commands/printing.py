"""
The output of all commands.

Sentences quote cells, names of files and what a service has answered, and each of these may
have characters that a terminal obeys. So nothing is printed but by the functions here.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from geo.errors import FileUnusable
from geo.model.characters import printable
from geo.wording import _


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        # closed by whoever has started the command, as by >&- of a shell: nobody to tell
        return
    # a terminal of another encoding is written to all the same
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError as error:
        # Python flushes the rest when it ends, which would fail again, with a traceback
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            # the program that reads the output has ended, as `head` does: nobody to tell
            raise SystemExit(1) from None
        form = _("The output could not be written: {why}.")
        raise FileUnusable(form.format(why=error.strerror or str(error))) from error


def _lines(stream: TextIO | None, lines: Sequence[object]) -> None:
    _write(stream, "".join(f"{printable(str(line))}\n" for line in lines))


def say(*lines: object) -> None:
    """
    Print lines to the standard output, with characters that are not for terminals escaped.

    Parameters
    ----------
    *lines : object
        Each as one line: breaks in it are escaped too.
    """
    _lines(sys.stdout, lines)


def complain(*lines: object) -> None:
    """
    Print lines to the standard error, as `say` does.

    Parameters
    ----------
    *lines : object
        Each as one line.
    """
    _lines(sys.stderr, lines)


def say_json(value: object) -> None:
    """
    Print a value as JSON and nothing else.

    Parameters
    ----------
    value : object
        All but ASCII is escaped in its texts, so that another program reads them unchanged.
    """
    _write(sys.stdout, json.dumps(value, ensure_ascii=True, indent=2) + "\n")


class Parser(argparse.ArgumentParser):
    """A parser whose complaints quote arguments with their characters escaped."""

    def error(self, message: str) -> NoReturn:
        """
        Print the usage and a complaint, and end with status 2.

        Parameters
        ----------
        message : str
            It may quote any argument, such as the name of a file.
        """
        super().error(printable(message))
