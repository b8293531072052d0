"""What the files of a ledger contain: everything that a reading is made from, before any check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.checks.check import Examination, examined
from geo.files.reading import read_tables
from geo.files.register import completed, last_release, released_tables
from geo.files.tables import Problem, Table

REGISTER = "corrections"


@dataclass(frozen=True, eq=False, kw_only=True)
class Contents:
    """
    The files of a ledger in memory; the folder may change or be gone.

    Attributes
    ----------
    tables : dict of str to Table
        Every file, the register completed from the releases.
    problems : tuple of Problem
        What is wrong with the files as files.
    older : tuple of dict
        The files of the releases, the oldest first, which register and withheld.csv may name.
    released : bool
        Whether there has been a release.
    last_release : str
        Day of the latest one (``YYYY-MM-DD``); empty without one.
    version : str
        The ledger's version.
    digest : str
        Of the content of all files; empty if nobody needs it.
    """

    tables: dict[str, Table]
    problems: tuple[Problem, ...]
    older: tuple[dict[str, Table], ...]
    released: bool
    last_release: str
    version: str
    digest: str = ""

    def examined(self, day: date) -> Examination:
        """
        Check the files.

        Parameters
        ----------
        day : date
            Dates after it are in the future.

        Returns
        -------
        Examination
            As `geo.checks.check.examine` returns it.
        """
        return examined(self.tables, self.problems, day, lambda: self.older, self.last_release)


def read_contents(folder: Path, version: str, digest: str = "") -> Contents:
    """
    Read the files of a ledger.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.
    version, digest : str
        Of the files.

    Returns
    -------
    Contents
        Nothing is raised for bad content.
    """
    tables, problems = read_tables(folder)
    tables[REGISTER] = completed(folder, tables[REGISTER])
    latest = last_release(folder)
    return Contents(
        tables=tables,
        problems=tuple(problems),
        older=tuple(released_tables(folder)),
        # a release exists before its entries are in the file, and the file before the first one
        released=bool(tables[REGISTER].rows) or bool(latest),
        last_release=latest,
        version=version,
        digest=digest,
    )
