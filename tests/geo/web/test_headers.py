"""Conditional requests are compared as RFC 9110 says, and files are named as RFC 6266 says."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from geo.web.headers import content_disposition, not_modified

TAGS = ('"abc"', '"abc-gzip"')


def request(*headers: tuple[str, str]) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        ([], False),
        ([("if-none-match", '"abc"')], True),
        ([("if-none-match", 'W/"abc-gzip"')], True),
        ([("if-none-match", '"other" , "abc"')], True),
        ([("if-none-match", '"other"'), ("if-none-match", '"abc"')], True),
        ([("if-none-match", "*")], True),
        ([("if-none-match", "abc")], False),
        ([("if-none-match", '"other"')], False),
        # a date says too little
        ([("if-modified-since", "Tue, 03 Mar 2026 12:00:00 GMT")], False),
    ],
)
def test_what_the_client_already_has(headers: list[tuple[str, str]], known: bool) -> None:
    assert not_modified(request(*headers), TAGS) is known


def test_a_plain_name_is_given_once_and_any_other_twice() -> None:
    assert (
        content_disposition("atlas_nl.csv", inline=False) == 'attachment; filename="atlas_nl.csv"'
    )
    assert content_disposition('é "x".svg', inline=True) == (
        "inline; filename=\"- -x-.svg\"; filename*=UTF-8''%C3%A9%20%22x%22.svg"
    )


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.booleans())
def test_any_name_survives_in_a_header_of_one_line(name: str, inline: bool) -> None:
    header = content_disposition(name, inline=inline)
    assert re.fullmatch(r'(inline|attachment); filename="[^"\\%]+"(; filename\*=\S+)?', header)
    assert header.isascii()
    assert header.isprintable()
    plain, _mark, encoded = header.partition("; filename*=UTF-8''")
    assert (unquote(encoded) if encoded else plain.split('"')[1]) == name
