"""The templates: records in, HTML out, every value escaped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from geo.checks.rules_text import url_fault
from geo.views.shapes import geometry, shape_of
from geo.wording import _
from geo.words.permanent_lines import MEANING, NOT_MEANING, STRAPLINE
from geo.words.source_rows import by_publisher
from geo.words.typography import typographic_html

_PASSAGE = re.compile(r"\[([^\]]+)\]")
TEMPLATES = Path(__file__).resolve().parent / "templates"


def linked(message: str, *addresses: str, **attributes: str) -> Markup:
    """
    Write a sentence with links in it, so that it is one message and not three fragments.

    Parameters
    ----------
    message : str
        Each passage in square brackets becomes a link.
    *addresses : str
        Where the links lead, in their order.
    **attributes : str
        Of every link.

    Returns
    -------
    Markup
        Escaped HTML.
    """
    rest = iter(addresses)
    extra = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in attributes.items())
    return Markup(
        _PASSAGE.sub(
            lambda passage: Markup('<a href="{}"{}>{}</a>').format(
                next(rest), extra, Markup(passage[1])
            ),
            str(escape(message)),
        )
    )


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
        linked=linked,
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
    return Markup(typographic_html(_environment().get_template(template).render(**values)))
