"""Markers on a map by streamlit-folium, as its documentation shows it, and a checkbox."""

import json
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

points = json.loads(Path("points.json").read_text(encoding="utf-8"))
# folium's own ten files are on four other hosts, and nothing may leave: Leaflet alone, from here
folium.Map.default_js = [("leaflet", "/leaflet/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "/leaflet/leaflet.css")]

on = st.checkbox("on", key="on")
chart = folium.Map(location=[25, 15], zoom_start=2, tiles=None)
for point in points:
    if point["picked"] or not on:
        # a popup needs jQuery, one of the ten
        folium.Marker([point["lat"], point["lon"]], tooltip=point["name"]).add_to(chart)
st_folium(chart, width=900, height=560)
