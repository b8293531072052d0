"""
What pages say of themselves to programs: JSON-LD (schema.org) and the names of meta elements.

Never as a ``ClaimReview``: the atlas judges no claim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from geo.exports.citations import corporate
from geo.wording import _
from geo.words.citations import Citation
from geo.words.permanent_lines import LICENCE_URL, MEANING, NOT_MEANING, STRAPLINE, TITLE

#: ending of a file -> its media type
FILES = {"csv": "text/csv", "geojson": "application/geo+json"}
# a script element ends at "</script"; text without these characters cannot end it
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

Described = dict[str, Any]


def in_a_script(described: Described) -> str:
    """Return JSON-LD with ``<``, ``>``, ``&`` and line separators escaped, for a script element."""
    written = {"@context": "https://schema.org", **described}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _described(kind: str, cited: Citation, address: str, publisher: str) -> Described:
    described: Described = {
        "@type": kind,
        "url": address,
        "version": cited.version,
        "dateModified": cited.issued.isoformat(),
        "license": LICENCE_URL,
        "inLanguage": "en",
        "isAccessibleForFree": True,
    }
    if publisher:
        described["creator"] = {"@type": "Organization", "name": publisher}
    return described


def ledger(cited: Citation, publisher: str, address: str, files: Mapping[str, str]) -> Described:
    """
    Describe the whole ledger.

    Parameters
    ----------
    cited : Citation
        Of any view of it, for version and day.
    publisher : str
        Who answers for it; empty for a preview.
    address : str
        Of the page that shows it.
    files : mapping of str to str
        The addresses of its files, by their ending (`FILES`).

    Returns
    -------
    dict
        A ``Dataset``.
    """
    return {
        **_described("Dataset", cited, address, publisher),
        "name": _(TITLE),
        "description": f"{_(STRAPLINE)} {_(MEANING)} {_(NOT_MEANING)}",
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": FILES[ending], "contentUrl": link}
            for ending, link in files.items()
        ],
    }


def selection(
    cited: Citation,
    publisher: str,
    address: str,
    files: Mapping[str, str],
    description: str,
    whole: Described,
) -> Described:
    """
    Describe a selection of the ledger.

    Parameters
    ----------
    cited : Citation
        Of the selection.
    publisher, address, files
        As `ledger` takes them.
    description : str
        What it shows.
    whole : dict
        The ledger.

    Returns
    -------
    dict
        A ``Dataset`` that is part of it.
    """
    named = {"name": cited.title, "description": description, "isPartOf": _reference(whole)}
    return {**ledger(cited, publisher, address, files), **named}


def page(
    cited: Citation, publisher: str, address: str, description: str, whole: Described
) -> Described:
    """
    Describe a page of one record, entry or country.

    Parameters
    ----------
    cited : Citation
        Of what it shows.
    publisher, address
        As `ledger` takes them.
    description : str
        What it shows.
    whole : dict
        The ledger, as `ledger` returns it.

    Returns
    -------
    dict
        A ``WebPage`` that is part of it.
    """
    return {
        **_described("WebPage", cited, address, publisher),
        "name": cited.title,
        "description": description,
        "isPartOf": whole,
    }


def brief(cited: Citation, publisher: str) -> Described:
    """
    Describe a page of the dashboard, which has no bytes to spare; its plain page says more.

    Parameters
    ----------
    cited : Citation
        Of what it shows.
    publisher : str
        Who answers for it; empty for a preview.

    Returns
    -------
    dict
        A ``WebPage`` that is part of the ledger.
    """
    return {
        **_described("WebPage", cited, cited.address, publisher),
        "name": cited.title,
        "isPartOf": {"@type": "Dataset", "name": _(TITLE), "version": cited.version},
    }


def _reference(whole: Described) -> Described:
    return {name: whole[name] for name in ("@type", "name", "url", "version", "license")}


def meta_names(cited: Citation, publisher: str, short: bool = False) -> dict[str, str]:
    """
    Return the names and contents of the meta elements that reference managers read.

    Zotero takes the ``citation_`` names before all others, divides an author without a comma
    at its last blank, and knows type and version by its own names alone.

    Parameters
    ----------
    cited : Citation
        Of what the page shows.
    publisher : str
        Who answers for it; empty for a preview.
    short : bool
        Whether Dublin Core, which says the same, is left out.

    Returns
    -------
    dict of str to str
        By name.
    """
    names = {
        "citation_title": cited.whole_title,
        "citation_author": corporate(cited.author),
        "citation_publication_date": f"{cited.issued:%Y/%m/%d}",
        "z:itemType": "dataset",
        "z:versionNumber": cited.version,
    }
    # a request without a host has paths, and a path alone leads nowhere
    address = cited.address if "://" in cited.address else ""
    if address:
        names["citation_public_url"] = address
    if short:
        return names
    dublin_core = {
        "DC.title": cited.whole_title,
        "DC.creator": cited.author,
        "DC.date": cited.issued.isoformat(),
        "DC.identifier": address,
        "DC.type": "Dataset",
        "DC.language": "en",
        "DC.rights": LICENCE_URL,
        "DC.publisher": publisher,
    }
    return names | {name: value for name, value in dublin_core.items() if value}
