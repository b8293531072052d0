"""The Timeline page: who spoke when, one mark a report, and the same as a list."""

from geo.ui.live import show

show("timeline")
