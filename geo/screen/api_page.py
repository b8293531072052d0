"""The page that describes the data API and the feeds to programmers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from geo.link.opening import Opened
from geo.link.parameters import parameters
from geo.model.dates import spoken
from geo.views.rendering import render
from geo.wording import _
from geo.words.permanent_lines import LICENCE, LICENCE_URL, TITLE

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
    """

    path: str
    title: str
    words: str
    media_type: str
    example: str
    takes: str

    @property
    def asked(self) -> str:
        """Path and query of the example."""
        path = self.path.replace("{country}", _COUNTRY)
        return path + (f"?{self.example}" if self.example else "")


def documentation(
    opened: Opened, addresses: Sequence[Described], origin: str, imprint: str
) -> Markup:
    """
    Write the page.

    Parameters
    ----------
    opened : Opened
        The ledger as it is now, for its citation.
    addresses : sequence of Described
        All that can be requested.
    origin : str
        Scheme and host of the examples; empty if the request named none.
    imprint : str
        Who publishes.

    Returns
    -------
    Markup
        A whole document.
    """
    dataset = opened.dataset
    day = opened.snapshot.day.isoformat()
    return render(
        "api.html",
        site=_(TITLE),
        addresses=addresses,
        parameters=[(row, row.served_example(opened.snapshot)) for row in parameters()],
        # without a host the examples still show where one belongs
        origin=origin or "https://atlas.example",
        version=dataset.version,
        cite=_("{site}, ledger {version}, as of {date}, {licence}").format(
            site=_(TITLE), version=dataset.version, date=spoken(day), licence=LICENCE
        ),
        licence=LICENCE,
        licence_url=LICENCE_URL,
        imprint=imprint,
    )
