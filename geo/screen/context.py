"""The context of every block: an opened address, the settings, and the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from geo.configuration import Configuration
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import NO_CARD, PAGES, with_query
from geo.link.opening import Opened
from geo.link.root import rooted
from geo.link.selection import Selection
from geo.link.state import State
from geo.screen.clicks import changes


@dataclass(frozen=True, slots=True)
class Screen:
    """
    One page of the dashboard at one address.

    Attributes
    ----------
    opened : Opened
        What the address shows.
    configuration : Configuration
        The publisher's settings.
    page : str
        One of `geo.link.addresses.PAGES`.
    origin : str
        Scheme and host of the site, for links outside the page; empty if the request names
        no host.
    """

    opened: Opened
    configuration: Configuration
    page: str = "map"
    origin: str = ""

    @property
    def state(self) -> State:
        """
        What the address says.

        The day of today is the same as none: a reader who picks it in the form of the filters
        wants to follow the ledger. `fixed` pins a view to it all the same.
        """
        state = self.opened.state
        return replace(state, as_of=None) if state.as_of == self.today else state

    @property
    def dataset(self) -> Dataset:
        """The ledger shown."""
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
    def opens_card(self) -> bool:
        """Whether a card is open, which takes the room of the page's long lists."""
        return bool(self.state.record or self.state.event or self.state.place)

    @property
    def fixed(self) -> dict[str, Any]:
        """The parts of the state that pin a view: the day and the version of the ledger."""
        dated = self.opened.dated
        return {"as_of": dated.as_of, "version": dated.version}

    def href(self, page: str | None = None, **values: Any) -> str:
        """
        Write the address of a page with this state.

        Parameters
        ----------
        page : str, optional
            A code of `PAGES`; None for this page.
        **values
            Fields of the state to replace.

        Returns
        -------
        str
            Path and query.
        """
        return with_query("/" + PAGES[page or self.page], replace(self.state, **values))

    def closed(self, part: str) -> str:
        """Write the address of a part of this page without its card."""
        return self.href(**NO_CARD) + (f"#{part}" if part else "")

    def absolute(self, page: str | None = None, **values: Any) -> str:
        """
        Write the address of a page with this state, for use outside the page.

        Parameters
        ----------
        page : str, optional
            A code of `PAGES`; None for this page.
        **values
            Fields of the state to replace.

        Returns
        -------
        str
            With scheme and host; path and query if the request named no host.
        """
        return urljoin(self.origin, rooted(self.href(page, **values)))

    def click(self, **change: Any) -> Markup:
        """
        Write the attributes of a link by what a click on it changes.

        Parameters
        ----------
        **change
            What `clicks.changes` reads, or ``page`` with the code of one.

        Returns
        -------
        Markup
            ``href`` with the address of this page, or of the one named, after the change.
        """
        page = change.get("page")
        values = {} if page else changes(change, self.state, self.dataset, self.today)
        return Markup('href="{}"').format(rooted(self.href(page, **values)))
