"""Addresses of the vendored assets, as the atlas itself serves them."""

from __future__ import annotations

import json
from functools import cache

from geo.link.root import rooted
from geo.paths import ASSETS


@cache
def _listed() -> dict[str, str]:
    manifest = json.loads((ASSETS / "ASSETS.json").read_text(encoding="utf-8"))
    return {
        file: f"/assets/{entry['folder']}/{file}?v={digest[:8]}"
        for entry in manifest["assets"]
        for file, digest in entry["files"].items()
    }


def asset_url(file: str) -> str:
    """
    Return the address of an asset by its file name; the checksum in it makes it cacheable.

    Raises
    ------
    KeyError
        When the manifest lists no such file.
    """
    return _listed()[file]


def served_asset(file: str) -> str:
    """
    Return the address of an asset as a browser asks for it, for scripts and frames.

    Raises
    ------
    KeyError
        When the manifest lists no such file.
    """
    return rooted(asset_url(file))


def is_asset(file: str) -> bool:
    """Say whether the manifest lists a file of this name."""
    return file in _listed()
