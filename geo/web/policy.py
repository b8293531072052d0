"""
The Content-Security-Policy of each kind of answer: own origin only, inline scripts by name.

A script that is written into a document is named by its checksum.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

#: the part of every policy that the installation decides
FRAMING = "frame-ancestors"


def checksum(text: str) -> str:
    """
    Return the source that names an inline script or style.

    Parameters
    ----------
    text : str
        Between its tags.

    Returns
    -------
    str
        ``'sha256-…'``, with its quotation marks.
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _written(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def page_policy(script: str = "") -> str:
    """
    Return the policy of a page on which Streamlit runs.

    Parameters
    ----------
    script : str
        The `checksum` of the one script that is written into it; empty if there is none.

    Returns
    -------
    str
        Without `FRAMING`. ``'self'`` in ``connect-src`` covers the websocket.
    """
    return _written(
        {
            "default-src": "'none'",
            # streamlit's modules and its v2 components are blob: modules
            "script-src": " ".join(filter(None, ("'self'", script, "blob:"))),
            # libraries write the styles of what they draw into the page
            "style-src": "'self' 'unsafe-inline'",
            "img-src": "'self' data: blob:",
            "font-src": "'self' data:",
            "connect-src": "'self'",
            "worker-src": "'self' blob:",
            "frame-src": "'self'",
            "manifest-src": "'self'",
            "object-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'self'",
        }
    )


def frame_policy(script: str = "") -> str:
    """
    Return the policy of the map's frame, the one document in which ``eval`` is allowed.

    Parameters
    ----------
    script : str
        Of the base map: streamlit-folium writes it into the frame, and runs the layers by
        ``eval``.

    Returns
    -------
    str
        Without `FRAMING`.
    """
    inline = f" {checksum(script)}" if script else ""
    return _written(
        {
            "default-src": "'none'",
            "script-src": f"'self'{inline} 'unsafe-eval'",
            "style-src": "'self' 'unsafe-inline'",
            "img-src": "'self' data:",
            "font-src": "'self'",
            "connect-src": "'self'",
            "object-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
    )


def framed(policy: str, sites: Sequence[str] = (), *, itself: bool = True) -> str:
    """
    Add to a policy which sites may show the answer in a frame.

    Parameters
    ----------
    policy : str
        Without `FRAMING`.
    sites : sequence of str
        Origins.
    itself : bool
        Whether the atlas's own pages may too: they have the map in a frame.

    Returns
    -------
    str
        The header's value; no page may where none is named.
    """
    allowed = " ".join((*(("'self'",) if itself else ()), *sites)) or "'none'"
    return f"{policy}; {FRAMING} {allowed}"
