"""Messages that a stranger sends over the page's websocket, and that no page of the atlas sends."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash

#: Streamlit's id of the page's component, but for its hash
EVENTS = "$$STREAMLIT_INTERNAL_KEY_$$ID-b9de1305a66ed7e26f2220ecce8e373a-page__events"
IDS = (
    EVENTS,
    EVENTS.removesuffix("__events"),
    "$$ID-b9de1305a66ed7e26f2220ecce8e373a-page",
    "$$ID-b9de1305a66ed7e26f2220ecce8e373a-None",
    "page",
    "",
    "\x00",
    "$$ID-" + "a" * 5000,
    "__proto__",
)
URLS = (
    "http://[",
    "http://[::1",
    "https://user:secret@127.0.0.1/",
    "javascript:alert(1)",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:80:80/",
    "//127.0.0.1/",
    "http://exämple/",
    "file:///etc/passwd",
    "http://" + "a" * 300 + "/",
    "http://a\r\nb/",
    " ",
)


def _values() -> Iterator[WidgetState]:
    """Yield a value of every kind that a widget can have."""
    for event in (
        "",
        "[",
        "null",
        "1e999",
        "[]",
        "{}",
        '"missed"',
        "[[[[",
        "[" * 50_000,
        '[{"event": "missed"}]',
        '[{"event": "other", "value": true}]',
        '[{"event": "missed", "value": {"a": []}}]',
        '[{"event": ["missed"], "value": true}]',
        json.dumps([{"event": "missed", "value": True}, 7]),
    ):
        yield WidgetState(json_trigger_value=event)
        yield WidgetState(json_value=event)
    for kind in ("string_value", "string_trigger_value", "chat_input_value"):
        state = WidgetState()
        if kind == "string_value":
            state.string_value = "missed"
        else:
            getattr(state, kind).data = "missed"
        yield state
    yield WidgetState(bool_value=True)
    yield WidgetState(trigger_value=True)
    yield WidgetState(double_value=float("nan"))
    yield WidgetState(int_value=-(2**60))
    yield WidgetState(bytes_value=bytes(range(256)))
    arrow = WidgetState()
    arrow.arrow_value.data = b"no arrow"
    yield arrow
    numbers = WidgetState()
    numbers.double_array_value.data.extend([float("inf"), float("nan")])
    yield numbers
    files = WidgetState()
    files.file_uploader_state_value.uploaded_file_info.add(file_id="../../x", name="\x00")
    yield files
    yield WidgetState()


def _widgets() -> Iterator[BackMsg]:
    for name in IDS:
        for value in _values():
            message = BackMsg()
            state = message.rerun_script.widget_states.widgets.add()
            state.CopyFrom(value)
            state.id = name
            yield message
    twice = BackMsg()
    for _number in range(2):
        twice.rerun_script.widget_states.widgets.add(
            id=EVENTS, json_trigger_value='[{"event": "missed", "value": true}]'
        )
    yield twice
    many = BackMsg()
    for number in range(500):
        many.rerun_script.widget_states.widgets.add(id=f"{EVENTS}{number}", bool_value=True)
    yield many


def _runs() -> Iterator[BackMsg]:
    for name in ("nowhere", "../map", "map", "a" * 9000, "timeline/", "\x00", "http://elsewhere/"):
        message = BackMsg()
        message.rerun_script.page_name = name
        yield message
    for name in ("0" * 32, "x", calc_hash("nowhere"), "a" * 9000, "\x00"):
        message = BackMsg()
        message.rerun_script.page_script_hash = name
        yield message
    for url in URLS:
        message = BackMsg()
        message.rerun_script.context_info.url = url
        yield message
    for field, value in (
        ("query_string", "q=" + "a" * 8200),
        ("query_string", "country=NL&" * 2000),
        ("query_string", "q=" + "ü" * 5000),
        ("fragment_id", "nothing"),
        ("fragment_id", "\x00"),
        ("is_auto_rerun", True),
    ):
        message = BackMsg()
        setattr(message.rerun_script, field, value)
        yield message
    cached = BackMsg()
    cached.rerun_script.cached_message_hashes.extend(["a" * 64] * 100)
    yield cached


def _other_kinds() -> Iterator[BackMsg]:
    for kind in (
        "clear_cache",
        "set_run_on_save",
        "stop_script",
        "load_git_info",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
        "app_heartbeat",
    ):
        for value in (True, False):
            message = BackMsg()
            setattr(message, kind, value)
            yield message
    files = BackMsg()
    files.file_urls_request.request_id = "1"
    files.file_urls_request.file_names.extend(["../../etc/passwd", ""])
    files.file_urls_request.session_id = "someone"
    yield files
    for payload in ("deferred_file", "install_skills", "dismiss_skills_nudge", "dataframe_chunk"):
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        getattr(message.backend_operation_request, payload).SetInParent()
        yield message


def forged_messages(most: int = 2**31) -> list[bytes]:
    """
    Return messages that no page sends, the same at each call.

    Parameters
    ----------
    most : int
        How many at most; each kind is among the first 300.
    """
    dice = random.Random(9)
    good = BackMsg()
    good.rerun_script.query_string = "country=NL"
    whole = good.SerializeToString()
    noise = [dice.randbytes(dice.randrange(1, 80)) for _number in range(40)]
    cut = [whole[:-1], whole + b"\x0a", b"\xff" * 10, b"\x00", b"", bytes(900_000)]
    # an invalid letter within a text, and a group that is never closed
    cut += [b"\x3a\x04\x0a\x02\xff\xfe", b"\x3b\x3b\x3b", b"\x3a\xff\xff\xff\xff\x0f"]
    typed = [*_other_kinds(), *_runs(), *_widgets()]
    return [*cut, *noise, *(message.SerializeToString() for message in typed)][:most]
