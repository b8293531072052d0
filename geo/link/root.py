"""
The path below which an installation is served, such as ``/interactives/atlas``.

Addresses are written from ``/`` on everywhere. The path is put before them where they leave:
in the attributes of templates, in absolute addresses, in headers, and in what scripts are told.
"""

from __future__ import annotations

from functools import cache

from geo.configuration import Configuration


@cache
def root() -> str:
    """Return the path of ``ATLAS_ROOT``, read once; empty at the root of a host."""
    return Configuration.from_environment().root


def rooted(address: str) -> str:
    """
    Return an address of the atlas as a browser asks for it.

    Parameters
    ----------
    address : str
        From ``/`` on; of anything else nothing is changed.

    Returns
    -------
    str
        Below `root`. An address that is there already stays as it is: no path of the atlas
        begins like the root, which is checked at the start.
    """
    path = root()
    if not path or not address.startswith("/") or address.startswith(("//", f"{path}/")):
        return address
    return path + address
