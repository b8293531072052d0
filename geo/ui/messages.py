"""
Messages of the page's websocket, read once into typed values.

A page of the atlas asks for one thing: a run of an address. What it sends was recorded in a
browser (``tests/browser/test_socket_messages.py``). Streamlit's protocol can do more: stop a
run, clear caches, set the value of any widget, run one fragment. None of it is needed, and a
value of the wrong kind would raise an error inside a run.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

from geo.link.addresses import PAGES

#: bytes of a message that a page sends at most: a query of `LONGEST_QUERY` in it and in the
#: address, and some room
LONGEST_MESSAGE = 32_768
#: bytes of a query; a server refuses a longer line of a request too
LONGEST_QUERY = 8192
#: bytes of the answer that ends a run, at most; others are not read
LONGEST_END = 512
#: event of the page's own component: an update that never arrived
MISSED = {"event": "missed", "value": True}

_HASHES = frozenset({"", *map(calc_hash, PAGES.values())})
_NAMES = frozenset(PAGES.values())
# Streamlit's name for the events of the component `geo.ui.live` calls "page"
_EVENTS = re.compile(r"\$\$STREAMLIT_INTERNAL_KEY_\$\$ID-[0-9a-f]{32}-page__events")
_ORIGIN = re.compile(
    r"https?://(?:[\w.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::(?P<port>\d{1,5}))?", re.ASCII
)
# of what a browser says about its reader (`context_info`) the address alone is kept
_FIELDS = frozenset(
    {
        "query_string",
        "page_name",
        "page_script_hash",
        "is_history_navigation",
        "widget_states",
        "context_info",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """
    A request for a run.

    Attributes
    ----------
    query : str
        Of the address, without its question mark.
    page : str
        Path of the page, one of the values of `geo.link.addresses.PAGES`.
    page_hash : str
        Streamlit's hash of that path; empty on the first request of a socket.
    origin : str
        Scheme and host of the page, such as ``https://atlas.example``; empty where none is sent.
    from_history : bool
        Whether the address was changed by the page's script or by Back.
    missed : str
        The page's component, when an update never reached it; else empty.
    """

    query: str
    page: str = ""
    page_hash: str = ""
    origin: str = ""
    from_history: bool = False
    missed: str = ""

    def after(self, earlier: Rerun | None) -> Rerun:
        """
        Return this request in place of an earlier one that has not been passed on.

        An update that was missed stays missed: the next run must send all blocks.

        Parameters
        ----------
        earlier : Rerun or None
            Of the same socket.
        """
        if earlier is None or self.missed:
            return self
        return replace(self, missed=earlier.missed)

    def encode(self) -> bytes:
        """Return the request as Streamlit reads it, with nothing else in it."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_name = self.page
        state.page_script_hash = self.page_hash
        state.is_history_navigation = self.from_history
        state.widget_states.SetInParent()
        if self.origin:
            state.context_info.url = f"{self.origin}/"
        if self.missed:
            event = state.widget_states.widgets.add()
            event.id, event.json_trigger_value = self.missed, json.dumps([MISSED])
        return bytes(message.SerializeToString())


def parse_message(data: bytes) -> Rerun | None:
    """
    Read a message of a browser.

    Parameters
    ----------
    data : bytes
        A ``BackMsg`` of Streamlit.

    Returns
    -------
    Rerun or None
        None for everything that a page of the atlas does not send.
    """
    if len(data) > LONGEST_MESSAGE:
        return None
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return None
    if message.WhichOneof("type") != "rerun_script":
        return None
    return _rerun(message.rerun_script)


def ends_run(data: bytes) -> bool:
    """
    Say whether an answer is the last of a run.

    Parameters
    ----------
    data : bytes
        A ``ForwardMsg`` of Streamlit, or nothing.
    """
    if not data or len(data) > LONGEST_END:
        return False
    answer = ForwardMsg()
    answer.ParseFromString(data)
    return bool(answer.WhichOneof("type") == "script_finished")


def _rerun(state: ClientState) -> Rerun | None:
    if not _FIELDS.issuperset(field.name for field, _value in state.ListFields()):
        return None  # a fragment, a run without a reader, messages that the browser has cached
    query, page, page_hash = state.query_string, state.page_name, state.page_script_hash
    origin, missed = _origin(state.context_info.url), _missed(state)
    if origin is None or missed is None or page not in _NAMES or page_hash not in _HASHES:
        return None
    if len(query.encode()) > LONGEST_QUERY:
        return None
    return Rerun(
        query=query,
        page=page,
        page_hash=page_hash,
        origin=origin,
        from_history=state.is_history_navigation,
        missed=missed,
    )


def _origin(url: str) -> str | None:
    """Return the origin of the page; empty if none is sent, None if it is not one."""
    if not url:
        return ""
    found = _ORIGIN.match(url)
    # the authority ends at one of these or with the address: no user, no second port
    if not found or url[found.end() : found.end() + 1] not in ("", "/", "?", "#"):
        return None
    port = found["port"]
    return found.group() if port is None or int(port) <= 65_535 else None


def _missed(state: ClientState) -> str | None:
    """Return the component whose update was missed; empty for none, None for other values."""
    widgets = state.widget_states.widgets
    if not widgets:
        return ""
    if len(widgets) > 1 or not _EVENTS.fullmatch(widgets[0].id):
        return None
    try:
        # of any other kind of value this is empty, which is no JSON
        events = json.loads(widgets[0].json_trigger_value)
    except (ValueError, RecursionError):
        return None
    fits = isinstance(events, list) and bool(events) and all(one == MISSED for one in events)
    return str(widgets[0].id) if fits else None
