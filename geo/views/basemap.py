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

from geo.link.state import LEAST_ZOOM, MOST_ZOOM, NORTH, SOUTH
from geo.views.asset_urls import served_asset
from geo.views.shapes import shapes_data
from geo.wording import _


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
            {
                "coarse": served_asset("countries-110m.json"),
                "fine": served_asset("countries-50m.json"),
            }
        )
        self.shapes = json.dumps(shapes_data(), separators=(",", ":"))
        self.words = json.dumps(
            {
                "map": _("Map of the records selected"),
                "overview": _("← World and Europe"),
                "tiles": _("← Tiles"),
                "inView": _("{n} of {total} records in view"),
                "all": _("Show all marks"),
                "fingers": _("Move the map with two fingers."),
                "nearer": _("Zoom in"),
                "farther": _("Zoom out"),
            }
        )


def base_map() -> folium.Map:
    """Return the map without any data; a new object each time, always with the same script."""
    base = folium.Map(
        location=[0.0, 0.0],
        zoom_start=LEAST_ZOOM,
        tiles=None,
        # folium keeps min_zoom and max_zoom for its tiles and tells the map nothing of them
        minZoom=LEAST_ZOOM,
        maxZoom=MOST_ZOOM,
        min_lat=SOUTH,
        max_lat=NORTH,
        max_bounds=True,
        max_bounds_viscosity=1.0,
        zoom_snap=1,
        zoom_delta=1,
        zoom_control="topright",
        attribution_control=False,
        track_resize=False,  # atlas-map.js does, and keeps the centre to the pixel
    )
    base.default_js = [
        ("leaflet", served_asset("leaflet.js")),
        ("atlas", served_asset("atlas-map.js")),
    ]
    base.default_css = [
        ("fonts", served_asset("fonts.css")),
        ("leaflet", served_asset("leaflet.css")),
        # the style of the picture, whose units are drawn alike
        ("picture", served_asset("detail-map.css")),
        ("atlas", served_asset("atlas-map.css")),
    ]
    base.add_child(_Install())
    return base


def layer_script(data: str, token: str) -> str:
    """
    Write the script that streamlit-folium's front end runs to show a layer.

    Parameters
    ----------
    data : str
        JSON as `layer.layer_data` writes it, safe inside a script.
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
