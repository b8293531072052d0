"""Runs of the dashboard without a browser, and what they send to one."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from geo.link.permalink import parse_query
from geo.paths import FRAME, PROJECT


class Session:
    """
    One session: a run for each address that is asked for.

    Attributes
    ----------
    held : dict of str to str
        The HTML of each block that a browser would have by now, by the block's name.
    data : dict
        What the newest run has sent.
    """

    def __init__(self) -> None:
        self._app = AppTest.from_file(str(FRAME), default_timeout=60)
        self.held: dict[str, str] = {}
        self.data: dict[str, Any] = {}
        self._run()

    def open(self, page: str, query: str = "") -> dict[str, str]:
        """Run a page for an address, and return its blocks as the browser then holds them."""
        for name in list(self._app.query_params):
            del self._app.query_params[name]
        for name, values in parse_query(query).items():
            self._app.query_params[name] = values
        self._app.switch_page(str(PROJECT / "pages" / f"{page}.py"))
        self._run()
        return self.held

    def _run(self) -> None:
        self._app.run()
        assert not self._app.exception
        sent = [json.loads(e.proto.json) for e in self._app.main if e.type == "bidi_component"]
        (self.data,) = sent
        before = self.held
        self.held = {
            name: before.get(name, "") if html is None else html
            for name, html, _digest in self.data["blocks"]
        }

    def miss(self) -> None:
        """Say, as a browser does, that a block is missing."""
        at = self._app
        (component,) = [e for e in at.main if e.type == "bidi_component"]
        assert component.proto.id
        at.session_state["sent"] = {}

    @property
    def map(self) -> dict[str, Any] | None:
        """The arguments of the map's frame; None on a page without a map."""
        frames = [e.proto for e in self._app.main if e.type == "component_instance"]
        return json.loads(frames[0].json_args) if frames else None
