"""Compression of responses: brotli and gzip, and which of them a client takes."""

from __future__ import annotations

import gzip
from typing import Literal

import brotli

#: a content coding as HTTP names it; identity is the content as it is
Encoding = Literal["br", "gzip", "identity"]
#: those that compress, the smaller first
COMPRESSING: tuple[Encoding, ...] = ("br", "gzip")
# below this the header costs more than it saves
WORTHWHILE = 500
#: brotli's quality for what is made for one address: 3 ms for 120 kB, and smaller than gzip
FAST = 6
#: brotli's quality for files, which are compressed once: a megabyte takes a second
THOROUGH = 11
#: bytes from which a file is compressed less thoroughly: 9 takes a seventh of the time of 11.
#: The fine outline is below: its last bits are 110 kB of a phone's first map
LARGE = 2**20 + 2**18
_LARGE_QUALITY = 9


def negotiate(accept_encoding: str) -> Encoding:
    """
    Choose the encoding of a response (RFC 9110, 12.5.3).

    Parameters
    ----------
    accept_encoding : str
        The request's ``Accept-Encoding``; empty without one.

    Returns
    -------
    Encoding
        The one with the greatest weight; brotli before gzip where they weigh the same, and
        identity only where it is named with a greater weight or nothing else is accepted.
    """
    weights = _weights(accept_encoding)
    best: Encoding = "identity"
    greatest = 0.0
    for encoding in COMPRESSING:
        weight = _weight(weights, encoding)
        if weight > greatest:
            best, greatest = encoding, weight
    return "identity" if weights.get("identity", 0.0) > greatest else best


def compress(content: bytes, encoding: Encoding = "gzip", quality: int = FAST) -> bytes:
    """
    Encode content, the same bytes every time (no time stamp).

    Both libraries release the interpreter's lock while they compress, so other threads run on.

    Parameters
    ----------
    content : bytes
        Not compressed.
    encoding : Encoding
        The content coding.
    quality : int
        Of brotli, from 0 to 11. Gzip always does its best, which takes no longer.

    Returns
    -------
    bytes
        The content in that encoding.
    """
    if encoding == "br":
        compressed: bytes = brotli.compress(content, quality=quality)
        return compressed
    if encoding == "gzip":
        return gzip.compress(content, compresslevel=9, mtime=0)
    return content


def lasting_quality(size: int) -> int:
    """Return brotli's quality for a file of a size in bytes, which is compressed once."""
    return THOROUGH if size < LARGE else _LARGE_QUALITY


def _weights(accept_encoding: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        key, _, value = parameter.strip().partition("=")
        try:
            weights[name.strip()] = float(value) if key.strip() == "q" else 1.0
        except ValueError:
            # a weight that cannot be read is no promise
            weights[name.strip()] = 0.0
    return weights


def _weight(weights: dict[str, float], encoding: str) -> float:
    # "x-gzip" is what HTTP/1.0 called it
    names = ("gzip", "x-gzip", "*") if encoding == "gzip" else (encoding, "*")
    return next((weights[name] for name in names if name in weights), 0.0)
