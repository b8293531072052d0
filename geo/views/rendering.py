"""The templates: records in, HTML out, every value escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geo.files.rules_text import url_fault
from geo.views.shapes import geometry, shape_of
from geo.wording import _
from geo.words.permanent_lines import MEANING, NOT_MEANING, STRAPLINE
from geo.words.source_rows import by_publisher

TEMPLATES = Path(__file__).resolve().parent / "templates"


def _linkable(address: str) -> bool:
    return not url_fault(address)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["linkable"] = _linkable
    environment.filters["by_publisher"] = by_publisher
    environment.globals.update(
        _=_,
        # parts are shared: on the dashboard a click is a message, on a plain page a link
        address=None,
        level=3,
        strapline=_(STRAPLINE),
        meaning=_(MEANING),
        not_meaning=_(NOT_MEANING),
        shape_of=shape_of,
        geometry=geometry,
    )
    return environment


def render(template: str, /, **values: Any) -> Markup:
    """
    Fill a template.

    Parameters
    ----------
    template : str
        A file name in ``geo/views/templates``.
    **values
        Its variables; text is escaped, so that a cell is shown as it is.

    Returns
    -------
    Markup
        Safe HTML.
    """
    return Markup(_environment().get_template(template).render(**values))
