"""The page that describes the data API and the feeds to programmers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from geo.exports.file_parameters import FILE_PARAMETERS, FileParameter, taken
from geo.link.opening import Opened
from geo.link.parameters import parameters
from geo.model.columns import Column
from geo.screen.api_examples import EXAMPLES
from geo.screen.plain_pages import STYLE
from geo.views.rendering import render
from geo.wording import N_, _
from geo.words.permanent_lines import LICENCE, LICENCE_URL, TITLE

#: the page's name
NAME = N_("Data and feeds")
#: the country of every example
_COUNTRY = "NL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """
    One address that a program may request.

    Attributes
    ----------
    path, title, words : str
        The address, and its answer in a line and in a paragraph.
    media_type : str
        Of the answer.
    example : str
        A query, without its question mark.
    takes : str
        Which parameters count: ``all``, ``ledger`` or none.
    columns : tuple of Column
        Of its rows; empty where the answer has none.
    """

    path: str
    title: str
    words: str
    media_type: str
    example: str
    takes: str
    columns: tuple[Column, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether the answer is text: others name no encoding of characters."""
        return "charset" in self.media_type

    def example_of(self, record: str) -> str:
        """Return path and query of the example, with the id of a record where it takes one."""
        path = self.path.replace("{country}", _COUNTRY).replace("{record}", record)
        return path + (f"?{self.example}" if self.example else "")


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns, and the paths of the files that have them."""

    paths: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def code(self) -> str:
        """The fragment of its heading."""
        return "columns-" + self.paths[0].rpartition("/")[2].partition(".")[0]


def _tables(addresses: Sequence[Described]) -> list[_Table]:
    by_columns: dict[tuple[Column, ...], tuple[str, ...]] = {}
    for one in addresses:
        if one.columns:
            by_columns[one.columns] = (*by_columns.get(one.columns, ()), one.path)
    return [_Table(paths, columns) for columns, paths in by_columns.items()]


def _takers(parameter: FileParameter, addresses: Sequence[Described]) -> list[str]:
    """List the paths that take a parameter of files."""
    return [a.path for a in addresses if a.takes and parameter in taken(a.media_type)]


def documentation(
    opened: Opened,
    addresses: Sequence[Described],
    head: str,
    origin: str,
    cite: str,
    imprint: str,
) -> Markup:
    """
    Write the page.

    Parameters
    ----------
    opened : Opened
        The ledger as it is now.
    addresses : sequence of Described
        All that can be requested.
    head : str
        Title, meta and link elements, escaped.
    origin : str
        Scheme and host of the examples; empty if the request named none.
    cite : str
        The citation of the ledger.
    imprint : str
        Who publishes.

    Returns
    -------
    Markup
        A whole document.
    """
    record = next((record.id for record in opened.snapshot.records), "xx-city-1")
    return render(
        "api.html",
        site=_(TITLE),
        head=Markup(head),
        style=STYLE,
        addresses=[(one, one.example_of(record)) for one in addresses],
        tables=_tables(addresses),
        examples=EXAMPLES,
        of_files=[(p, _takers(p, addresses)) for p in FILE_PARAMETERS],
        picked_by={column: row.name for row in parameters() for column in row.columns},
        parameters=[(row, row.served_example(opened.snapshot)) for row in parameters()],
        # without a host the examples still show where one belongs
        origin=origin or "https://atlas.example",
        version=opened.dataset.version,
        cite=cite,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        imprint=imprint,
    )
