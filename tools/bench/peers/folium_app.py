"""Serves `folium_markers` with Leaflet beside it."""

import json
from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

_leaflet = json.loads(Path("leaflet.json").read_text(encoding="utf-8"))
app = st.App("folium_markers.py", routes=[Mount("/leaflet", StaticFiles(directory=_leaflet))])
