"""The description of the ledger for search engines and catalogues (schema.org, ``Dataset``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from geo.ledger.dataset import Dataset
from geo.wording import _
from geo.words.permanent_lines import LICENCE_URL, MEANING, NOT_MEANING, STRAPLINE, TITLE

#: ending of a file -> its media type
FILES = {"csv": "text/csv", "geojson": "application/geo+json"}
# a script element ends at "</script"; text without these characters cannot end it
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def described(
    dataset: Dataset,
    *,
    publisher: str,
    address: str,
    files: Mapping[str, str],
    name: str = "",
    description: str = "",
) -> str:
    """
    Describe the ledger, or a selection of it, as JSON-LD that is safe inside a script element.

    Never as a ``ClaimReview``: the atlas judges no claim.

    Parameters
    ----------
    dataset : Dataset
        The ledger that is shown.
    publisher : str
        Who answers for it; empty for a preview.
    address : str
        Of the page that shows what is described.
    files : mapping of str to str
        The addresses of the files, by their ending (`FILES`).
    name, description : str
        Of a selection; without them, of the ledger.

    Returns
    -------
    str
        JSON with ``<``, ``>``, ``&`` and line separators escaped.
    """
    content: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name or _(TITLE),
        "description": description or f"{_(STRAPLINE)} {_(MEANING)} {_(NOT_MEANING)}",
        "url": address,
        "version": dataset.version,
        "dateModified": dataset.last_checked,
        "license": LICENCE_URL,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": FILES[ending], "contentUrl": link}
            for ending, link in files.items()
        ],
    }
    if publisher:
        content["creator"] = {"@type": "Organization", "name": publisher}
    return json.dumps(content, ensure_ascii=False).translate(_ESCAPED)
