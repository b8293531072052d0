"""The entries of withheld.csv that are newer than a reading of the ledger, obeyed at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from geo.files.reading import LOST, read_table
from geo.files.tables import Row
from geo.ledger.reading import LIST, EntryKey, entries_by_key
from geo.link.signatures import Signature, stamp


class LaterEntries:
    """
    Watches withheld.csv while newer files are not shown.

    While the file may be half written, an entry that was once read goes on being obeyed: what
    was hidden must not come back because a row is not written yet.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    own : Mapping of EntryKey to Row
        The entries that the reading has.
    signature : Signature
        Of the files when the reading was made.
    """

    def __init__(self, folder: Path, own: Mapping[EntryKey, Row], signature: Signature) -> None:
        self._folder, self._own = folder, own
        self._name = str(folder / f"{LIST}.csv")
        self._known = self.file(signature), True
        self._found: dict[EntryKey, Row] = {}

    def file(self, signature: Signature) -> Signature:
        """Return the part of a signature that is about the file."""
        return tuple(one for one in signature if one[0] == self._name)

    def found(self, signature: Signature, still: bool) -> dict[EntryKey, Row]:
        """
        List the entries that the reading does not have.

        Parameters
        ----------
        signature : Signature
            Of the files as they are now.
        still : bool
            Whether the file has been as it is for long enough to be whole.

        Returns
        -------
        dict of EntryKey to Row
            Of a whole file its own entries; else also those that were found before. The same
            object while nothing changes.
        """
        state = self.file(signature), still
        if state != self._known:
            table, problems = read_table(self._folder, LIST)
            # the file may have been changed since the signature was taken
            is_whole = still and (stamp(self._name),) == state[0]
            read = entries_by_key(table, is_whole=is_whole)
            listed = {key: row for key, row in read.items() if key not in self._own}
            if not is_whole or any(problem.code in LOST for problem in problems):
                listed = {**self._found, **listed}
            if listed != self._found:
                self._found = listed
            self._known = state
        return self._found
