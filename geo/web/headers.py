"""Headers that several routes read or write: conditional requests, names of files."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote

from starlette.requests import Request

#: what a quoted file name may not contain: it would end the name, or be decoded by some clients
_NOT_QUOTED = re.compile(r'[^ -~]|["\\%]')


def not_modified(request: Request, tags: Collection[str]) -> bool:
    """
    Say whether the client already has the content that it requests.

    Parameters
    ----------
    request : Request
        With ``If-None-Match`` (RFC 9110, 13.1.2). A date (``If-Modified-Since``) is ignored: two
        changes within a second, or a file that is restored, would keep what is gone.
    tags : collection of str
        The entity tags of the content in each encoding, with their quotation marks.

    Returns
    -------
    bool
        True for an answer with 304.
    """
    listed = ",".join(request.headers.getlist("if-none-match")).split(",")
    sent = {tag.strip().removeprefix("W/") for tag in listed} - {""}
    return bool(sent & {"*", *tags})


def content_disposition(name: str, *, inline: bool) -> str:
    """
    Write the ``Content-Disposition`` of a file (RFC 6266).

    Parameters
    ----------
    name : str
        Under which the file is saved. A name that a quoted string cannot carry is given
        twice: with hyphens instead, and encoded.
    inline : bool
        Whether browsers show the file rather than save it.

    Returns
    -------
    str
        The header's value.
    """
    how = "inline" if inline else "attachment"
    plain = _NOT_QUOTED.sub("-", name)
    header = f'{how}; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"
