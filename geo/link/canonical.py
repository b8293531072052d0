"""
Text and digests that are the same for the same values in every process.

A key of a cache may be made of what a stranger has sent, such as a search of any words. As a
digest it takes the same few bytes, however long what it is made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum


def canonical(value: Hashable) -> str:
    """
    Write a value as text that is the same in every process.

    Parameters
    ----------
    value : hashable
        A text, number, date, enumeration or None; or a tuple, a frozen set or a data class of
        such.

    Returns
    -------
    str
        Two values that differ are written differently.

    Raises
    ------
    TypeError
        For anything else, whose text might contain an address in memory.
    """
    if value is None or isinstance(value, str | bytes | int | float | date):
        return f"{type(value).__name__} {value!r}"
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, tuple):
        return f"({', '.join(canonical(item) for item in value)})"
    if isinstance(value, frozenset):
        return f"{{{', '.join(sorted(canonical(item) for item in value))}}}"
    if is_dataclass(value) and not isinstance(value, type):
        parts = [f"{f.name}={canonical(getattr(value, f.name))}" for f in fields(value)]
        return f"{type(value).__name__}({', '.join(parts)})"
    raise TypeError(f"{type(value).__name__} has no text that is the same in every process")


def digest_of(value: Hashable) -> str:
    """
    Return a digest of a value.

    Parameters
    ----------
    value : hashable
        As `canonical` takes it.

    Returns
    -------
    str
        32 hex digits of the SHA-256 of its text.

    Raises
    ------
    TypeError
        As `canonical`.
    """
    text = canonical(value).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:32]
