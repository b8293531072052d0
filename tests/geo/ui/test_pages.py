"""Every page, cold and with a full address: it runs, and says what it has to say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.paths import FRAME, PROJECT
from tests.geo.views.test_rendering import Page

PAGES = ("map", "timeline", "countries", "data", "about")
NARROW = {"country": "NL", "asof": "2022-12-05"}
ADDRESSES: list[dict[str, Any]] = [
    {},
    NARROW,
    {"q": "zzzz"},
    {"event": "nl-2022-11-01-told-to-stop", "country": ["NL", "IT"]},
    {"record": "nl-amsterdam-1", "status": "claim_only", "country": "Atlantis"},
    {"place": "IT", "asof": "2015-12-01"},
]


def _open(page: str, address: dict[str, Any], **choices: Any) -> AppTest:
    # the first run makes the pages known; only then can one be switched to
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.run()
    for name, value in address.items():
        app.query_params[name] = value
    app.session_state["session"].choices.update(choices)
    app.switch_page(str(PROJECT / "pages" / f"{page}.py"))
    app.run()
    assert not app.exception
    return app


def _panels(app: AppTest) -> dict[str, Page]:
    """Each panel's HTML, read as a browser reads it, by the panel's name."""
    sent = [json.loads(e.proto.json) for e in app.main if e.type == "bidi_component"]
    return {data["name"]: Page(data["html"]) for data in sent}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_inside_its_frame(page: str, address: dict[str, Any]) -> None:
    panels = _panels(_open(page, address))
    assert "A symbol means that somebody named made a claim in public." in panels["top"].text
    assert "Preview: not published, do not cite." in panels["foot"].text
    assert ("filters" in panels) is (page != "about")
    if page != "about" and ({"event", "record", "place"} & set(address)):
        assert "card" in panels


@pytest.mark.parametrize("address", [{}, NARROW, {"list": "other"}, {"q": "zzzz"}])
def test_the_tables_have_the_number_of_the_sentence(address: dict[str, Any]) -> None:
    app = _open("data", address)
    panels = _panels(app)
    total = int(panels["top"].values("data-total")[0])
    assert panels["heading-records"].values("data-total") == [str(total)]
    rows = [len(table.value) for table in app.dataframe]
    if total:
        assert rows == [total, int(panels["heading-events"].values("data-total")[0])]
        assert len(app.get("download_button")) == 3
    else:
        assert "No record is selected." in panels["empty-records"].text


def test_the_files_are_offered_under_the_name_of_the_selection() -> None:
    app = _open("data", NARROW)
    assert [b.proto.label for b in app.get("download_button")] == [
        "Records as CSV",
        "Records as GeoJSON",
        "Events as CSV",
    ]
    assert "safe to quote alone" in _panels(app)["heading-note"].text


def test_the_timeline_says_draws_and_lists_the_same() -> None:
    app = _open("timeline", NARROW)
    panels = _panels(app)
    listed = len(panels["timeline-list"].values("data-event"))
    repeats = panels["timeline-list"].text.count("Restates:")
    said = panels["timeline-tools"].text
    assert f"{listed - repeats} events in a selection of 2 records, as of 5 December 2022." in said
    assert f"{repeats} more entries restate another report" in said
    assert panels["timeline"].names() >= {"figure", "svg", "use"}
    assert "figure" in panels["timeline-words"].names()
    assert "How to read it" in panels["timeline-key"].text


def test_an_open_card_stands_where_the_key_was() -> None:
    panels = _panels(_open("timeline", {"event": "nl-2022-11-01-told-to-stop", "listed": "300"}))
    assert "Dutch foreign minister" in panels["card"].text
    assert "timeline-key" not in panels
    assert panels["timeline-list"].values("aria-current") == ["true"]


def test_an_empty_timeline_is_a_sentence() -> None:
    panels = _panels(_open("timeline", {"q": "zzzz"}))
    assert "No event is selected." in panels["timeline"].text
    assert not panels.keys() & {"timeline-words", "timeline-list", "timeline-key"}


def _clicks() -> None:
    import json

    import streamlit as st

    from geo.link.permalink import encode
    from geo.ui import messages, session, tables
    from geo.ui.atlas import begin

    # a callback runs before the script: the table's, the panel's
    def send() -> None:
        given = json.loads(st.session_state["given"])
        if "rows" in given:
            st.session_state["table-record"] = {"selection": {"rows": given["rows"]}}
            tables.opener("record", ["nl-amsterdam-1", "nl-rotterdam-1"])()
        else:
            messages.receive(given)

    begin("timeline")
    st.text_input("given", key="given")
    st.button("send", on_click=send)
    session.write()
    st.text(encode(session.current()))


def _send(app: AppTest, **message: Any) -> str:
    app.text_input[0].set_value(json.dumps(message))
    app.button[0].click()
    app.run()
    assert not app.exception
    return str(app.text[0].value)


def test_a_row_opens_its_card() -> None:
    app = AppTest.from_function(_clicks, default_timeout=30).run()
    assert _send(app, rows=[1]) == "record=nl-rotterdam-1"
    assert _send(app, rows=[]) == "record=nl-rotterdam-1"
    assert _send(app, rows=[7]) == "record=nl-rotterdam-1"


def test_a_country_stands_above_the_table_when_exactly_one_is_picked() -> None:
    page = _panels(_open("countries", {"country": "FR"}))
    assert page["country"].values("data-country") == ["FR"]
    assert 'nine "stations"' in page["country"].text
    for several in ({}, {"country": ["FR", "NL"]}, {"country": "ZZ"}):
        panels = _panels(_open("countries", several))
        assert not panels["country"].tags
        assert panels["countries"].values("data-sum") == ["249"]
        assert "china" in panels["china"].values("id")


def test_every_card_leads_to_china_s_words_with_its_state() -> None:
    for address in ({"record": "nl-rotterdam-1"}, {"place": "IT"}):
        card = _panels(_open("map", {"asof": "2023-06-01", **address}))["card"]
        (link,) = [h for h in card.values("href") if h.endswith("#china")]
        assert link.startswith("/countries?asof=2023-06-01&")


def _picks() -> None:
    import json

    import streamlit as st

    from geo.link.permalink import encode
    from geo.ui import countries, session
    from geo.ui.atlas import begin

    def send() -> None:
        countries.receive(json.loads(st.session_state["given"]))

    begin("countries")
    st.text_input("given", key="given")
    st.button("send", on_click=send)
    session.write()
    st.text(encode(session.current()))
    order = session.choice("countries-order")
    rest, only = (session.choice(f"countries-{name}") for name in ("rest", "only"))
    st.json([order and [order.by, order.descending], rest, only])


def test_clicks_on_the_table_pick_sort_and_show_the_rest() -> None:
    app = AppTest.from_function(_picks, default_timeout=30).run()
    assert _send(app, pick="FR") == "country=FR"
    assert _send(app, record="nl-rotterdam-1") == "country=FR&record=nl-rotterdam-1"
    assert _send(app, pick="NL") == "country=NL"
    assert _send(app, pick="Atlantis") == "country=NL"
    assert _send(app, loosen="country") == ""
    _send(app, sort="newest")
    assert json.loads(app.json[0].value) == [["newest", False], None, None]
    _send(app, sort="newest")
    _send(app, sort="nonsense")
    _send(app, changed="rest", fields={"rest": {"offered": ["1"], "picked": ["1"]}})
    _send(app, state="not_listed")
    assert json.loads(app.json[0].value) == [["newest", True], True, "not_listed"]
    _send(app, state="not_listed")
    assert json.loads(app.json[0].value) == [["newest", True], True, ""]


def _layers() -> None:
    import json

    import streamlit as st

    from geo.link.permalink import encode
    from geo.ui import messages, session
    from geo.ui.atlas import begin

    def send() -> None:
        messages.receive(json.loads(st.session_state["given"]))

    begin("map")
    st.text_input("given", key="given")
    st.button("send", on_click=send)
    session.write()
    st.text(encode(session.current()))


def test_the_layer_is_off_until_it_is_asked_for() -> None:
    app = AppTest.from_function(_layers, default_timeout=30).run()
    assert app.text[0].value == ""
    on = {"layer": {"offered": ["coverage"], "picked": ["coverage"]}}
    assert _send(app, changed="layer", fields=on) == "layer=coverage"
    assert _send(app, clear=True) == "layer=coverage"
    assert _send(app, changed="layer", fields="nonsense") == ""
    assert _send(app, changed="layer", fields=on) == "layer=coverage"
    off = {"layer": {"offered": ["coverage"], "picked": []}}
    assert _send(app, changed="layer", fields=off) == ""


def test_the_legend_says_what_the_layer_shows_and_what_it_cannot() -> None:
    plain = _panels(_open("map", {}))["legend"]
    assert "checked" not in plain.attributes()
    assert "No record, and no word" not in plain.text
    shown = _panels(_open("map", {"layer": "coverage"}))["legend"]
    assert "checked" in shown.attributes()
    assert "No record, and no word of an authority found: " in shown.text
    assert "stand in the table only" in shown.text
