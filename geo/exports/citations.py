"""Citations for reference managers: BibTeX, RIS and CSL-JSON, each with its own escaping."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.wording import N_
from geo.words.citations import Citation

_LATEX: Mapping[int, str] = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _one_line(text: str) -> str:
    """Return the text on one line, without characters that end a line or a field."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def latex(text: str) -> str:
    """Return a text as LaTeX writes it, on one line; letters beyond ASCII stay as they are."""
    return _one_line(text).translate(_LATEX)


def corporate(name: str) -> str:
    """
    Return the name of a body for formats that know people alone.

    Reference managers divide a name at its comma into surname and first name, and one without
    a comma at its last blank. A comma at the end leaves it whole.
    """
    return _one_line(name.replace(",", " ")) + ","


def _address(address: str) -> str:
    # the only characters of an address that would end the field or begin a comment
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def bibtex(cited: Citation, key: str) -> str:
    """
    Write a citation for BibTeX and biblatex.

    Parameters
    ----------
    cited : Citation
        What is cited.
    key : str
        By which a text refers to it: letters, digits and ``_ - .``.

    Returns
    -------
    str
        One ``@misc`` entry. Names and titles are in two pairs of braces, so that no style
        divides or lowers them.
    """
    fields = {
        "author": f"{{{latex(cited.author)}}}",
        "title": f"{{{latex(cited.whole_title)}}}",
        "howpublished": latex(f"{cited.container}, data set" if cited.container else "Data set"),
        "version": latex(cited.version),
        "year": f"{cited.issued.year}",
        "url": _address(cited.address),
        "urldate": cited.accessed.isoformat(),
        "note": latex(f"Ledger version {cited.version}. {cited.note}"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    lines.insert(5, f"  month = {_MONTHS[cited.issued.month - 1]},")
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def ris(cited: Citation, key: str) -> str:
    """
    Write a citation as RIS.

    Parameters
    ----------
    cited : Citation
        What is cited.
    key : str
        Its identifier.

    Returns
    -------
    str
        One reference, in lines that end with CR LF.
    """
    tags = [
        ("TY", "DATA"),
        ("ID", key),
        ("AU", corporate(cited.author)),
        ("TI", cited.whole_title),
        ("T2", cited.container),
        ("ET", cited.version),
        ("PY", f"{cited.issued.year}"),
        ("DA", f"{cited.issued:%Y/%m/%d}/"),
        ("Y2", f"{cited.accessed:%Y/%m/%d}/"),
        ("UR", cited.address),
        ("LA", "en"),
        ("N1", cited.note),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def csl_json(cited: Citation, key: str) -> str:
    """
    Write a citation as CSL-JSON.

    Parameters
    ----------
    cited : Citation
        What is cited.
    key : str
        Its identifier.

    Returns
    -------
    str
        A list of one item.
    """
    item = {
        "id": key,
        "type": "dataset",
        "author": [{"literal": cited.author}],
        "title": cited.whole_title,
        "container-title": cited.container,
        "version": cited.version,
        "issued": _parts(cited.issued),
        "accessed": _parts(cited.accessed),
        "URL": cited.address,
        "language": "en",
        "note": cited.note,
    }
    known = {name: value for name, value in item.items() if value}
    return json.dumps([known], ensure_ascii=False, indent=1) + "\n"


def text(cited: Citation, key: str) -> str:
    """
    Write a citation as a line of text.

    Parameters
    ----------
    cited : Citation
        What is cited.
    key : str
        Not in the text.

    Returns
    -------
    str
        One line.
    """
    return cited.text + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """
    A form in which citations leave the atlas.

    Attributes
    ----------
    ending : str
        Of the file.
    label : str
        As links name it.
    media_type : str
        With its charset.
    write : callable
        From a citation and its key to the file.
    """

    ending: str
    label: str
    media_type: str
    write: Callable[[Citation, str], str]


FORMATS = (
    Format(
        ending="bib",
        label="BibTeX",
        media_type="application/x-bibtex; charset=utf-8",
        write=bibtex,
    ),
    Format(
        ending="ris",
        label="RIS",
        media_type="application/x-research-info-systems; charset=utf-8",
        write=ris,
    ),
    Format(
        ending="json",
        label="CSL-JSON",
        media_type="application/vnd.citationstyles.csl+json; charset=utf-8",
        write=csl_json,
    ),
    Format(
        ending="txt",
        label=N_("Text"),
        media_type="text/plain; charset=utf-8",
        write=text,
    ),
)
