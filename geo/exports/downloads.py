"""
The files of a selection that pages offer, in one table.

The Data page, the share menu and the page of a selection list them in this order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.link.addresses import data_file
from geo.link.state import State
from geo.wording import N_, _

RECORDS, ENTRIES, EVERYTHING = "records", "events", "everything"


@dataclass(frozen=True, slots=True)
class Download:
    """
    One file.

    Attributes
    ----------
    name : str
        Its address below ``/api/``.
    contents : str
        ``records``, ``events``, or ``everything`` for all tables of the selection.
    label : str
        What it is, for a link that can be read alone.
    brief : str
        The same behind a heading that says that files follow; empty where that list leaves it
        out.
    """

    name: str
    contents: str
    label: str
    brief: str = ""


DOWNLOADS = (
    Download("records.csv", RECORDS, N_("Records as CSV"), "CSV"),
    Download("records.geojson", RECORDS, N_("Records as GeoJSON"), "GeoJSON"),
    Download("events.csv", ENTRIES, N_("Entries as CSV")),
    Download(
        "workbook.xlsx", EVERYTHING, N_("All tables as a workbook (.xlsx)"), N_("Workbook (.xlsx)")
    ),
    Download(
        "package.zip",
        EVERYTHING,
        N_("All tables as a data package (.zip)"),
        N_("Data package (.zip)"),
    ),
)


def downloads(state: State, *contents: str) -> list[tuple[str, str]]:
    """
    List the files of a view.

    Parameters
    ----------
    state : State
        What the link carries.
    *contents : str
        Of the files, as `Download` has them; without any, all.

    Returns
    -------
    list of (str, str)
        Label and address.
    """
    return [(_(one.label), data_file(state, one.name)) for one in _offered(contents)]


def brief_downloads(state: State, *contents: str) -> list[tuple[str, str]]:
    """
    List the files of a view with brief labels, for a menu.

    Parameters
    ----------
    state : State
        What the link carries.
    *contents : str
        Of the files; without any, all.

    Returns
    -------
    list of (str, str)
        Label and address of those that have a brief label.
    """
    offered = _offered(contents)
    return [(_(one.brief), data_file(state, one.name)) for one in offered if one.brief]


def _offered(contents: tuple[str, ...]) -> Iterator[Download]:
    return (one for one in DOWNLOADS if not contents or one.contents in contents)
