"""What a page sends becomes typed values; whatever else is sent becomes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.ui.messages import MISSED, Rerun, ends_run, parse_message
from tests.forged_messages import EVENTS, forged_messages

TIMELINE = "9d041804010eb970bfe5ee0e9154b658"


def sent(query: str = "", **fields: object) -> BackMsg:
    """A message as Streamlit's front end was seen to send it."""
    message = BackMsg()
    state = message.rerun_script
    state.query_string = query
    state.widget_states.SetInParent()
    context = state.context_info
    context.timezone, context.timezone_offset, context.locale = "Europe/Berlin", -60, "de-DE"
    context.url, context.is_embedded, context.color_scheme = "http://a.example/", False, "dark"
    for name, value in fields.items():
        setattr(state, name, value)
    return message


def read(message: BackMsg) -> Rerun | None:
    return parse_message(message.SerializeToString())


def test_first_request() -> None:
    assert read(sent()) == Rerun(query="", origin="http://a.example")


def test_change_of_the_address() -> None:
    message = sent("place=AE", page_script_hash=TIMELINE, is_history_navigation=True)
    message.rerun_script.context_info.url = "https://a.example:8443/timeline?place=AE#x"
    assert read(message) == Rerun(
        query="place=AE",
        page_hash=TIMELINE,
        origin="https://a.example:8443",
        from_history=True,
    )


def test_missed_update() -> None:
    message = sent()
    event = '[{"event":"missed","value":true}]'
    message.rerun_script.widget_states.widgets.add(id=EVENTS, json_trigger_value=event)
    assert read(message) == Rerun(query="", origin="http://a.example", missed=EVENTS)


@pytest.mark.parametrize("page", ["", "timeline", "countries", "data", "about"])
def test_cold_start_on_each_page(page: str) -> None:
    assert read(sent(page_name=page)) == Rerun(query="", page=page, origin="http://a.example")


def test_nothing_about_the_reader_is_passed_on() -> None:
    rerun = read(sent("q=police"))
    assert rerun is not None
    passed = BackMsg.FromString(rerun.encode())
    context = passed.rerun_script.context_info
    assert [field.name for field, _value in context.ListFields()] == ["url"]
    assert context.url == "http://a.example/"


def test_what_is_passed_on_is_read_as_the_same() -> None:
    rerun = Rerun(
        query="q=%22&country=NL",
        page="data",
        page_hash=TIMELINE,
        origin="https://a.example",
        from_history=True,
        missed=EVENTS,
    )
    assert parse_message(rerun.encode()) == rerun


def test_a_missed_update_outlives_a_later_request() -> None:
    first, second = Rerun(query="", missed=EVENTS), Rerun(query="country=NL")
    assert second.after(first) == Rerun(query="country=NL", missed=EVENTS)
    assert first.after(second) == first
    assert second.after(None) == second


def test_forged_messages_are_nothing() -> None:
    messages = forged_messages()
    assert len(messages) >= 300
    passed = [message for message in messages if parse_message(message) is not None]
    assert passed == []


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_are_nothing(data: bytes) -> None:
    rerun = parse_message(data)
    assert rerun is None or parse_message(rerun.encode()) == rerun


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read_or_is_nothing(query: str, url: str) -> None:
    message = BackMsg()
    try:
        message.rerun_script.query_string = query
        message.rerun_script.context_info.url = f"http://{url}"
    except UnicodeEncodeError:
        return  # half a surrogate pair is no text that could be sent
    rerun = read(message)
    assert rerun is None or parse_message(rerun.encode()) == rerun


def test_long_queries_are_counted_in_bytes() -> None:
    assert read(sent("q=" + "ü" * 4095)) is not None
    assert read(sent("q=" + "ü" * 4096)) is None


def test_the_last_answer_of_a_run() -> None:
    end, other = ForwardMsg(), ForwardMsg()
    end.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    end.metadata.SetInParent()
    other.session_status_changed.script_is_running = False
    assert ends_run(end.SerializeToString())
    assert not ends_run(other.SerializeToString())
    assert not ends_run(b"")
    assert not ends_run(bytes(10_000))


def test_the_event_is_the_one_of_the_page() -> None:
    # `geo.ui.live` declares it under this name
    assert MISSED["event"] == "missed"
