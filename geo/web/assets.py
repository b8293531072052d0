"""
The vendored assets under ``/assets/``.

Only files that ``ASSETS.json`` lists are served: a path is looked up in a table, never
resolved on the disk, so nothing else can be reached. Folder names have versions, and pages
add the checksum (``?v=``), so the cache headers may promise that the content of an address
never changes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.errors import AtlasError
from geo.paths import ASSETS
from geo.web.bodies import Body, entity_tag
from geo.web.file_responses import FOREVER, file_response
from geo.wording import _

PREFIX = "/assets"
ICON = "atlas-1/icon.png"
MANIFEST = "ASSETS.json"
_ICONS = ("/favicon.ico", "/favicon.png")

# not the system's table, which differs between machines
TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
TEXT = "text/plain; charset=utf-8"


def load(path: Path) -> Body:
    """Read one file."""
    return Body(path.read_bytes(), TYPES.get(path.suffix, TEXT), lasting=True)


def manifest_files(folder: Path) -> dict[str, Path]:
    """
    Return the files that the manifest lists.

    Parameters
    ----------
    folder : Path
        The folder of ``ASSETS.json``.

    Returns
    -------
    dict of str to Path
        The address below ``/assets/`` and the file.

    Raises
    ------
    AtlasError
        If the manifest cannot be read: without Leaflet there is no map to serve.
    """
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {
            f"{asset['folder']}/{name}": folder / asset["folder"] / name
            for asset in document["assets"]
            for name in asset["files"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = _("The list of vendored files, geo/assets/{name}, cannot be read.")
        raise AtlasError(reason.format(name=MANIFEST)) from error


class AssetFiles:
    """
    Answers for the listed files, cached in memory until they change.

    Parameters
    ----------
    folder : Path
        The folder of ``ASSETS.json``.
    """

    def __init__(self, folder: Path = ASSETS) -> None:
        self._files = manifest_files(folder)
        self._loaded: dict[tuple[str, int, int], Body] = {}
        self._lock = threading.Lock()

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all routes of `asset_routes`."""
        return frozenset(f"{PREFIX}/{name}" for name in self._files) | frozenset(_ICONS)

    def find(self, name: str) -> Body | None:
        """Return the asset of that name; None if it is not listed or its file is missing."""
        if name not in self._files:
            return None
        # the lock keeps ten first visitors from reading the same file ten times
        with self._lock:
            try:
                state = self._files[name].stat()
                key = (name, state.st_mtime_ns, state.st_size)
                if key not in self._loaded:
                    self._loaded[key] = load(self._files[name])
            except OSError:
                return None
            return self._loaded[key]

    def bodies(self) -> Iterator[Body]:
        """Yield all assets whose files are there."""
        for name in self._files:
            asset = self.find(name)
            if asset is not None:
                yield asset

    def answer(self, request: Request) -> Response:
        """Answer one request: the file, a range of it, "not modified", or a sentence and 404."""
        asset = self.find(request.path_params["name"])
        if asset is None:
            sentence = _("There is no such file here. The atlas itself starts at /.")
            return PlainTextResponse(
                sentence, status_code=404, headers={"Cache-Control": "no-store"}
            )
        return file_response(request, asset, _lifetime(request, asset))

    def icon(self, request: Request) -> Response:
        """Answer for the icon that browsers request unasked; Streamlit would serve its own."""
        asset = self.find(ICON)
        if asset is None:
            return Response(status_code=404)
        headers = {
            "Cache-Control": "public, max-age=86400",
            "ETag": entity_tag(asset.digest, "identity"),
        }
        return Response(asset.content, headers=headers, media_type=asset.media_type)


def _lifetime(request: Request, asset: Body) -> str:
    # while a new version is being rolled out, a page of the one may ask a server of the
    # other: what it gets must not be kept for a year under the wrong checksum
    checksum = request.query_params.get("v", "")
    return FOREVER if asset.digest.startswith(checksum.lower()) else "no-cache"


def asset_routes(folder: Path = ASSETS, files: AssetFiles | None = None) -> list[Route]:
    """
    Return the routes for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    folder : Path
        The folder of ``ASSETS.json``.
    files : AssetFiles, optional
        Answers for them; without it, those of the folder.

    Returns
    -------
    list of Route
        All under ``/assets/``, and the site's icon; GET and HEAD only.
    """
    files = files or AssetFiles(folder)
    icons = [Route(path, files.icon, methods=["GET"]) for path in _ICONS]
    return [Route(PREFIX + "/{name:path}", files.answer, methods=["GET"]), *icons]
