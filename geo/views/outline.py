"""The rings of the vendored outlines of countries, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geo.paths import ASSETS

FOLDER = ASSETS / "outline-visionscarto-1.0.0"
COARSE, FINE = "countries-110m.json", "countries-50m.json"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outline:
    """
    One outline of the world.

    Attributes
    ----------
    rings : tuple of array
        Of each polygon the exterior and its holes: rows of (lon, lat) in decimal degrees.
    codes : tuple of str
        Of each ring the country's code (ISO 3166-1); empty for land without one.
    """

    rings: tuple[Floats, ...]
    codes: tuple[str, ...]


@cache
def outline(file: str) -> Outline:
    """Return the outline of a file, `COARSE` or `FINE`."""
    document = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    rings, codes = [], []
    for feature in document["features"]:
        shape = feature["geometry"]
        several = shape["type"] == "MultiPolygon"
        for polygon in shape["coordinates"] if several else [shape["coordinates"]]:
            rings += [np.array(ring, dtype=float) for ring in polygon]
            codes += [feature["properties"].get("iso", "")] * len(polygon)
    return Outline(tuple(rings), tuple(codes))
