"""
The groups of the tiles, and the order of countries in each: from the north-west, row by row.

Groups follow the United Nations' M49. The order is fixed for all countries, so that a tile
keeps its neighbours under every filter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geo.wording import N_


@dataclass(frozen=True, slots=True)
class Region:
    """
    A group of countries.

    Attributes
    ----------
    code, name : str
        For styles and links; for readers.
    countries : tuple of str
        Codes of ISO 3166-1 in the order of the tiles.
    """

    code: str
    name: str
    countries: tuple[str, ...]


def _order(text: str) -> tuple[str, ...]:
    return tuple(text.split())


REGIONS: tuple[Region, ...] = (
    Region(
        "americas",
        N_("Americas"),
        _order(
            "GL CA PM US BM MX BS CU TC KY JM HT DO PR VI VG AI MF BL SX BQ KN AG MS GP DM MQ "
            "LC VC BB GD TT CW AW GT BZ SV HN NI CR PA CO VE GY SR GF EC BR PE BO PY CL AR UY "
            "FK GS BV"
        ),
    ),
    Region(
        "africa",
        N_("Africa"),
        _order(
            "MA DZ TN EH LY EG MR ML NE TD SD ER CV SN GM GW GN SL LR CI BF GH TG BJ NG CM CF "
            "SS DJ ET SO GQ ST GA CG CD UG KE RW BI TZ SC IO AO ZM MW KM YT NA BW ZW MZ ZA SZ "
            "LS MG MU RE SH TF"
        ),
    ),
    Region(
        "europe",
        N_("Europe"),
        _order(
            "IS FO SJ NO IE IM GB GG JE SE AX FI DK EE LV LT NL DE CZ BE LU PL BY FR AT SK MC "
            "CH LI IT HU UA SM VA MD ES HR RO AD GI SI BA PT RS GR ME AL MK BG MT RU"
        ),
    ),
    Region(
        "asia",
        N_("Asia and Oceania"),
        _order(
            "TR GE AM AZ KZ UZ TM KG TJ MN CY LB SY IL PS JO IQ KW SA IR AF PK CN KP KR JP AE "
            "BH QA OM YE IN NP BT BD LK MV MM LA TH KH VN HK MO TW PH MY SG BN ID TL PW FM MP "
            "GU MH KI NR PG SB TV AU VU NC FJ WF WS AS TO TK CK NU PF PN NZ NF CX CC HM UM"
        ),
    ),
)
#: what is in no region: Antarctica, and the codes of no country
ELSEWHERE = Region("elsewhere", N_("Elsewhere"), ())

#: countries whose usual name is too long for a tile
SHORT_NAMES: dict[str, str] = {
    "AE": N_("UAE"),
    "BA": N_("Bosnia"),
    "CD": N_("DR Congo"),
    "CG": N_("Congo"),
    "GB": N_("UK"),
    "US": N_("US"),
}


@cache
def region_of(code: str) -> Region:
    """Return the region of a country; `ELSEWHERE` for a code in none."""
    return next((region for region in REGIONS if code in region.countries), ELSEWHERE)


@cache
def tile_order(code: str) -> tuple[int, int, str]:
    """Return what sorts countries as tiles are: region, place in it, code."""
    region = region_of(code)
    if region is ELSEWHERE:
        return len(REGIONS), 0, code
    return REGIONS.index(region), region.countries.index(code), code
