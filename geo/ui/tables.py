"""The Data page: both tables of the selection, and their files."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.exports.file_names import file_name
from geo.exports.selection_files import events_csv, records_csv, records_geojson
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import PAGES, with_query
from geo.link.selection import Filters
from geo.model.names import country_name
from geo.model.vocabulary import COUNTRY, EVENT_TYPES, JURISDICTIONS, LISTS, WORLD
from geo.screen import data as blocks
from geo.screen.context import Screen
from geo.ui import cards, messages
from geo.ui.atlas import here
from geo.ui.panel import panel
from geo.wording import N_, _
from geo.words.sentences import latest_word, place

_ROW = 35  # pixels of a row of Streamlit's table
_PRECISION = {"city": N_("city"), "region": N_("region"), "country": N_("country")}
_ABOUT = {COUNTRY: N_("the country"), WORLD: N_("the world")}
_MOST = 14  # rows that are seen at once; the rest scrolls


# cached by snapshot, and so by the reading of the files: what is withheld from now on is in no
# cached table
@lru_cache(maxsize=8)
def record_frame(filters: Filters, snapshot: Snapshot) -> pd.DataFrame:
    """
    Return the selected records as a table.

    Parameters
    ----------
    filters : Filters
        The selection.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    pandas.DataFrame
        One row a record, in the order of the file.
    """
    selection = filters.select(snapshot)
    rows = []
    for record in selection.records:
        claim = snapshot.claims(record)[0]
        origin = JURISDICTIONS.get(record.jurisdiction, (record.origin_city,))[0]
        rows.append(
            {
                "record": record.id,
                "place": place(record),
                "country": country_name(record.host_country),
                "claimed_by": claim.authority,
                "claimed_on": claim.said.text,
                "latest": latest_word(record, snapshot),
                "list": _(LISTS.get(record.claim_list, record.claim_list)),
                "jurisdiction": origin or _("unknown"),
                "precision": _(_PRECISION[record.precision]),
                "strength": snapshot.standing(record).strength,
                "checked": record.last_checked,
            }
        )
    return pd.DataFrame(rows, columns=list(_record_columns()))


@lru_cache(maxsize=8)
def event_frame(filters: Filters, snapshot: Snapshot) -> pd.DataFrame:
    """
    Return the selected events as a table.

    Parameters
    ----------
    filters : Filters
        The selection.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    pandas.DataFrame
        One row an event, repeats included, in replay order.
    """
    selection = filters.select(snapshot)
    rows = []
    for event in selection.events:
        rows.append(
            {
                "date": event.said.text,
                "country": country_name(event.country),
                "type": _(EVENT_TYPES[event.event_type].label),
                "who": event.authority,
                "what": event.summary,
                "about": " ".join(_(_ABOUT.get(code, code)) for code in event.about),
                "restates": event.repeat_of if snapshot.public_event(event.repeat_of) else "",
                "event": event.id,
            }
        )
    return pd.DataFrame(rows, columns=list(_event_columns()))


def _column(label: str, width: Any = None, help: str | None = None) -> Any:
    return st.column_config.TextColumn(label, width=width, help=help)


def _record_columns() -> dict[str, Any]:
    return {
        "record": _column(_("Record"), 120),
        "place": _column(_("Place"), 170),
        "country": _column(_("Country"), 110),
        "claimed_by": _column(_("Claimed by"), 190),
        "claimed_on": _column(_("Claimed on"), 95, _("As precise as the source")),
        "latest": _column(_("Latest word"), 430),
        "list": _column(_("List"), 150),
        "jurisdiction": _column(_("Jurisdiction"), 100, _("Police body named in the claim")),
        "precision": _column(_("Known to the"), 95),
        "strength": _column(_("Sourcing"), 80, _("A to D: about sources, never about guilt")),
        "checked": _column(_("Last checked"), 100),
    }


def _event_columns() -> dict[str, Any]:
    return {
        "date": _column(_("Date"), 95, _("As precise as the source")),
        "country": _column(_("Country"), 110),
        "type": _column(_("Type"), 120),
        "who": _column(_("Who"), 210),
        "what": _column(_("What was said or done"), 480),
        "about": _column(_("About"), 150),
        "restates": _column(_("Restates"), 150),
        "event": _column(_("Event"), 200),
    }


def opener(kind: str, ids: list[str]) -> Callable[[], None]:
    """
    Return the callback of a table's selection, which opens the card of the clicked row.

    Parameters
    ----------
    kind : str
        ``record`` or ``event``.
    ids : list of str
        Of the rows, in their order.

    Returns
    -------
    callable
        Takes no arguments.
    """

    def chosen() -> None:
        state: Any = st.session_state.get(f"table-{kind}")
        rows = ((state or {}).get("selection") or {}).get("rows") or []
        if rows and 0 <= rows[0] < len(ids):
            messages.open_card(kind, ids[rows[0]])

    return chosen


def _table(kind: str, frame: pd.DataFrame, columns: dict[str, Any]) -> None:
    with st.container(key=f"table-of-{kind}s"):
        st.dataframe(
            frame,
            hide_index=True,
            column_config=columns,
            height=_ROW * (min(len(frame), _MOST) + 1) + 3,
            row_height=_ROW,
            key=f"table-{kind}",
            on_select=opener(kind, list(frame[kind])),
            selection_mode="single-row",
        )


def _block(name: str, html: Markup) -> None:
    with st.container(key=name):
        panel(name, html, messages.receive)


def _download(label: str, kind: str, ending: str, make: Callable[[], str]) -> None:
    screen = here()
    mime = "application/geo+json" if ending == "geojson" else "text/csv"
    # a byte-order mark: without it spreadsheets take UTF-8 for something else
    code = "utf-8" if ending == "geojson" else "utf-8-sig"
    st.download_button(
        label,
        data=lambda: make().encode(code),
        file_name=file_name(screen.state, screen.dataset.version, screen.today, ending, kind),
        mime=mime,
        key=f"download-{kind}-{ending}",
        on_click="ignore",
    )


def _view(screen: Screen, page: str) -> str:
    """Return the address of the selection, fixed to its day and version, without view or card."""
    return urljoin(screen.origin, with_query("/" + PAGES[page], screen.opened.fixed))


def records(screen: Screen) -> None:
    """Draw the table of the selected records, and its files."""
    selection = screen.selection
    link, imprint = _view(screen, "map"), screen.configuration.imprint
    _block("heading-records", blocks.records_heading(screen))
    if not selection.records:
        _block("empty-records", blocks.no_records())
        return
    with st.container(key="downloads-records", horizontal=True):
        _download(_("Records as CSV"), "", "csv", lambda: records_csv(selection, link, imprint))
        _download(
            _("Records as GeoJSON"),
            "",
            "geojson",
            lambda: records_geojson(selection, link, imprint),
        )
    _table("record", record_frame(selection.filters, selection.snapshot), _record_columns())


def events(screen: Screen) -> None:
    """Draw the table of the selected events, and its file."""
    selection = screen.selection
    link, imprint = _view(screen, "timeline"), screen.configuration.imprint
    _block("heading-events", blocks.events_heading(screen))
    if not selection.events:
        _block("empty-events", blocks.no_events())
        return
    with st.container(key="downloads-events", horizontal=True):
        _download(_("Events as CSV"), "events", "csv", lambda: events_csv(selection, link, imprint))
    _table("event", event_frame(selection.filters, selection.snapshot), _event_columns())


def aside(screen: Screen) -> None:
    """Draw the open card."""
    cards.open_card(screen)


def note() -> None:
    """Draw the description of the files."""
    _block("heading-note", blocks.files_note())
