"""The Timeline page: sentence and controls, the chart, the open card, and the list below."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.screen import timeline as words
from geo.screen.clicks import Message
from geo.screen.context import Screen
from geo.ui import cards, messages, session
from geo.ui.atlas import here
from geo.ui.panel import panel
from geo.views import history_chart
from geo.views.timeline import Timeline
from geo.views.timeline_chart import PICK, chart
from geo.wording import _

_CHART, _HANDLED = "timeline-chart", "timeline-handled"
_ROWS, _PERIOD, _LISTED = "timeline-rows", "timeline-period", "timeline-listed"


def receive(message: Message) -> None:
    """Apply a message of the page: rows, period, or more entries; others are for every page."""
    if message.get("rows") in ("speaker", "country"):
        session.choose(_ROWS, message["rows"])
    elif "period" in message:
        session.choose(_PERIOD, str(message["period"]))
    elif message.get("more"):
        session.choose(_LISTED, session.choice(_LISTED, words.STEP) + words.STEP)
    else:
        messages.receive(message)


def clicked(selected: set[str], before: set[str]) -> str:
    """
    Return the clicked mark: the one that joined or left the chart's selection.

    Each click toggles a mark, so that a second click on it is a change as well and can open a
    card that was closed.

    Parameters
    ----------
    selected : set of str
        Ids of the marks selected now.
    before : set of str
        Ids of the marks selected on the last run.

    Returns
    -------
    str
        Id of the mark; empty unless exactly one differs.
    """
    changed = (selected - before) or (before - selected)
    return changed.pop() if len(changed) == 1 else ""


def picked() -> None:
    """Open the card of the mark that was clicked in the chart."""
    state: Any = st.session_state.get(_CHART)
    points = ((state or {}).get("selection") or {}).get(PICK) or []
    selected = {str(p["id"]) for p in points if isinstance(p, dict) and "id" in p}
    mark = clicked(selected, session.choice(_HANDLED, set()))
    if mark in here().dataset.events_by_id:
        messages.open_card("event", mark)
    session.choose(_HANDLED, selected)


def build(screen: Screen) -> Timeline:
    """Return the timeline of this run, with the reader's settings."""
    by_country = session.choice(_ROWS) == "country"
    return Timeline(screen.selection, by_country, session.choice(_PERIOD, ""))


def tools(timeline: Timeline) -> None:
    """Draw the sentence of the chart, and the controls that arrange it."""
    with st.container(key="timeline-tools"):
        panel("timeline-tools", words.tools(timeline), receive)


def draw(screen: Screen, timeline: Timeline) -> None:
    """
    Draw the chart; a click on a mark opens its event's card.

    Parameters
    ----------
    screen : Screen
        The screen of this run.
    timeline : Timeline
        As `build` returns it.
    """
    if not timeline.marks:
        with st.container(key="timeline-empty"):
            panel("timeline-empty", words.empty(), receive)
        return
    if _CHART not in st.session_state:
        # after a visit to another page the chart has no marks selected
        session.choose(_HANDLED, set())
    with st.container(key="timeline"):
        st.altair_chart(
            chart(
                timeline,
                dark=st.context.theme.type == "dark",
                imprint=screen.configuration.imprint,
            ),
            width="stretch",
            key=_CHART,
            on_select=picked,
            selection_mode=PICK,
            alt=_("Timeline of the selection; the list below holds the same entries."),
        )


def words_over_time(screen: Screen) -> None:
    """Draw how the latest words of the selection's records have changed, day by day."""
    if not screen.selection.records:
        return
    with st.container(key="timeline-words"):
        panel("timeline-words", words.words_heading(), receive)
        st.altair_chart(
            history_chart.chart(screen.selection, dark=st.context.theme.type == "dark"),
            width="stretch",
            key="timeline-history",
            alt=f"{_(words.WORDS)}. {_(words.WORDS_NOTE)}",
        )


def aside(screen: Screen, timeline: Timeline) -> None:
    """
    Draw the open card; while there is none, how to read the chart.

    Parameters
    ----------
    screen : Screen
        The screen of this run.
    timeline : Timeline
        As `build` returns it.
    """
    state = screen.state
    if state.record or state.event or state.place:
        cards.open_card(screen)
    elif timeline.marks:
        with st.container(key="timeline-key"):
            panel("timeline-key", words.key(timeline), receive)


def listed(screen: Screen) -> None:
    """Draw the same entries as a list."""
    if not screen.selection.events:
        return
    most = session.choice(_LISTED, words.STEP)
    with st.container(key="timeline-list"):
        panel("timeline-list", words.entries(screen, most), receive)
