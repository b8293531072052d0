"""What a session sends: the blocks of the document, each once, and the layer of the map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from geo.configuration import Configuration
from geo.ledger.dataset import today
from geo.link.addresses import PAGES
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.link.state import encode
from geo.paths import data_folder
from geo.screen.page import MAP
from geo.screen.page import PAGES as BLOCKS
from geo.web.page_documents import page_routes
from tests.asgi import call
from tests.geo.ui.runs import Session
from tests.geo.ui.test_same_ids import random_state
from tests.geo.views.test_rendering import Page
from tests.ledger_files import LedgerFiles
from tests.sizes import size

STATES = size(12, 200)
#: a run without a browser knows no host either
NO_HOST = {"host": ""}
VIEW = "view=48.00_8.00_5"


def _open(query: str) -> Opened:
    return open_address(data_folder(), parse_query(query), today())


WEB = Starlette(routes=page_routes(_open, Configuration, [f"/{path}" for path in PAGES.values()]))


def _sent(session: Session) -> dict[str, str | None]:
    return {name: html for name, html, _digest in session.data["blocks"]}


def test_the_first_screen_is_the_live_page_in_random_states() -> None:
    session = Session()
    compared = 0
    for seed in range(STATES):
        query = encode(random_state(seed))
        for page in PAGES:
            live = session.open(page, query)
            first = call(WEB, "/" + PAGES[page], query=query.encode(), headers=NO_HOST).text
            for name, html in live.items():
                if name != MAP:
                    assert html in first, (page, query, name)
                    compared += bool(html)
            assert list(live) == list(BLOCKS[page])
            assert session.data["asked"].partition("?")[0] == "/" + PAGES[page]
    assert compared > STATES * 20


def test_a_block_that_has_not_changed_sends_nothing() -> None:
    session = Session()
    first = _sent(session)
    assert all(isinstance(html, str) for html in first.values())
    session.open("map")
    assert set(_sent(session).values()) == {None}
    session.open("map", "country=ES")
    again = _sent(session)
    assert again["foot"] is None
    assert again["top"] != first["top"]
    # without a view the overview is a block like any other
    assert again[MAP] is not None


def test_the_picture_of_a_view_is_sent_until_the_map_is_there() -> None:
    session = Session()
    session.open("map", VIEW)
    assert _sent(session)[MAP] is not None
    session.open("map", f"country=ES&{VIEW}")
    # the picture is under the map by now
    assert _sent(session)[MAP] is None
    session.open("map", "country=ES")
    assert session.map is None
    assert _sent(session)[MAP] is not None
    session.open("map", f"country=ES&{VIEW}")
    assert _sent(session)[MAP] is not None
    session.open("about")
    session.open("map", f"country=ES&{VIEW}")
    assert _sent(session)[MAP] is not None


def test_a_view_is_sent_as_it_is_brought_back() -> None:
    session = Session()
    session.open("map", "view=91_200_4.4")
    assert session.data["view"] == "80.00_180.00_4"
    assert session.data["address"] == "/"
    session.open("map")
    assert session.data["view"] == ""
    assert "layer" not in session.data


def test_a_browser_that_lacks_a_block_gets_all_of_them() -> None:
    session = Session()
    session.open("map", "country=NL")
    session.miss()
    session.open("map", "country=NL")
    assert None not in _sent(session).values()


def test_the_layer_has_the_name_under_which_the_map_reports_it() -> None:
    session = Session()
    session.open("map", f"country=NL&{VIEW}")
    frame = session.map
    assert frame is not None
    assert f"'{session.data['layer']}'" in frame["feature_group"]
    before, script = session.data["layer"], frame["script"]
    session.open("map", f"country=ES&{VIEW}")
    assert session.data["layer"] != before
    assert session.map is not None
    # a script that differs would build the frame anew, and lose pan and zoom
    assert session.map["script"] == script
    session.open("about")
    assert session.map is None
    assert "layer" not in session.data


def _public_call() -> None:
    from streamlit_folium import st_folium

    from geo.views.basemap import base_map

    st_folium(base_map(), key="map", height=560, use_container_width=True, returned_objects=[])


def test_the_frame_is_called_as_its_package_calls_it() -> None:
    session = Session()
    session.open("map", VIEW)
    ours = session.map
    app = AppTest.from_function(_public_call, default_timeout=60).run()
    (frame,) = [e.proto for e in app.main if e.type == "component_instance"]
    theirs = json.loads(frame.json_args)
    assert ours is not None
    assert ours.keys() == theirs.keys()
    differing = {name for name in ours if ours[name] != theirs[name]}
    # the ids of folium's objects are random; the layer and what is asked for are the atlas's own
    assert differing <= {"script", "id", "html", "header", "key", "feature_group", "default"}


def test_a_value_that_was_ignored_stays_in_the_address_and_is_said() -> None:
    session = Session()
    blocks = session.open("map", "country=Atlantis&utm_source=x")
    assert session.data["ignored"] is True
    assert "Atlantis" in blocks["opening"]
    session.open("map", "country=NL&utm_source=x")
    assert session.data["ignored"] is False
    assert session.data["address"] == "/?country=NL"


def test_a_ledger_that_cannot_be_read_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = LedgerFiles(tmp_path / "data")
    monkeypatch.setenv("ATLAS_DATA", str(files.folder))
    (files.folder / "stations.csv").unlink()
    blocks = Session().open("map")
    assert list(blocks) == ["sorry"]
    assert "stations.csv" in Page(blocks["sorry"]).text
    answer = call(WEB, "/")
    assert answer.status == 503
    assert "stations.csv" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_fault_of_a_page_is_a_sentence_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session()

    def fail(_page: str) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("geo.ui.live.show", fail)
    blocks = session.open("about")
    assert list(blocks) == ["sorry"]
    assert "secret" not in blocks["sorry"]
    assert "could not be displayed" in blocks["sorry"]
