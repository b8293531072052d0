"""
The parameters that files take besides the link's: how a file is written, not what is in it.

They are no part of a link, so they are taken out of a query before the link is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote_plus

from geo.link.comparisons import compares_value
from geo.link.ignored import Ignored
from geo.link.meant_names import bare_name
from geo.link.meant_values import decoded, forms, plain
from geo.link.normalising import unwrapped
from geo.wording import N_, _

# between pieces; a semicolon only in front of a name, since it may be what sep asks for
_SIGNS = re.compile("(&|(?<!sep=);(?=[^&;=]*=))", re.IGNORECASE)
_SWITCH = MappingProxyType({"0": "", "1": "1"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FileParameter:
    """
    One parameter of files.

    Attributes
    ----------
    name : str
        As an address has it, in any case.
    meaning : str
        What it does, as a sentence.
    values : mapping of str to str
        What may be written, and what it means.
    usual : str
        What it means where it is not given.
    example : str
        One of the values.
    """

    name: str
    meaning: str
    values: Mapping[str, str]
    usual: str
    example: str


LENIENT = FileParameter(
    name="lenient",
    meaning=N_(
        "With 1, parts of the address that cannot be read are ignored, and the file says so: in "
        "a first column of CSV, in notices of JSON and GeoJSON, in the subtitle of a feed. "
        "Without it the answer is 400."
    ),
    values=_SWITCH,
    usual="",
    example="1",
)
_CSV = (
    FileParameter(
        name="bom",
        meaning=N_("With 0, the file has no byte-order mark. Excel needs the mark to read UTF-8."),
        values=_SWITCH,
        usual="1",
        example="0",
    ),
    FileParameter(
        name="sep",
        meaning=N_(
            "What separates cells: a comma, a semicolon or a tab, as the character or as the "
            "word. Excel expects a semicolon where decimals have a comma."
        ),
        values=MappingProxyType(
            {",": ",", ";": ";", "\t": "\t", "comma": ",", "semicolon": ";", "tab": "\t"}
        ),
        usual=",",
        example="semicolon",
    ),
)
#: by the start of a media type; the first that fits counts
_TAKEN = (("text/csv", (LENIENT, *_CSV)), ("", (LENIENT,)))
FILE_PARAMETERS = (LENIENT, *_CSV)


def taken(media_type: str) -> tuple[FileParameter, ...]:
    """Return the parameters that a file of a media type takes besides the link's."""
    return next(names for start, names in _TAKEN if media_type.startswith(start))


@dataclass(frozen=True, slots=True)
class CsvForm:
    """
    How a CSV file is written.

    Attributes
    ----------
    mark : bool
        Whether it begins with a byte-order mark, without which spreadsheets take UTF-8 for
        something else.
    separator : str
        What separates two cells.
    """

    mark: bool
    separator: str

    def encoded(self, text: str) -> bytes:
        """Return the text of a file as its bytes."""
        return text.encode("utf-8-sig" if self.mark else "utf-8")


@dataclass(frozen=True, slots=True)
class FileQuery:
    """
    The query of a file's address.

    Attributes
    ----------
    link : str
        The link's part of it, as it was sent.
    lenient : bool
        Whether the file is wanted even if a part cannot be read.
    form : CsvForm
        How a CSV file is written.
    ignored : tuple of Ignored
        Values of its own parameters that cannot be read.
    """

    link: str
    lenient: bool
    form: CsvForm
    ignored: tuple[Ignored, ...]


def divided(query: str, names: Collection[str]) -> tuple[str, list[tuple[str, str]]]:
    """
    Divide a query into the link's part and the parameters that only some routes take.

    Parameters
    ----------
    query : str
        As it was sent, without the question mark.
    names : collection of str
        Of those parameters, in small letters.

    Returns
    -------
    tuple of (str, list of (str, str))
        The link's part as it was sent, and names with percent-decoded values in their order. A
        name counts in any case, and behind any sign that parts the link's parameters.
    """
    parts = ["", *_SIGNS.split(unwrapped(query))]
    link, own = "", list[tuple[str, str]]()
    for sign, piece in zip(parts[::2], parts[1::2], strict=True):
        name, _equals, value = (unquote_plus(part) for part in piece.partition("="))
        if (known := bare_name(name).lower()) in names:
            own.append((known, value))
        else:
            link += f"{sign}{piece}" if link else piece
    return link, own


def meant_form(text: str, known: Collection[str]) -> str | None:
    """
    Return which of the known values a value stands for, as links are read.

    Parameters
    ----------
    text : str
        Percent-decoded once.
    known : collection of str
        In small letters.

    Returns
    -------
    str or None
        None if it is none of them, or compares with one.
    """
    if compares_value(plain(text)):
        return None
    # the other readings make a blank of a tab
    readings = (decoded(text), *forms(text))
    return next((form for one in readings if (form := one.lower()) in known), None)


def read_file_query(query: str, media_type: str) -> FileQuery:
    """
    Divide the query of a file's address into the file's parameters and the link's.

    Parameters
    ----------
    query : str
        As it was sent, without the question mark.
    media_type : str
        Of the file, which decides on the parameters that it takes.

    Returns
    -------
    FileQuery
        Of a repeated parameter the last value counts.
    """
    own = {parameter.name: parameter for parameter in taken(media_type)}
    meant = {parameter.name: parameter.usual for parameter in FILE_PARAMETERS}
    link, pairs = divided(query, own)
    ignored, given = [], dict[str, str]()
    for name, value in pairs:
        parameter = own[name]
        text = meant_form(value, parameter.values)
        if text is not None:
            before = given.get(name, text)
            if parameter.values[before] != parameter.values[text]:
                why = _("{name} may be given once, and the last one counts")
                ignored.append(Ignored(name, before, why.format(name=name)))
            given[name], meant[name] = text, parameter.values[text]
        elif value:
            known = ", ".join(text for text in parameter.values if text.isprintable())
            why = _("its values are {values}").format(values=known)
            ignored.append(Ignored(name, value, why))
    form = CsvForm(bool(meant["bom"]), meant["sep"])
    return FileQuery(link, bool(meant["lenient"]), form, tuple(ignored))
