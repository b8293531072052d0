"""
The text files of the libraries' front ends, compressed once instead of not at all.

Streamlit serves its scripts uncompressed, because its own middleware would compress them at
each request. Here a table is made once from the folders of the installed packages; a request
is looked up in it and never resolved on the disk. What is not in the table, such as fonts and
pictures, is answered by Streamlit.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.web.bodies import Body
from geo.web.compress import Encoding
from geo.web.file_responses import FOREVER, encoding_of, file_response

log = logging.getLogger(__name__)

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
STATIC = "/static/"
#: as Streamlit names the component that streamlit-folium declares
MAP_FRAME = "/component/streamlit_folium.st_folium/"
_HASHED = re.compile(r"\.[A-Za-z0-9_-]{8}\.(?:js|css|svg|json)")


def installed(package: str) -> Path:
    """
    Return the folder of an installed package, without importing it.

    Raises
    ------
    ModuleNotFoundError
        If it is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0])


@cache
def streamlit_folder() -> Path:
    """Return the folder of Streamlit's index.html."""
    return installed("streamlit") / "static"


@cache
def _files() -> Mapping[str, Path]:
    """Return all files of the libraries' front ends by the paths that pages ask for."""
    folders = {
        STATIC: streamlit_folder() / "static",
        MAP_FRAME: installed("streamlit_folium") / "frontend" / "build",
    }
    return {
        prefix + file.relative_to(folder).as_posix(): file
        for prefix, folder in folders.items()
        for file in folder.rglob("*")
        if file.is_file()
    }


def library_files() -> dict[str, Path]:
    """Return the text files of the libraries by the paths under which pages ask for them."""
    return {path: file for path, file in _files().items() if file.suffix in TYPES}


def installed_paths(table: FileTable) -> frozenset[str]:
    """
    Return the paths of all files of the libraries, those that Streamlit answers included.

    Parameters
    ----------
    table : FileTable
        Has bodies that are no files, too.
    """
    return frozenset(_files()) | table.paths


def lifetime(path: str) -> str:
    """Return the ``Cache-Control`` of a file: for ever if its name has a hash of its content."""
    return FOREVER if _HASHED.search(path.rpartition("/")[2]) else "no-cache"


class FileTable:
    """
    Files by path, each read and compressed once.

    Parameters
    ----------
    files : mapping of str to Path
        The file of each path.
    made : mapping of str to Body, optional
        Bodies that are no files, by path.
    """

    def __init__(self, files: Mapping[str, Path], made: Mapping[str, Body] | None = None) -> None:
        self._files = dict(files)
        self._bodies: dict[str, Body] = dict(made or {})
        self._lock = threading.Lock()
        self._pending: dict[tuple[Body, Encoding], Future[bytes]] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._bodies or path in self._files

    @property
    def paths(self) -> frozenset[str]:
        """The paths of everything in the table."""
        return frozenset(self._files) | frozenset(self._bodies)

    def body(self, path: str) -> Body | None:
        """Return the file of a path; None if there is none or it cannot be read."""
        body = self._bodies.get(path)
        if body is None and path in self._files:
            file = self._files[path]
            try:
                body = Body(file.read_bytes(), TYPES[file.suffix], lasting=True)
            except OSError:
                return None
            with self._lock:
                # of two that read it at once, one is kept: the forms are made by that one
                body = self._bodies.setdefault(path, body)
        return body

    async def compressed(self, body: Body, encoding: Encoding) -> None:
        """
        Make a form of a file, or wait for the one that is being made.

        Only one thread compresses a form; the other clients wait without one. So a hundred of
        them do not take all the threads that answer everybody else.

        Parameters
        ----------
        body : Body
            The file.
        encoding : Encoding
            The content coding.
        """
        if body.has(encoding):
            return
        key = (body, encoding)
        with self._lock:
            pending = self._pending.get(key)
            is_first = pending is None
            if pending is None:
                pending = self._pending[key] = Future()
        if is_first:
            # a thread of its own: who goes away does not end what others wait for
            threading.Thread(target=self._compress, args=(key, pending), daemon=True).start()
        await asyncio.shield(asyncio.wrap_future(pending))

    def _compress(self, key: tuple[Body, Encoding], pending: Future[bytes]) -> None:
        body, encoding = key
        try:
            pending.set_result(body.form(encoding))
        except Exception as error:
            pending.set_exception(error)
        finally:
            with self._lock:
                self._pending.pop(key, None)


class LibraryFiles:
    """
    Answers for the files of a table; passes everything else.

    Belongs inside `SecurityHeaders`.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    table : FileTable
        The files.
    ahead : callable, optional
        Yields bodies that a first visit needs, in order. They are compressed in a thread when
        the server starts; a request that comes earlier has its own compressed at once.
    """

    def __init__(
        self,
        app: ASGIApp,
        table: FileTable,
        ahead: Callable[[], Iterable[Body]] | None = None,
    ) -> None:
        self.app = app
        self._table = table
        self._ahead = ahead
        self._started = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD for what is in the table."""
        self._start()
        path = _path(scope) if scope["type"] == "http" else ""
        if path not in self._table or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        body = await run_in_threadpool(self._table.body, path)
        if body is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        await self._table.compressed(body, encoding_of(request, body))
        await file_response(request, body, lifetime(path))(scope, receive, send)

    def _start(self) -> None:
        if self._started or self._ahead is None:
            return
        self._started = True
        threading.Thread(target=_prepare, args=(self._ahead,), daemon=True).start()


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path.removeprefix(root) if root and path.startswith(root + "/") else path


def _prepare(bodies: Callable[[], Iterable[Body]]) -> None:
    try:
        for body in bodies():
            body.prepare()
    except Exception:
        # each is compressed when it is asked for, instead
        log.exception("files could not be compressed ahead")
