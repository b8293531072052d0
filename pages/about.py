"""The About page: the rules, the words, the gaps, and the publisher."""

from geo.ui.live import show

show("about")
