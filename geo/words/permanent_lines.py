"""The fixed words on every page, card, export and picture."""

from __future__ import annotations

from geo.wording import N_

TITLE = N_("Alleged Stations Atlas")
STRAPLINE = N_(
    "Public claims that Chinese police set up “service stations” abroad, and the "
    "answers of host authorities, China and those named."
)
MEANING = N_("Each record is an attributed public claim, not a finding.")
NOT_MEANING = N_(
    "It does not mean that a “station” exists or existed, or that anyone did "
    "anything wrong. Points mark city centres, never addresses."
)
#: of the curated data, not of the pages that it cites
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
