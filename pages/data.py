"""The Data page: both tables of the selection, and their files."""

from geo.ui.live import show

show("data")
