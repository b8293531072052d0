"""The reader's state: from the address, through messages, back to the address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def _script() -> None:
    import json

    import streamlit as st

    from geo.link.permalink import encode
    from geo.ui import messages, panel, session
    from geo.ui.atlas import begin

    # a panel's callback runs before the script; a button's callback does so here as well
    def send() -> None:
        message = json.loads(st.session_state["message"])
        st.session_state.setdefault("panels-handlers", {})["test"] = messages.receive
        if "sequence" in message:
            panel.handle(message)
        else:
            messages.receive(message)

    begin("map")
    st.text_input("message", key="message")
    st.button("send", on_click=send)
    session.write()
    st.text(encode(session.current()))
    st.json(session.notices())


@pytest.fixture
def reader() -> AppTest:
    return AppTest.from_function(_script, default_timeout=30)


def _send(app: AppTest, **message: Any) -> AppTest:
    app.text_input[0].set_value(json.dumps(message))
    app.button[0].click()
    return app.run()


def _query(app: AppTest) -> str:
    return str(app.text[0].value)


def _param(app: AppTest, name: str) -> list[str]:
    value = app.query_params[name]
    return [value] if isinstance(value, str) else list(value)


def _form(**fields: tuple[list[str], list[str]]) -> dict[str, Any]:
    return {name: {"offered": o, "picked": p} for name, (o, p) in fields.items()}


def test_address_is_read_and_not_rewritten(reader: AppTest) -> None:
    reader.query_params["country"] = ["NL", "Atlantis"]
    reader.query_params["utm_source"] = "chat"
    reader.run()
    assert _query(reader) == "country=NL"
    assert "Atlantis" in reader.json[0].value
    assert _param(reader, "utm_source") == ["chat"]


def test_form_sets_what_it_offers_and_keeps_the_rest(reader: AppTest) -> None:
    reader.query_params["flag"] = "accounts_differ"
    reader.run()
    fields = _form(flag=(["told_to_stop", "inquiry"], ["inquiry"]), country=(["NL", "FR"], ["FR"]))
    _send(reader, changed="flag", fields=fields)
    assert _query(reader) == "country=FR&flag=inquiry&flag=accounts_differ"
    assert _param(reader, "country") == ["FR"]
    assert _param(reader, "flag") == ["inquiry", "accounts_differ"]


def test_unknown_values_of_a_form_change_nothing(reader: AppTest) -> None:
    reader.run()
    _send(reader, changed="country", fields=_form(country=(["NL"], ["NL", "<script>"])))
    assert _query(reader) == "country=NL"


def test_a_day_after_today_is_ignored_and_said(reader: AppTest) -> None:
    reader.run()
    _send(reader, changed="asof", fields={"asof": {"offered": [], "picked": ["2999-01-01"]}})
    assert "asof" not in _query(reader)
    assert "after today" in reader.json[0].value


def test_as_of_and_back_to_today(reader: AppTest) -> None:
    reader.run()
    _send(reader, changed="asof", fields={"asof": {"offered": [], "picked": ["2022-12-05"]}})
    assert _query(reader) == "asof=2022-12-05"
    _send(reader, today=True)
    assert _query(reader) == ""


def test_one_card_at_a_time(reader: AppTest) -> None:
    reader.run()
    _send(reader, place="NL")
    assert _query(reader) == "place=NL"
    _send(reader, record="nl-rotterdam-1")
    assert _query(reader) == "record=nl-rotterdam-1"
    _send(reader, close=True)
    assert _query(reader) == ""


def test_clear_keeps_day_and_card(reader: AppTest) -> None:
    for name, value in {"country": "NL", "q": "police", "asof": "2022-12-05"}.items():
        reader.query_params[name] = value
    reader.query_params["record"] = "nl-rotterdam-1"
    reader.run()
    _send(reader, clear=True)
    assert _query(reader) == "asof=2022-12-05&record=nl-rotterdam-1"


def test_loosen_opens_one_filter(reader: AppTest) -> None:
    reader.query_params["country"] = "NL"
    reader.query_params["q"] = "nothing-like-it"
    reader.run()
    _send(reader, loosen="q")
    assert _query(reader) == "country=NL"


def test_a_moved_reader_is_followed_and_a_late_click_is_not_undone(reader: AppTest) -> None:
    reader.query_params["country"] = "NL"
    reader.run()
    # Back: another address and no click
    reader.query_params["country"] = "FR"
    reader.run()
    assert _query(reader) == "country=FR"
    # a click that was sent with the address of before the last write
    reader.query_params["country"] = "IT"
    _send(reader, changed="country", fields=_form(country=(["FR", "ES"], ["FR", "ES"])))
    assert _query(reader) == "country=ES&country=FR"


def test_a_click_that_is_sent_again_with_the_address_of_before_is_not_undone(
    reader: AppTest,
) -> None:
    reader.query_params["country"] = "NL"
    reader.run()
    click = {"sequence": 1, "panel": "test", "clear": True}
    _send(reader, **click)
    assert _query(reader) == ""
    # the page had no answer yet when it sent the click once more
    reader.query_params["country"] = "NL"
    _send(reader, **click)
    assert _query(reader) == ""


def test_a_message_that_nobody_understands_changes_nothing(reader: AppTest) -> None:
    reader.run()
    _send(reader, explode=True, loosen="nothing", page="nowhere")
    assert _query(reader) == ""
    assert not reader.exception


def test_stepping_goes_from_one_day_of_the_ledger_to_the_next(reader: AppTest) -> None:
    reader.query_params["asof"] = "2022-12-05"
    reader.run()
    _send(reader, step=-1)
    assert _query(reader) == "asof=2022-12-04"
    _send(reader, step=1)
    assert _query(reader) == "asof=2022-12-05"


def test_stepping_on_from_the_last_entry_is_today_and_back_stops_at_the_first(
    reader: AppTest,
) -> None:
    reader.run()
    _send(reader, step=-1)
    assert _query(reader) == "asof=2026-05-31"
    _send(reader, step=1)
    assert _query(reader) == ""
    _send(reader, changed="asof", fields={"asof": {"offered": [], "picked": ["2015-10"]}})
    first = _query(reader)
    _send(reader, step=-1)
    assert _query(reader) == first == "asof=2015-10-31"
