"""The citation of a view as a file: ``/api/citation.bib``, ``.ris``, ``.json`` and ``.txt``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.api.endpoints import CITATIONS
from geo.api.unread import refused, requested
from geo.configuration import Configuration
from geo.exports.citations import FORMATS, Format
from geo.exports.file_names import file_name
from geo.exports.json_documents import notices
from geo.link.addresses import cited
from geo.link.opening import Opened
from geo.web.cross_origin import LINKS, METHODS, allow_cross_origin, notices_header
from geo.web.head import absolute
from geo.web.headers import content_disposition
from geo.web.refusals import AsyncHandler
from geo.web.responses import Open, respond
from geo.words.citations import citation


def _name(opened: Opened, ending: str) -> str:
    """Return the name of the file; a record and an event are named by their ids."""
    state = opened.state
    card = state.record or state.event or state.place
    kind = "_".join(filter(None, ("citation", card.lower())))
    return file_name(state, opened.dataset.version, opened.today, ending, kind)


def _handler(open_: Open, form: Format, path: str) -> AsyncHandler:
    def handler(request: Request) -> Response:
        asked = requested(request, open_, form.media_type)
        if refusal := refused(request, asked):
            return refusal
        opened = asked.opened
        configuration = Configuration.from_environment()
        name = _name(opened, form.ending)
        headers = {
            "Content-Disposition": content_disposition(name, inline=form.ending == "txt"),
            "Link": LINKS,
            **notices_header(notices(opened)),
        }

        def make() -> bytes:
            view = citation(
                opened,
                absolute(request.scope, cited(opened.dated)),
                configuration.publisher,
                configuration.imprint,
            )
            return form.write(view, name.removesuffix(f".{form.ending}")).encode()

        return respond(request, opened, path, make, form.media_type, headers)

    return allow_cross_origin(handler)


def citation_routes(open_: Open) -> list[Route]:
    """
    Return the routes of citations for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        Opens the query of an address.

    Returns
    -------
    list of Route
        For every method, as the routes of the data API.
    """
    return [
        Route(address.path, _handler(open_, form, address.path), methods=METHODS)
        for address, form in zip(CITATIONS, FORMATS, strict=True)
    ]
