"""The one warning that a file is not in its standard form, though it can be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from geo.files.decoding import without_separator_line
from geo.files.package import Resource
from geo.files.standard_form import DELIMITERS, column_order, csv_text, standard_form
from geo.files.tables import BOM, Problem, Table
from geo.invocation import command_line
from geo.wording import N_, _

#: code of the warning
FORM = "form"
_DELIMITED = {
    ";": N_("cells separated by semicolons"),
    "\t": N_("cells separated by tabs"),
}


def _differences(text: str, delimiter: str, resource: Resource, table: Table) -> Iterator[str]:
    if text.startswith(BOM):
        yield _("a byte-order mark")
    if "\r" in text:
        yield _("line ends of Windows or old Macs (CR)")
    if delimiter != DELIMITERS[0]:
        yield _(_DELIMITED[delimiter])
    lines = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    if (below := without_separator_line(lines)) != lines:
        yield _("a first line “{line}”").format(line=lines[: -len(below)].strip())
        lines = below
    records = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter))
    if records[0][-1:] == [""]:
        yield _("empty columns at the end")
    named = [name for name in table.columns if name.strip()]
    if len(named) < len(table.columns):
        yield _("columns without a name")
    if named != column_order(resource, table.columns):
        yield _("columns in another order")
    if csv_text(records, delimiter) != (lines if lines.endswith("\n") else f"{lines}\n"):
        yield _("quotation marks that are not needed")


def form_warning(
    content: bytes, delimiter: str, resource: Resource, table: Table
) -> Iterator[Problem]:
    """
    Warn that `python -m geo tidy` would write a file in another way.

    Parameters
    ----------
    content : bytes
        Of the file.
    delimiter : str
        What separates its cells.
    resource : Resource
        The file, as the data package describes it.
    table : Table
        What was read from it.

    Yields
    ------
    Problem
        One for the whole file, which lists the differences; none where there are none but
        those that have problems of their own, rows out of order and single cells, or that
        change no number, zeros at its end.
    """
    if content == standard_form(resource, table).encode("utf-8", "surrogatepass"):
        return
    text = content.decode("utf-8", "replace")
    if listed := ", ".join(_differences(text, delimiter, resource, table)):
        form = _("is not in the standard form ({differences}): run `{command}`, which rewrites it")
        message = form.format(differences=listed, command=command_line("tidy"))
        yield Problem(
            file=table.file, row=None, field=None, code=FORM, message=message, warning=True
        )
