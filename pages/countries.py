"""The Countries page: one country's answer, all countries with their coverage, China's words."""

from geo.ui.live import show

show("countries")
