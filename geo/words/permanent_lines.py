"""The fixed words on every page, card, export and picture."""

from __future__ import annotations

from geo.wording import N_

TITLE = N_("Alleged Stations Atlas")
STRAPLINE = N_(
    "Public claims about Chinese overseas “police service stations”, and what host "
    "governments, China and the people named have answered."
)
MEANING = N_("A symbol means that somebody named made a claim in public.")
NOT_MEANING = N_(
    "It does not mean that a station exists or existed, or that anyone there broke a law. "
    "Positions are city centres, never addresses."
)
#: of the curated data, not of the pages that it cites
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
