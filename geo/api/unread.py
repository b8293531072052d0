"""
Answers to addresses of which a part cannot be read.

A file or a feed of them would be that of another selection, mostly a larger one, and neither a
spreadsheet nor a program looks at headers. So the answer is 400 with the reason, unless
``lenient=1`` asks for the file as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from geo.configuration import Configuration
from geo.exports.file_parameters import CsvForm, divided, read_file_query
from geo.exports.json_documents import notices
from geo.exports.rows import Provenance
from geo.link.cards import other_countries
from geo.link.ignored import Ignored
from geo.link.kinds import Kind
from geo.link.opening import Opened
from geo.link.parameters import parameters
from geo.web.cross_origin import json_refusal
from geo.web.head import absolute
from geo.web.responses import Open, query_of
from geo.wording import _

#: where the documentation describes the refusal, as RFC 9457 asks of a type
UNREAD = "#unread"


@dataclass(frozen=True, slots=True)
class Requested:
    """
    What the address of a file or a feed asks for.

    Attributes
    ----------
    opened : Opened
        What it shows; its notices also name unread values of the file's own parameters.
    lenient : bool
        Whether an answer is wanted even if a part cannot be read.
    form : CsvForm
        How a CSV file is written.
    ignored : tuple of Ignored
        All parts that cannot be read.
    """

    opened: Opened
    lenient: bool
    form: CsvForm
    ignored: tuple[Ignored, ...]

    def provenance(self, request: Request, link: str) -> Provenance:
        """
        Return where an answer comes from.

        Parameters
        ----------
        request : Request
            Whose origin its addresses have.
        link : str
            Path and query of the selection.

        Returns
        -------
        Provenance
            With absolute addresses where the origin is known.
        """

        def at(address: str) -> str:
            return absolute(request.scope, address)

        configuration = Configuration.from_environment()
        return Provenance(
            at(link),
            configuration.imprint,
            at,
            notices=notices(self.opened),
            ignored=tuple(one.sentence for one in self.ignored),
            publisher=configuration.publisher,
        )


def _empty(query: str) -> Iterator[Ignored]:
    """
    Yield filters without a value, as in a link that was cut: without them a file has every row.

    Pages say nothing of them, since the form sends each field where there is no script.
    """
    codes = {row.name for row in parameters() if row.kind is Kind.FACET}
    _rest, given = divided(query, codes)
    values: dict[str, str] = {}
    for name, value in given:
        values[name] = values.get(name, "") + value
    for name, value in values.items():
        if not value.strip():
            yield Ignored(name, "", _("it has no value"))


def requested(
    request: Request, open_: Open, media_type: str, query: str | None = None
) -> Requested:
    """
    Read the address of a file or a feed.

    Parameters
    ----------
    request : Request
        Its query is the link's, with the parameters of `geo.exports.file_parameters`.
    open_ : callable
        Opens the query of a link.
    media_type : str
        Of the answer.
    query : str, optional
        The part of the request's query that is still to be read; all of it without one.

    Returns
    -------
    Requested
        What can be read of it, and what cannot.
    """
    asked = read_file_query(query_of(request) if query is None else query, media_type)
    opened = open_(asked.link)
    country = request.path_params.get("country", "")
    others = other_countries(opened.state.filters.country, country)
    ignored = (*asked.ignored, *_empty(asked.link), *others)
    # as notices they are part of the ETag, and the answer is kept in no cache
    said = tuple(one.sentence for one in ignored)
    opened = replace(opened, notices=(*opened.notices, *said))
    return Requested(opened, asked.lenient, asked.form, (*opened.unread, *ignored))


def _suggestion(ignored: Ignored) -> str | None:
    return "=".join(ignored.candidates[0]) if ignored.candidates else None


def refused(request: Request, asked: Requested) -> Response | None:
    """
    Return the answer to an address of which a part cannot be read.

    Parameters
    ----------
    request : Request
        Its origin is that of the documentation.
    asked : Requested
        The address.

    Returns
    -------
    Response or None
        400 with the parts and the reasons; None where all can be read, or need not.
    """
    if asked.lenient or not asked.ignored:
        return None
    parts = [
        {"name": one.name, "value": one.value, "why": one.why, "suggestion": _suggestion(one)}
        for one in asked.ignored
    ]
    reasons = " ".join(one.sentence for one in asked.ignored)
    advice = _("Correct the address, or add lenient=1 to it to get the answer without these parts.")
    return json_refusal(
        request,
        400,
        f"{reasons} {advice}",
        type=absolute(request.scope, "/api") + UNREAD,
        title=_("A part of the address cannot be read"),
        ignored=parts,
    )
