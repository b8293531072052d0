"""Measures the atlas, and other pages beside it in the same run; ``make bench`` runs it."""
