"""Requests as they are on the wire: no redirect is followed, no body decompressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """
    A response.

    Attributes
    ----------
    status : int
        Of the response.
    headers : dict of str to str
        By name in lower case.
    body : bytes
        As it was sent.
    """

    status: int
    headers: dict[str, str]
    body: bytes


def get(
    url: str, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Answer:
    """
    Send a request on a connection of its own.

    Parameters
    ----------
    url : str
        Of the server.
    path : str
        With its query.
    headers : mapping of str to str, optional
        Further headers.
    method : str
        GET, unless another one is given.

    Returns
    -------
    Answer
        The response.
    """
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, named, response.read())
    finally:
        connection.close()
