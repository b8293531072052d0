"""Where the names and blocks of countries belong on a map."""

from __future__ import annotations

import json
from functools import cache

from geo.paths import ASSETS

ANCHORS = ASSETS / "outline-visionscarto-1.0.0" / "anchors.json"


@cache
def anchors() -> dict[str, tuple[float, float]]:
    """Return a point in the largest polygon of each country: ISO code -> (lat, lon)."""
    read: dict[str, tuple[float, float]] = json.loads(ANCHORS.read_text(encoding="utf-8"))
    return read
