"""Addresses that are not a page's own: of caches, tests, AMP, trackers, redirects."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

from geo.wording import _

_STAGING = frozenset(
    [
        "beta",
        "canary",
        "dev",
        "origin",
        "demo",
        "draft",
        "intranet",
        "preprod",
        "preview",
        "prod",
        "qa",
        "sandbox",
        "stage",
        "staging",
        "stg",
        "test",
        "uat",
    ]
)
_FORMS = frozenset(["amp", "feeds", "rss"])
#: ends of hosts that only their own network knows
_INTERNAL = frozenset(["internal", "intranet", "lan", "local", "localhost", "test"])
_PORTS = (None, 80, 443)
_CACHES = re.compile(
    r"(?:^|\.)(?:webcache\.googleusercontent\.com|cc\.bingj\.com|ampproject\.(?:org|net)"
    r"|translate\.goog|translate\.google\.[a-z.]+|12ft\.io|r\.jina\.ai|cachedview\.[a-z]+"
    r"|freezepage\.com|cache\..+|proxy\..+)$"
)
_SHORTENERS = re.compile(
    r"(?:^|\.)(?:bit\.ly|buff\.ly|cutt\.ly|dlvr\.it|fb\.me|flip\.it|goo\.gl|ift\.tt|is\.gd"
    r"|lnkd\.in|ow\.ly|rb\.gy|rebrand\.ly|reut\.rs|shorturl\.at|t\.co|t\.ly|t\.me|tiny\.cc"
    r"|tinyurl\.com|trib\.al|url\.cn|wp\.me|youtu\.be|lm?\.facebook\.com|news\.google\.com"
    r"|out\.reddit\.com)$"
)
_TRACKERS = re.compile(
    r"(?:^|\.)(?:doubleclick\.net|google-?analytics\.com|googleadservices\.com|list-manage\.com"
    r"|awstrack\.me|sendgrid\.net|mailchi\.mp|hubspotlinks\.com|safelinks\.protection\.outlook\.com"
    r"|awin1\.com|feedproxy\.google\.com|l\.instagram\.com|t\.umblr\.com|click\..+|clicks\..+|track(?:ing|er)?\..+|trk\..+|links?\.mail\..+)$"
)
_TRACKED = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|mkt_tok|_ga|_hs(?:enc|mi)"
)
_REDIRECT = re.compile(r"/(?:redirect|redir|r?url|out|away|goto|leave)(?:[./]|$)", re.IGNORECASE)


def passing_address(address: str) -> str:
    """
    Say why an address is not the page's own, so that it may soon stop working.

    Parameters
    ----------
    address : str
        Of a page.

    Returns
    -------
    str
        The rest of a sentence that begins with the address; empty if nothing is known
        against it.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    labels = host.split(".")
    tokens = {re.sub("[0-9]+$", "", t) for label in labels[:-2] for t in re.split("[-_]", label)}
    if _CACHES.search(host):
        return _("is a cache or a translation of the page: give the page’s own address")
    if _SHORTENERS.search(host) or _leads_on(parts):
        return _("redirects to another address: open it and give that one")
    if _TRACKERS.search(host) or any(_TRACKED.fullmatch(name) for name, _v in _query(parts)):
        return _("contains a tracker: give the address without it")
    internal = labels[-1] in _INTERNAL or re.fullmatch(r"[0-9.]+|.*:.*", host)
    if tokens & _STAGING or internal or port not in _PORTS:
        return _("is a test or internal host: give the public address")
    if _FORMS.intersection(labels[:-2]) or re.match(r"google\.[a-z.]+/amp/", host + parts.path):
        return _("is an AMP or feed host: give the page’s own address")
    return ""


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True)


def _leads_on(parts: SplitResult) -> bool:
    """Say whether an address has another one in its query, or a path of redirects with a query."""
    inner = any(re.match(r"https?:/", value) for _name, value in _query(parts))
    return bool(parts.query) and (inner or _REDIRECT.search(parts.path) is not None)
