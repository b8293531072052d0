"""What every page works with in one run: ledger, day, selection, state and links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

import streamlit as st

from geo.configuration import Configuration
from geo.ledger.dataset import Dataset, today
from geo.ledger.snapshot import Snapshot
from geo.link.opening import Opened
from geo.link.permalink import State, encode
from geo.link.selection import Selection
from geo.paths import data_folder
from geo.ui import session

_KEY = "atlas"
PAGES = {
    "map": "",
    "timeline": "timeline",
    "countries": "countries",
    "data": "data",
    "about": "about",
}


@dataclass(frozen=True)
class Atlas:
    """The context of one run: what its address shows, and where."""

    opened: Opened
    configuration: Configuration
    page: str = "map"

    @property
    def state(self) -> State:
        """The reader's state."""
        return self.opened.state

    @property
    def dataset(self) -> Dataset:
        """The ledger that is shown."""
        return self.opened.dataset

    @cached_property
    def snapshot(self) -> Snapshot:
        """That ledger on the day shown."""
        return self.opened.snapshot

    @cached_property
    def newest(self) -> Snapshot:
        """That ledger today."""
        return self.opened.newest

    @property
    def selection(self) -> Selection:
        """What the filters pick."""
        return self.opened.selection

    @property
    def today(self) -> date:
        """Today in UTC."""
        return self.opened.today

    def href(self, page: str | None = None, **values: Any) -> str:
        """The address of a page with this state, parts of it replaced."""
        query = encode(replace(self.state, **values))
        path = "/" + PAGES[page or self.page]
        return f"{path}?{query}" if query else path

    def absolute(self, page: str | None = None, **values: Any) -> str:
        """The same address with scheme and host, for what leaves the page."""
        return urljoin(st.context.url or "", self.href(page, **values))

    @property
    def fixed(self) -> dict[str, Any]:
        """What pins a view: the day and the version of the ledger."""
        dated = self.opened.dated
        return {"as_of": dated.as_of, "version": dated.version}


def begin(page: str) -> Atlas:
    """Read ledger and address, and make the context of this run."""
    atlas = Atlas(session.read(data_folder(), today()), Configuration.from_environment(), page)
    before = st.session_state.get(_KEY)
    if before is None or before.page != page:
        # a page that is entered again draws its frames anew
        st.session_state["visits"] = st.session_state.get("visits", 0) + 1
    st.session_state[_KEY] = atlas
    return atlas


def here() -> Atlas:
    """The context of this run, for pages and fragments."""
    atlas: Atlas = st.session_state[_KEY]
    return atlas
