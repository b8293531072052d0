"""The share menu, and the line above a view that shows an older ledger."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.paths import FRAME
from tests.geo.views.test_rendering import Page
from tests.ledger_files import LedgerFiles

RECORD = "nl-rotterdam-1"


def _top(**address: str) -> Page:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    sent = [json.loads(e.proto.json) for e in app.main if e.type == "bidi_component"]
    return Page(next(data["html"] for data in sent if data["name"] == "top"))


def test_the_menu_offers_this_view_in_every_form() -> None:
    top = _top(country="NL", record=RECORD, asof="2022-12-25", view="52.00_5.00_6")
    links = " ".join(top.values("href") + top.values("data-copy"))
    (version,) = set(re.findall(r"[?&]v=([0-9a-f]{8})", links))
    for wanted in (
        f"/?country=NL&asof=2022-12-25&view=52.00_5.00_6&record={RECORD}&v={version}",
        f"/?country=NL&view=52.00_5.00_6&record={RECORD} ",
        f"/s/{RECORD}?country=NL&asof=2022-12-25&v={version}",
        f"/figure.png?country=NL&asof=2022-12-25&record={RECORD}&v={version}",
        f"/api/records.csv?country=NL&asof=2022-12-25&v={version}",
        "/feeds/events.atom?country=NL ",
    ):
        assert wanted in f"{links} ", wanted
    assert "accessed" in top.text
    assert "Cite the source for the claim and the atlas for the compilation." in top.text


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ({"place": "IT"}, "/c/IT?"),
        ({"place": "es-madrid"}, "/v?"),
        ({"event": "nl-2022-11-01-told-to-stop"}, "/e/nl-2022-11-01-told-to-stop?"),
        ({}, "/v?"),
    ],
)
def test_the_share_page_is_that_of_the_open_card(address: dict[str, str], page: str) -> None:
    assert any(href.startswith(page) for href in _top(**address).values("href"))


def test_a_pinned_link_says_from_which_ledger_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = LedgerFiles(tmp_path / "data")
    version = files.release().name[-8:]
    files.edit("stations", RECORD, summary="Other words.")
    monkeypatch.setenv("ATLAS_DATA", str(files.folder))
    top = _top(country="NL", v=version)
    assert f"Made from the ledger of 1 September 2026 ({version})." in top.text
    assert "1 of the records shown has changed since." in top.text
    assert f"/changes?country=NL&v={version}" in top.values("href")
    assert '{"newest":true}' in top.values("data-send")
    # a card of the selection is among those that are counted; one beside it is named
    among, beside = (
        _top(country="NL", record=RECORD, v=version),
        _top(country="ES", record=RECORD, v=version),
    )
    assert f"/changes?country=NL&v={version}" in among.values("href")
    assert f"/changes?country=ES&record={RECORD}&v={version}" in beside.values("href")
    elsewhere = _top(country="ES", v=version)
    assert "None of the records shown has changed since." in elsewhere.text
    assert not [h for h in elsewhere.values("href") if h.startswith("/changes")]
    assert "Made from the ledger" not in _top(country="NL").text
