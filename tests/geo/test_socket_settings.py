"""The number of live pages is read as it is meant, or refused in a sentence."""

from __future__ import annotations

import pytest

from geo.configuration import BadSetting, SocketSettings

NAMES = ("ATLAS_SOCKETS", "ATLAS_SOCKETS_PER_ADDRESS")


@pytest.mark.parametrize(
    ("texts", "settings"),
    [
        (("", ""), SocketSettings()),
        ((" 40 ", "0"), SocketSettings(40, 0)),
        (("100000", ""), SocketSettings(together=100_000)),
    ],
)
def test_sockets(
    texts: tuple[str, str], settings: SocketSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in zip(NAMES, texts, strict=True):
        monkeypatch.setenv(name, text)
    assert SocketSettings.from_environment() == settings


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["many", "-1", "1.5", "100001", "9" * 5000, "٦٠", "1e3"])
def test_what_is_no_number_of_sockets_is_refused(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(BadSetting, match=rf"^{name} is .* from 0 to 100000\. It is “"):
        SocketSettings.from_environment()
