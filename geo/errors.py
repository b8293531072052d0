"""
The errors that the atlas raises on purpose.

::

    AtlasError                 something that a sentence can explain to a reader
    ├── FileUnusable           a file cannot be opened, read or written (also ``OSError``)
    ├── LedgerUnreadable       no ledger can be served at all (also ``OSError``)
    ├── ReleaseRefused         a release would not pass the check, and was not made
    ├── ReleaseUnreadable      a folder under ``releases/`` is not a release
    └── WithholdingUnreadable  withheld.csv cannot be applied, so nothing is served

Packages add their own below these (``geo.places`` does). The text of each error is a
whole sentence for a person: file, row and column or parameter named, no jargon.
"""

from __future__ import annotations


class AtlasError(Exception):
    """Base of every error that carries a sentence for the reader."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentence; errors of `_Refused` may have several."""
        return (str(self),)


class _Refused(AtlasError):
    """Several things prevent what was asked for: one sentence for each."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each thing."""
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return "\n".join(self.sentences)


class FileUnusable(AtlasError, OSError):
    """A file cannot be opened, read or written; its previous content is unchanged."""


class LedgerUnreadable(AtlasError, OSError):
    """The data folder, or a file without which nothing can be shown, cannot be read."""


class ReleaseRefused(_Refused):
    """A release would not pass its own check: one sentence for each row that prevents it."""


class ReleaseUnreadable(AtlasError):
    """A folder under ``releases/`` is not one that ``python -m geo release`` wrote."""


class TidyRefused(_Refused):
    """Files cannot be rewritten without loss: one sentence for each row or cell."""


class WithholdingUnreadable(LedgerUnreadable):
    """``withheld.csv`` cannot be read: serving anything might show what may not be shown."""
