"""The Map page: places about which a claim was made in public, and the answers."""

from geo.ui.live import show

show("map")
