"""The map's frame: the constant base map, and the layer of the selection."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import streamlit_folium as component

from geo.screen.context import Screen
from geo.views import coverage_layer
from geo.views.basemap import base_map, layer_script
from geo.views.layer import layer_data, layer_token

_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
HEIGHT = 560  # of the frame before the style sheet fits it to its box


@cache
def _constant() -> dict[str, Any]:
    """Return what streamlit-folium's front end is told of the base map: the same on every run."""
    base = base_map()
    base.render()  # type: ignore[no-untyped-call]
    # in this order: the script is made by changing the map
    html, header = component._get_html(base), component._get_header(base)
    # folium forbids readers to enlarge the page
    header = _VIEWPORT.sub("", header)
    script = component._get_map_string(base)
    return {
        "script": script,
        "header": header,
        "html": html,
        "id": component.get_full_id(base),
        "key": component.generate_js_hash(script, "map", False),
        "css_links": [href for _name, href in base.default_css],
        "js_links": [src for _name, src in base.default_js],
        "height": HEIGHT,
        "width": None,
        "returned_objects": [],
        "default": {},
        "zoom": None,
        "center": None,
        "return_on_hover": False,
        "layer_control": None,
        "pixelated": False,
        "on_change": None,
        "wrap_longitude": False,
    }


def frame_script() -> str:
    """Return the script that streamlit-folium's front end writes into its frame: the base map."""
    # a layer comes after it, by eval
    return f"{_constant()['script']}window.map = map_div; window.initComponent(map_div, false);"


def draw_map(screen: Screen) -> str:
    """
    Draw the selection on the map.

    The frame is called as ``st_folium`` calls it (streamlit-folium 0.27), but without the
    templates of folium and branca, which would make the same scripts again in every run.

    Parameters
    ----------
    screen : Screen
        The screen of this run.

    Returns
    -------
    str
        What the map calls the layer once it has drawn it.
    """
    data = layer_data(screen.selection, screen.newest)
    if screen.state.layer:
        data = coverage_layer.with_coverage(data, screen.snapshot)
    token = layer_token(data)
    component._component_func(**_constant(), feature_group=layer_script(data, token))
    return token
