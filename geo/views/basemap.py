"""
The constant base map and the one layer that changes, as folium objects.

The base map's script must be the same on every run, or streamlit-folium rebuilds the frame
and the reader loses pan and zoom: nothing of the data is in it. The outline and the drawing
code are files that the atlas serves itself; no third party is asked for anything.
"""

from __future__ import annotations

import json

import folium
from branca.element import MacroElement
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


def layer_script(data: str, token: str) -> str:
    """
    Write the script that streamlit-folium's front end runs to show a layer.

    Parameters
    ----------
    data : str
        JSON as `symbols.layer_data` writes it, safe inside a script.
    token : str
        What the map calls the layer once it is drawn, hexadecimal.

    Returns
    -------
    str
        As the package writes the script of a feature group: ``map_div`` is its map.
    """
    return (
        f"var atlas_layer = L.featureGroup(); AtlasMap.draw(atlas_layer, {data}, '{token}');\n"
        "map_div.addLayer(atlas_layer);\n"
        "window.feature_group = window.feature_group || [];\n"
        "window.feature_group.push(atlas_layer);\n"
    )
