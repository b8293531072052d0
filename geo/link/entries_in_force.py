"""The entries of withheld.csv that are in force while newer files are not shown."""

from __future__ import annotations

from pathlib import Path

from geo.files.decoding import UNFINISHED
from geo.files.reading import LIST, LOST, read_table
from geo.files.withheld_rows import Entry, entries
from geo.link.signatures import Signature, stamp


class EntriesInForce:
    """
    Watches withheld.csv while newer files are not shown.

    Entries are in force as they are written now. While the file may be half written, those
    that were in force before remain beside them: what was hidden must not come back because a
    row is not written yet, and where two forms of an entry differ, readers are told what both
    allow. An entry of the reading gives way to a newer form of itself alone. It is lifted
    with the next reading: the file may be as old as the others that are refused.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    own : frozenset of Entry
        The entries that the reading has.
    signature : Signature
        Of the files when the reading was made.
    """

    def __init__(self, folder: Path, own: frozenset[Entry], signature: Signature) -> None:
        self._folder, self._own = folder, own
        self._name = str(folder / f"{LIST}.csv")
        self._known = self.file(signature), True
        self._entries = own

    def file(self, signature: Signature) -> Signature:
        """
        Return the part of a signature that is about the file.

        Parameters
        ----------
        signature : Signature
            Of the files of the ledger.

        Returns
        -------
        Signature
            Of one file; empty where there is none.
        """
        return tuple(one for one in signature if one[0] == self._name)

    def now(self, signature: Signature, still: bool) -> frozenset[Entry]:
        """
        Return the entries that are in force.

        Parameters
        ----------
        signature : Signature
            Of the files as they are now.
        still : bool
            Whether the file has been as it is for long enough to be whole.

        Returns
        -------
        frozenset of Entry
            The same object while nothing changes.
        """
        state = self.file(signature), still
        if state != self._known:
            table, problems = read_table(self._folder, LIST)
            codes = {problem.code for problem in problems}
            # the file may have been changed since the signature was taken
            whole = still and (stamp(self._name),) == state[0] and codes.isdisjoint(LOST)
            unfinished = not still and UNFINISHED in codes
            listed = frozenset(entries(table, unfinished=unfinished))
            cells = {entry.cell for entry in listed}
            earlier = (e for e in self._own if e.cell not in cells) if whole else self._entries
            self._entries = listed.union(earlier)
            self._known = state
        return self._entries
