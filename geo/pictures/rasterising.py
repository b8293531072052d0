"""
SVG to PNG, in a separate process.

The renderer keeps Python's lock while it draws, tenths of a second for a figure, and every
reader's click would wait for it. A small process reads drawings from a pipe instead. The
first picture starts it, a failure starts another one, and it ends when its pipe closes:
that is with the server, however the server ends.

``python -m geo.pictures.rasterising`` is that process.
"""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import threading
import time
from typing import BinaryIO

from geo.errors import AtlasError
from geo.paths import PROJECT
from geo.views.text_width import FONTS
from geo.wording import _

#: resolution and length of what follows; the answer is a length alone, 0 for none
_ASKED, _ANSWERED = struct.Struct(">dI"), struct.Struct(">I")
#: seconds; a drawing takes tenths of one on a machine at rest, and what takes this long never ends
PATIENCE = 20.0
SCREEN = 72.0


class NotDrawn(AtlasError):
    """A picture that the renderer could not make."""


class Rasteriser:
    """
    Makes PNG files, one after the other, from any thread.

    Parameters
    ----------
    command : sequence of str, optional
        The process to start; it must speak as this module's process does.
    patience : float
        Seconds for one picture, with those for starting the process and for a second try.
    """

    def __init__(self, command: tuple[str, ...] = (), patience: float = PATIENCE) -> None:
        self._patience = patience
        self._command = command or (sys.executable, "-m", "geo.pictures.rasterising")
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def png(self, svg: str, dpi: float = SCREEN) -> bytes:
        """
        Draw a document.

        Parameters
        ----------
        svg : str
            A whole SVG document that refers to no other file.
        dpi : float
            Dots an inch, where 72 units of the document are an inch.

        Returns
        -------
        bytes
            A PNG file.

        Raises
        ------
        NotDrawn
            When the process fails twice, or the time is over.
        """
        with self._lock:
            end = time.monotonic() + self._patience
            for _attempt in range(2):
                if time.monotonic() >= end:
                    break
                try:
                    png = self._ask(svg.encode("utf-8"), dpi, end - time.monotonic())
                except OSError:
                    png = b""
                if png:
                    return png
                self._end()
        raise NotDrawn(_("The picture could not be drawn. Please try again in a moment."))

    def close(self) -> None:
        """End the process; the next picture starts another one."""
        with self._lock:
            self._end()

    def _ask(self, svg: bytes, dpi: float, seconds: float) -> bytes:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            process.stdin.write(_ASKED.pack(dpi, len(svg)) + svg)
            process.stdin.flush()
            head = process.stdout.read(_ANSWERED.size)
            if len(head) < _ANSWERED.size:
                return b""
            (length,) = _ANSWERED.unpack(head)
            png = process.stdout.read(length)
            return png if len(png) == length else b""
        finally:
            alarm.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            # what the renderer says about a drawing could quote it, so no log gets it
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # what was not sent to a process that is gone
                    continue


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _smaller(png: bytes, dpi: float) -> bytes:
    """Return the same picture in a third of the bytes: some chat programs show no heavy preview."""
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").save(buffer, "png", dpi=(dpi, dpi))
    return buffer.getvalue()


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """
    Draw documents until the pipe closes.

    Parameters
    ----------
    asked : binary file
        Resolution, length and text of each document.
    answers : binary file
        Gets length and bytes of each PNG file; length 0 for a failure.
    """
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    while True:
        try:
            dpi, length = _ASKED.unpack(_exactly(asked, _ASKED.size))
            svg = _exactly(asked, length).decode("utf-8")
        except EOFError:
            return
        try:
            png = _smaller(vl_convert.svg_to_png(svg, scale=1.0, ppi=dpi), dpi)
        except ValueError:
            png = b""
        answers.write(_ANSWERED.pack(len(png)) + png)
        answers.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(5)  # readers of the dashboard come first
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(0)
