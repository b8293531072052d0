"""Which encoding a client gets, and that encoding loses nothing and is the same every time."""

from __future__ import annotations

import sys
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.web.bodies import Body, entity_tags
from geo.web.compress import COMPRESSING, Encoding, accepts_gzip, compress, negotiate
from tests.asgi import DECODERS


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=1.0", "br"),
        ("gzip, br;q=0.9", "gzip"),
        ("gzip;q=0.2, br;q=0.3", "br"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0, *;q=0.1", "br"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("gzip;q=0", "identity"),
        ("gzip; q=0.000, br;q=0.0", "identity"),
        ("deflate, zstd", "identity"),
        ("identity", "identity"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=often", "identity"),
        ("br;level=11", "br"),
    ],
)
def test_what_a_client_gets(header: str, chosen: Encoding) -> None:
    assert negotiate(header) == chosen


@pytest.mark.parametrize(
    ("header", "accepted"),
    [("gzip", True), ("*", True), ("br", False), ("gzip;q=0, *", False), ("", False)],
)
def test_whether_a_client_takes_gzip(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(COMPRESSING), st.integers(0, 11))
def test_encoding_is_stable_and_loses_nothing(body: bytes, encoding: Encoding, q: int) -> None:
    encoded = compress(body, encoding, q)
    assert DECODERS[encoding](encoded) == body
    assert compress(body, encoding, q) == encoded


def test_each_form_is_made_once_however_many_ask_at_once() -> None:
    body = Body(b"The same words, again and again. " * 5000, "text/plain", lasting=True)
    barrier, forms = threading.Barrier(8), list[bytes]()

    def ask() -> None:
        barrier.wait()
        forms.append(body.form("br"))

    threads = [threading.Thread(target=ask) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(forms) == 8
    assert {id(form) for form in forms} == {id(body.form("br"))}
    assert body.size == len(body.content) + len(forms[0])


def test_a_page_of_text_is_smaller_by_brotli_and_its_forms_have_tags_of_their_own() -> None:
    body = Body((" ".join(f"record {n} of {n % 7}" for n in range(3000))).encode(), "text/html")
    body.prepare()
    assert len(body.form("br")) < len(body.form("gzip")) < len(body.content) / 3
    assert len(set(body.tags)) == 3
    assert body.tags == entity_tags(body.digest)


def test_other_threads_run_while_a_file_is_compressed() -> None:
    # brotli releases the interpreter's lock: else the event loop would stop for this long
    content = b"".join(n.to_bytes(4, "big") for n in range(250_000))
    done = threading.Event()

    def work() -> None:
        compress(content, "br", 11)
        done.set()

    worker = threading.Thread(target=work)
    interval = sys.getswitchinterval()
    worker.start()
    beats, longest, last = 0, 0.0, time.perf_counter()
    while not done.is_set():
        now = time.perf_counter()
        beats, longest, last = beats + 1, max(longest, now - last), now
        done.wait(interval)
    worker.join()
    assert beats > 3, "the loop never came round while the file was compressed"
