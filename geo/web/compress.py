"""Gzip for answers that the atlas makes itself."""

from __future__ import annotations

import gzip

# below this the header costs more than it saves
WORTHWHILE = 500


def accepts_gzip(accept_encoding: str) -> bool:
    """
    Say whether a client takes gzip, from its ``Accept-Encoding`` header.

    Parameters
    ----------
    accept_encoding : str
        The header's value; empty without one.

    Returns
    -------
    bool
        True if gzip (or ``*``) is named without ``q=0``.
    """
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        key, _, value = parameter.strip().partition("=")
        try:
            weights[name.strip()] = float(value) if key.strip() == "q" else 1.0
        except ValueError:
            # a weight that cannot be read is no promise
            weights[name.strip()] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def compress(body: bytes) -> bytes:
    """Return the body gzipped, the same bytes every time (no time stamp)."""
    return gzip.compress(body, compresslevel=9, mtime=0)
