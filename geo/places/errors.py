"""
What can go wrong while places are looked up.

::

    AtlasError
    └── PlaceError                  something about places that a sentence can explain
        ├── FileBroken              a file is not the table that it should be (``ValueError``)
        ├── GazetteerMissing        the gazetteer's package is not installed (``ImportError``)
        ├── ContactMissing          Nominatim may not be asked without a contact (``ValueError``)
        ├── WrongCountry            an answer lies in another country (``ValueError``)
        └── ServiceUnavailable      Nominatim cannot be reached or refuses (``ConnectionError``)

As in geopy, each class also is the builtin that fits, and its docstring tells the caller
what to do about it.
"""

from __future__ import annotations

from geo.errors import AtlasError


class PlaceError(AtlasError):
    """Base of every error about places; catch it to go on with the other places."""


class FileBroken(PlaceError, ValueError):
    """A file cannot be read as the table that it should be. Mend the row that is named."""


class GazetteerMissing(PlaceError, ImportError):
    """The gazetteer is a curator's tool and not installed. Install ``requirements-dev.txt``."""


class ContactMissing(PlaceError, ValueError):
    """Nominatim's rules ask for a contact, and none is set. Set ``ATLAS_CONTACT``."""


class WrongCountry(PlaceError, ValueError):
    """The answer is not in the country that was asked for. Take none, never this one."""


class ServiceUnavailable(PlaceError, ConnectionError):
    """The service cannot be reached or refuses to answer. Stop asking, try again later."""
