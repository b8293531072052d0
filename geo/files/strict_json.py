"""JSON that somebody may have edited: a mistake in it is an error, whatever it is."""

from __future__ import annotations

import json
from typing import Any, NoReturn


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name is given twice")
    return names


def json_object(content: bytes) -> dict[str, Any]:
    """
    Read a JSON object.

    Parameters
    ----------
    content : bytes
        Of a file.

    Returns
    -------
    dict
        Its texts can be written as UTF-8, its numbers are finite.

    Raises
    ------
    ValueError
        When it is not UTF-8 or no JSON, no object, nested too deeply, or has a name twice,
        a number that JSON does not know, or half of a character.
    """
    try:
        value = json.loads(
            content.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_distinct
        )
        # what could not be written again: half of a character, or a number beyond all floats
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("no object")
    return value
