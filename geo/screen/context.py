"""What every block of a screen is made from: an opened address, the settings, the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from geo.configuration import Configuration
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import PAGES, with_query
from geo.link.opening import Opened
from geo.link.selection import Selection
from geo.link.state import State
from geo.screen.clicks import changes


@dataclass(frozen=True, slots=True)
class Screen:
    """
    One page of the dashboard, as one address shows it.

    Attributes
    ----------
    opened : Opened
        What the address shows.
    configuration : Configuration
        Who publishes, and where to write.
    page : str
        One of `geo.link.addresses.PAGES`.
    origin : str
        An absolute address of the site, for what leaves the page; empty where the request
        names no host.
    """

    opened: Opened
    configuration: Configuration
    page: str = "map"
    origin: str = ""

    @property
    def state(self) -> State:
        """What the address says."""
        return self.opened.state

    @property
    def dataset(self) -> Dataset:
        """The ledger that is shown."""
        return self.opened.dataset

    @property
    def snapshot(self) -> Snapshot:
        """That ledger on the day shown."""
        return self.opened.snapshot

    @property
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

    @property
    def fixed(self) -> dict[str, Any]:
        """The parts of the state that pin a view: the day and the version of the ledger."""
        dated = self.opened.dated
        return {"as_of": dated.as_of, "version": dated.version}

    def href(self, page: str | None = None, **values: Any) -> str:
        """Write the address of a page with this state, parts of it replaced by ``values``."""
        return with_query("/" + PAGES[page or self.page], replace(self.state, **values))

    def absolute(self, page: str | None = None, **values: Any) -> str:
        """Write the same address with scheme and host, for what leaves the page."""
        return urljoin(self.origin, self.href(page, **values))

    def click(self, **message: Any) -> Markup:
        """
        Write the attributes of a link that a click sends as a message and that leads to the same.

        Parameters
        ----------
        **message
            What `clicks.changes` understands, or ``page`` with the code of one.

        Returns
        -------
        Markup
            ``href``, and ``data-send`` for the panel's script. Where no script runs, or in
            another tab, the address shows what the message would have shown here.
        """
        page = message.get("page")
        values = {} if page else changes(message, self.state, self.dataset, self.today)
        sent = htmlsafe_json_dumps(message, separators=(",", ":"))
        return Markup("href=\"{}\" data-send='{}'").format(self.href(page, **values), sent)
