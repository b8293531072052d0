"""Who counts as one client: an address, a network of IPv6, and never a proxy."""

from __future__ import annotations

import pytest

from geo.web.clients import client_of


@pytest.mark.parametrize(
    ("proxies", "client", "expected"),
    [
        (None, ("192.0.2.7", 4711), "192.0.2.7"),
        (None, ("2001:db8::7", 4711), "2001:db8::/64"),
        (None, ("2001:db8::ffff:1", 4711), "2001:db8::/64"),
        (None, ("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (None, ("fe80::1%eth0", 1), "fe80::/64"),
        (None, ("::ffff:192.0.2.7", 4711), "192.0.2.7"),
        # the proxy itself, and whom it has named
        (None, ("127.0.0.1", 4711), ""),
        (None, ("::1", 4711), ""),
        (None, ("::ffff:127.0.0.1", 4711), ""),
        ("10.0.0.2, 10.0.0.3", ("10.0.0.3", 4711), ""),
        ("10.0.0.2", ("127.0.0.1", 4711), "127.0.0.1"),
        ("*", ("10.0.0.3", 4711), ""),
        ("*", ("192.0.2.7", 0), "192.0.2.7"),
        # a socket of Unix has no address
        (None, None, ""),
        (None, ("testclient", 50000), "testclient"),
    ],
)
def test_a_client_is_an_address_or_nobody(
    proxies: str | None,
    client: tuple[str, int] | None,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    if proxies:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", proxies)
    assert client_of({"type": "http", "client": client}) == expected
