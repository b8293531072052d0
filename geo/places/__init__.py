"""Geocoding: the offline gazetteer, Nominatim, and the upkeep of ``places.csv``."""
