"""Markers on a map by dash-leaflet: one checklist, one callback."""

import json
import sys
from pathlib import Path

import dash_leaflet as dl
from dash import Dash, Input, Output, dcc, html

points = json.loads(Path("points.json").read_text(encoding="utf-8"))


def geojson(on: bool) -> dict[str, object]:
    """
    Return the points as GeoJSON.

    Parameters
    ----------
    on : bool
        Whether only those that the option picks.

    Returns
    -------
    dict
        A collection of features.
    """
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [point["lon"], point["lat"]]},
                "properties": {"tooltip": point["name"]},
            }
            for point in points
            if point["picked"] or not on
        ],
    }


app = Dash(__name__)
app.layout = html.Div(
    [
        dcc.Checklist(["on"], [], id="on"),
        dl.Map(
            [dl.GeoJSON(data=geojson(False), id="points")],
            center=[25, 15],
            zoom=2,
            style={"width": "900px", "height": "560px"},
        ),
    ]
)


def select(value: list[str]) -> dict[str, object]:
    """Return the points that the checklist leaves."""
    return geojson(bool(value))


app.callback(Output("points", "data"), Input("on", "value"), prevent_initial_call=True)(select)

if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
