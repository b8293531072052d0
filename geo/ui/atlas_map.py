"""The map block: the constant base map, the selection's layer, and what a click opens."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.link.permalink import rounded
from geo.screen.context import Screen
from geo.screen.legend import legend
from geo.ui import messages, session
from geo.ui.atlas import here
from geo.ui.panel import panel
from geo.views import coverage_layer
from geo.views.basemap import START, START_ZOOM, base_map, symbol_layer
from geo.views.symbols import layer_data

#: what the map says before it has fitted itself to the records
STARTED = rounded(*START, START_ZOOM)
HEIGHT = 560  # of the frame before the style sheet fits it to the screen


def _opened(clicked: dict[str, Any] | None) -> bool:
    """Open the card of the clicked symbol; False when there is no new click."""
    properties = (clicked or {}).get("properties") or {}
    event = (properties.get("id"), properties.get("clicked"))
    memory = session.kept()
    if not properties.get("clicked") or event == memory.choices.get("map-clicked"):
        return False
    code = str(properties["id"])
    kind = "record" if code in here().dataset.records_by_id else "place"
    messages.open_card(kind, code)
    memory.choices["map-clicked"] = event
    return True


def _moved(answer: dict[str, Any]) -> None:
    """Store the view that the reader chose; the first one is only the opening view."""
    center, zoom = answer.get("center"), answer.get("zoom")
    if not center or zoom is None:
        return
    view = rounded(center["lat"], center["lng"], float(zoom))
    if view == STARTED:
        session.choose("map-home", None)
        return
    home = session.choice("map-home")
    if home is None:
        session.choose("map-home", home := view)
    if view != home or session.current().view is not None:
        session.move(view)


def _wanted() -> dict[str, Any]:
    """Return centre and zoom to ask the map for; the same on every run until an address differs."""
    asked = (session.seeds(), st.session_state.get("visits"))
    if session.choice("map-wanted", (None,))[0] != asked:
        session.choose("map-wanted", (asked, session.current().view))
    _seed, view = session.choice("map-wanted")
    return {} if view is None else {"center": (view.lat, view.lon), "zoom": view.zoom}


@st.fragment
def map_block() -> None:
    """Draw the map; panning reruns this block alone, a click the whole page."""
    answer = st_folium(
        base_map(),
        key="map",
        height=HEIGHT,
        use_container_width=True,
        render=False,  # rendering would only make the same script again
        feature_group_to_add=symbol_layer(st.session_state["layer"]),
        returned_objects=["last_active_drawing", "zoom", "center"],
        **_wanted(),
    )
    if answer:
        _moved(answer)
        if _opened(answer.get("last_active_drawing")):
            st.rerun()
    panel("address", "", messages.receive, view=session.view_text())


def draw(screen: Screen) -> None:
    """Draw the map and its legend."""
    data = layer_data(screen.selection)
    st.session_state["layer"] = (
        coverage_layer.with_coverage(data, screen.snapshot) if screen.state.layer else data
    )
    with st.container(key="map"):
        map_block()
    with st.container(key="legend"):
        panel("legend", legend(screen), messages.receive)
