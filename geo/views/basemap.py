"""
The constant base map and the one layer that changes, as folium objects.

The base map's script must be the same on every run, or streamlit-folium rebuilds the frame
and the reader loses pan and zoom: nothing of the data is in it. The outline and the drawing
code are files that the atlas serves itself; no third party is asked for anything.
"""

from __future__ import annotations

import json
from typing import Any

import folium
from branca.element import MacroElement
from folium.map import FeatureGroup
from jinja2 import Template

from geo.views.asset_urls import asset_url
from geo.views.shapes import shapes_data
from geo.wording import _

MAX_ZOOM = 9
START = (25.0, 15.0)
START_ZOOM = 2


class _Install(MacroElement):
    """Passes the map to the atlas's drawing code, once."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "AtlasMap.install({{ this._parent.get_name() }}, {{ this.outlines }}, {{ this.shapes }}, "
        "{{ this.words }});"
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasInstall"
        self.outlines = json.dumps(
            {"coarse": asset_url("countries-110m.json"), "fine": asset_url("countries-50m.json")}
        )
        self.shapes = json.dumps(shapes_data(), separators=(",", ":"))
        self.words = json.dumps(
            {
                "map": _("Map of the records selected"),
                "whole": _("Show the whole map"),
                "nearer": _("Zoom in"),
                "farther": _("Zoom out"),
            }
        )


class _Symbols(MacroElement):
    """The symbols of one selection, drawn into their feature group."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "AtlasMap.draw({{ this._parent.get_name() }}, {{ this.data }});"
        "{% endmacro %}"
    )

    def __init__(self, data: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasSymbols"
        self.data = data

    def render(self, **_kwargs: Any) -> str:
        """
        Add nothing to the page around the map.

        The component takes the script from the template itself. Folium would compile the data as
        one more template in vain: no cell may open one, and compiling takes long.
        """
        return ""


def base_map() -> folium.Map:
    """Return the map without any data; a new object each time, always with the same script."""
    base = folium.Map(
        location=list(START),
        zoom_start=START_ZOOM,
        tiles=None,
        min_zoom=0,
        max_zoom=MAX_ZOOM,
        zoom_snap=0.25,
        zoom_delta=1,
        world_copy_jump=True,
        attribution_control=False,
        track_resize=False,  # atlas-map.js does, and keeps the centre to the pixel
    )
    base.default_js = [("leaflet", asset_url("leaflet.js")), ("atlas", asset_url("atlas-map.js"))]
    base.default_css = [
        ("leaflet", asset_url("leaflet.css")),
        ("atlas", asset_url("atlas-map.css")),
    ]
    base.add_child(_Install())
    return base


def symbol_layer(data: str) -> Any:
    """Return the feature group of one selection; ``data`` as `symbols.layer_data` writes it."""
    group = FeatureGroup(name="records")
    group.add_child(_Symbols(data))
    return group
