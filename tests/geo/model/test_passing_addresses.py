"""Addresses that are not a page's own are told from those that only look like them."""

from __future__ import annotations

import pytest

from geo.model.passing_addresses import passing_address


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://www.staging.example.org/a", "a test or internal host"),
        ("https://news-prod.example.net/a", "a test or internal host"),
        ("https://a-origin.b.example.com/a", "a test or internal host"),
        ("http://localhost:8501/a", "a test or internal host"),
        ("http://192.0.2.1/a", "a test or internal host"),
        ("https://amp.example.org/a", "an AMP or feed host"),
        ("https://feeds.example.org/a", "an AMP or feed host"),
        ("https://webcache.googleusercontent.com/search?q=cache:x", "a cache"),
        ("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a", "a cache"),
        ("https://example-org.translate.goog/a", "a cache or a translation"),
        ("https://bit.ly/abc", "redirects to another address"),
        ("https://t.co/abc", "redirects to another address"),
        ("https://www.example.org/redirect?id=1", "redirects to another address"),
        ("https://www.example.org/x?u=https%3A%2F%2Fexample.com", "redirects to another address"),
        ("https://www.example.org/a?utm_source=x", "tracker"),
        ("https://www.example.org/a?id=1&fbclid=x", "tracker"),
        ("https://click.example.org/a", "tracker"),
    ],
)
def test_an_address_that_is_not_the_pages_own(address: str, words: str) -> None:
    assert words in passing_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/amplified/staging-of-a-play",
        "https://www.test.de/a",
        "https://production.example.org/a",
        "https://bit.ly.example.org/a",
        "https://www.example.org/about",
        "https://www.example.org/redirected-people",
        "https://feedsociety.example.org/a?id=2022&q=url",
        "https://tco.example.org/t.co",
        "https://[::1",
    ],
)
def test_an_address_that_only_looks_like_one(address: str) -> None:
    assert passing_address(address) == ""
