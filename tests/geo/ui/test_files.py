"""The files that the Data page offers are the files that the data API answers with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit as st
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from geo.api.endpoints import DATA
from geo.api.routes import api_routes
from geo.ledger.dataset import today
from geo.link.addresses import PAGES
from geo.link.opening import open_address
from geo.link.permalink import parse_query
from geo.paths import FRAME, PROJECT, data_folder
from geo.web.headers import content_disposition
from tests.asgi import call

API = Starlette(
    routes=api_routes(
        lambda query: open_address(data_folder(), parse_query(query), today()), lambda: ()
    )
)
BUTTONS = {
    "download--csv": "/api/records.csv",
    "download--geojson": "/api/records.geojson",
    "download-events-csv": "/api/events.csv",
}


@pytest.mark.parametrize(
    "query",
    ["", "country=NL&asof=2022-12-05&record=nl-amsterdam-1&view=1_2_3", "layer=coverage&q=police"],
)
def test_the_api_answers_with_the_bytes_of_the_dashboard(
    query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: dict[str, tuple[str, bytes]] = {}
    asked: list[str] = []

    def button(
        label: str, *, data: Callable[[], bytes], file_name: str, key: str, **more: Any
    ) -> None:
        offered[key] = (file_name, data())
        asked.append(st.context.url or "")

    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.run()
    for name, values in parse_query(query).items():
        app.query_params[name] = values
    monkeypatch.setattr(st, "download_button", button)
    app.switch_page(str(PROJECT / "pages" / "data.py"))
    app.run()
    assert not app.exception
    assert offered.keys() == BUTTONS.keys()
    # without a browser there may be no address, and then links have no host on either side
    host = urlsplit(asked[0]).netloc
    for key, path in BUTTONS.items():
        answer = call(API, path, query=query.encode(), headers={"host": host})
        name, content = offered[key]
        assert answer.body == content
        asked_as = answer.headers["content-disposition"]
        assert asked_as == content_disposition(name, inline=False)


def test_files_link_to_pages_that_exist() -> None:
    assert {a.file.page.strip("/") for a in DATA if a.file} <= set(PAGES.values())
