"""The head of a document: every word stays a word, no address is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.web.head import Image, PageHead, absolute, page_address, tags
from tests.geo.api.documents import SITE, Head


def read(about: PageHead) -> Head:
    return Head(
        f"<html lang=en><head>{tags(about)}</head></html>".encode("utf-8", "replace").decode()
    )


@given(st.text(), st.text())
def test_hostile_words_stay_words(title: str, description: str) -> None:
    head = read(PageHead(site=SITE, title=title, description=description))
    assert head.elements.count("title") == 1
    assert "script" not in head.elements
    assert len(head.meta) == (5 if description else 3)
    assert head.meta["og:title"] == head.title
    if title.isascii() and title.isprintable():
        assert head.title == " ".join(title.split())


def test_template_marks_and_backslashes_are_not_read() -> None:
    words = r"\1 \g<0> ${x} {y} </title><script>alert(1)</script>"
    head = read(PageHead(site=SITE, title=words, description=words))
    assert head.title == head.meta["description"] == words
    assert "script" not in head.elements


def test_a_feed_reader_finds_the_feed_of_the_page() -> None:
    feed = '/feeds/events.atom?country=NL&type=claim"><script>'
    page = tags(PageHead(site=SITE, title="t", description="", feed=feed))
    assert page.count('<link rel="alternate" type="application/atom+xml"') == 1
    assert 'href="/feeds/events.atom?country=NL&amp;type=claim&quot;&gt;&lt;script&gt;"' in page
    assert "atom" not in tags(PageHead(site=SITE, title="t", description=""))


FOREIGN = ["evil.example", "192.168.0.7:8501", "localhost.evil.example", "127.0.0.1.evil.example"]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost:8501", "https://localhost:8501/timeline?a=1"),
        ("127.0.0.1", "https://127.0.0.1/timeline?a=1"),
        ("[::1]:8501", "https://[::1]:8501/timeline?a=1"),
        *((host, None) for host in FOREIGN),
        ("", None),
        ("evil.example/path", None),
        ("user@evil.example", None),
        ('"><script>', None),
        ("a b", None),
        ("atlas.example:99999999", None),
    ],
)
def test_without_a_public_address_only_this_machine_gets_absolute_links(
    host: str, address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATLAS_ADDRESS")
    headers = [(b"host", host.encode())] if host else []
    scope = {"type": "http", "scheme": "https", "path": "/timeline", "headers": headers}
    assert page_address(scope, "a=1") == address


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        ("atlas.example.org", True),
        ("Atlas.Example.org:443", True),
        ("localhost:8501", True),
        ("atlas.example.org:8501", False),
        *((host, False) for host in FOREIGN),
        ("", False),
    ],
)
def test_the_public_address_is_written_and_no_other(
    host: str, is_own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_ADDRESS", "https://atlas.example.org/")
    headers = [(b"host", host.encode())] if host else []
    # a proxy that ends TLS may speak plain HTTP to the atlas
    scope = {"type": "http", "scheme": "http", "path": "/timeline", "headers": headers}
    expected = "https://atlas.example.org/timeline?a=1" if is_own else None
    assert page_address(scope, "a=1") == expected
    assert absolute(scope, "/data?b=2") == (
        "https://atlas.example.org/data?b=2" if is_own else "/data?b=2"
    )


def test_a_query_is_quoted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_ADDRESS", "https://a.example")
    scope = {"type": "http", "scheme": "https", "path": "/é", "headers": [(b"host", b"a.example")]}
    address = page_address(scope, 'q=%3Cb%3E&x="<é\n')
    assert address == "https://a.example/%C3%A9?q=%3Cb%3E&x=%22%3C%C3%A9%0A"


@given(st.text())
def test_a_picture_is_named_with_size_and_words(alt: str) -> None:
    image = Image("https://atlas.example/p.png?a=1&b=2", 1200, 630, alt)
    about = PageHead(site=SITE, title="t", description="d", image=image)
    meta = read(about).meta
    assert meta["og:image"] == meta["twitter:image"] == "https://atlas.example/p.png?a=1&b=2"
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["og:image:type"] == "image/png"
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["og:image:alt"] == meta["twitter:image:alt"]
    if alt.isascii() and alt.isprintable():
        assert meta["og:image:alt"] == " ".join(alt.split())


@pytest.mark.parametrize(
    ("said", "client", "is_own"),
    [
        ({"x-forwarded-host": "atlas.example.org"}, "127.0.0.1", True),
        ({"x-forwarded-host": "atlas.example.org", "x-forwarded-port": "443"}, "127.0.0.1", True),
        ({"forwarded": "host=atlas.example.org;proto=https"}, "127.0.0.1", True),
        ({"x-forwarded-host": "atlas.example.org"}, "192.0.2.1", False),
        ({"x-forwarded-host": "evil.example"}, "127.0.0.1", False),
    ],
)
def test_a_believed_proxy_may_say_which_host_was_asked(
    said: dict[str, str], client: str, is_own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_ADDRESS", "https://atlas.example.org")
    sent = {"host": "10.0.0.7:8501", **said}
    headers = [(name.encode(), value.encode()) for name, value in sent.items()]
    scope = {"type": "http", "scheme": "http", "path": "/v", "headers": headers}
    expected = "https://atlas.example.org/v" if is_own else None
    assert page_address({**scope, "client": (client, 4711)}, "") == expected
