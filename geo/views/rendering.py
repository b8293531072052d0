"""The templates: records in, HTML out, every value escaped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from geo.checks.rules_text import url_fault
from geo.link.root import rooted
from geo.views.shapes import geometry, shape_of
from geo.wording import _
from geo.words.lines import bracketed
from geo.words.original_scripts import marked_scripts
from geo.words.permanent_lines import MEANING, NOT_MEANING, STRAPLINE
from geo.words.source_rows import by_publisher, source_name
from geo.words.typography import typographic, typographic_html

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
#: attributes that lead to an address of the atlas, or give one to a script
_ATTRIBUTES = r"\b(?:href|src|action|data-(?:href|now|send|copy|address))"
_ADDRESS = re.compile(rf'({_ATTRIBUTES}="){{{{-?\s*(.*?)\s*-?}}}}')
_LITERAL = re.compile(rf'({_ATTRIBUTES}=")/(?!/)')
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
                rooted(next(rest)), extra, Markup(passage[1])
            ),
            str(escape(message)),
        )
    )


def code(text: str) -> Markup:
    """Write an id or a version, which a browser's translation leaves as it is."""
    return Markup('<span translate="no">{}</span>').format(text)


def tenths(value: float) -> str:
    """Write a length or a place with one decimal, or none where that says the same."""
    # adding zero turns -0.0 into 0.0
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


class _Unindented(Extension):
    """
    Templates with one space as the indentation of their lines.

    HTML shows more nowhere, but none would join words: a line break after a block is trimmed.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with short indentation."""
        return _INDENTATION.sub(" ", source)


class _Rooted(Extension):
    """Templates whose addresses are below the path at which the atlas is served."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template with `rooted` around the addresses in attributes."""
        return _LITERAL.sub(r"\1{{ rooted('/') }}", _ADDRESS.sub(r"\1{{ (\2) | rooted }}", source))


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
        extensions=[_Unindented, _Rooted],
    )
    environment.tests["linkable"] = _linkable
    environment.filters["rooted"] = rooted
    environment.filters["by_publisher"] = by_publisher
    environment.filters["source_name"] = source_name
    environment.filters["typographic"] = typographic
    environment.globals.update(
        _=_,
        # parts are shared: on the dashboard a click is a message, on a plain page a link
        address=None,
        level=3,
        bracketed=bracketed,
        code=code,
        linked=linked,
        rooted=rooted,
        strapline=_(STRAPLINE),
        meaning=_(MEANING),
        not_meaning=_(NOT_MEANING),
        shape_of=shape_of,
        geometry=geometry,
        tenths=tenths,
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
    html = _environment().get_template(template).render(**values)
    return Markup(marked_scripts(typographic_html(html)))
