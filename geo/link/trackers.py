"""Parameters that other programs add to links, which ask the atlas for nothing."""

from __future__ import annotations

#: with these a name begins
_PREFIXES = ("utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "stm_", "oly_", "at_", "__cf_")
# advertisers and social networks
_ADVERTISERS = """
    fbclid gclid gclsrc gbraid wbraid dclid gad gad_source gad_campaignid srsltid msclkid yclid
    ysclid twclid ttclid tt_medium tt_content li_fat_id igsh igshid epik sccid rdt_cid wickedid
    irclickid irgwc vero_id vero_conv mibextid sfnsn wt_mc wt_zmc xtor
"""
_MAIL = """
    mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking ml_subscriber
    ml_subscriber_hash ck_subscriber_id sc_cid s_cid s_kwcid ef_id cmpid ncid nr_email_referer
"""
# sessions of other servers, and marks that keep a cache from answering
_SERVERS = "_ga _gl jsessionid phpsessid sid sessionid cachebuster _"
# Streamlit keeps two names for itself
_FRONT_ENDS = "ref_src ref_url si feature embed embed_options amp usqp"
_NAMES = frozenset(f"{_ADVERTISERS} {_MAIL} {_SERVERS} {_FRONT_ENDS}".split())


def is_tracker(name: str) -> bool:
    """
    Say whether a parameter was added by a program that asks the atlas for nothing.

    Parameters
    ----------
    name : str
        As a link has it; its case does not count.

    Returns
    -------
    bool
        True for names in one table, so that a name that is only unknown is said.
    """
    folded = name.casefold()
    return folded in _NAMES or folded.startswith(_PREFIXES)
