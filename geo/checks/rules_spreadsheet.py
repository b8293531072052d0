"""
Rules about what spreadsheets put in the place of a cell.

A spreadsheet takes a text for a date, a number or a formula, and saves what it makes of it:
``2022-12`` becomes ``Dec-22`` or ``44896``, a long number ``1.23E+08``, a name that begins
with a sign ``#NAME?``. What the cell said before has to come from an older copy, unless it
is certain (`geo.files.restoring`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from geo.checks.rules_days import DATED
from geo.files.cells import cell_check
from geo.files.package import Column, Resource, resources
from geo.files.restoring import is_dated, restorers
from geo.files.tables import QUOTING, Problem, Table, Tables, at, quoted
from geo.invocation import command_line
from geo.wording import _

#: file, row and column
Place = tuple[str, int | None, str | None]
#: code of these problems, and of those that `make tidy` solves
SPREADSHEET = "spreadsheet"
RESTORABLE = "restorable"
#: code of the warning about months
MONTHS = "months-as-days"
#: fewest first days of months in a column that are suspicious, and their share: three times chance
LEAST_FIRSTS = 3
FIRSTS = 0.1

_ERROR = re.compile(r"#[^\s#]*[A-Z0-9ÄÖÜ][!?]|#N/[AD]|#NV|#{3,}|Err:[0-9]{3}")
_EXPONENT = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?[Ee][-+]?[0-9]+")
# of the months in English, German, French, Spanish, Portuguese and Italian
_MONTHS = (
    "jan ene gen feb fev fév mar mär mrz apr abr avr mai may mag jun jui giu jul lug aug aou aoû "
    "ago sep set oct okt out ott nov dec dez déc dic"
)
_MONTH = re.compile(
    rf"(?:[0-9]{{1,2}}[-. ])?(?:{'|'.join(_MONTHS.split())})[a-zéû]{{0,2}}\.?[-. ][0-9]{{2}}",
    re.IGNORECASE,
)
#: no letter is left, and question marks are in their place
_LETTERS_LOST = re.compile(r"[\W\d_]*\?\?[\W\d_]*")
#: any of these in the cells of a row, with a NUL between
_SUSPECT = re.compile(
    r"(?:^|\0)\s*(?:"
    + "|".join(f"(?:{one.pattern})" for one in (_ERROR, _EXPONENT, _MONTH, _LETTERS_LOST))
    + r")\s*(?:$|\0)",
    re.IGNORECASE,
)
#: dates with other signs, with a time or the name of a month, and days as a number
_DATE = re.compile(
    r"[0-9]{1,4}(?:[./-][0-9]{1,4}){1,2}\.?(?:[ T][0-9:. APMZapmz]+)?|[0-9]{5}(?:[.,][0-9]+)?"
    r"|[0-9]{1,2}[-. /]+[^\W\d_]{3,9}\.?[-. /]+[0-9]{2,4}|[^\W\d_]{3,4}\.?-[0-9]{2,4}"
    r"|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?"
)
#: numbers with commas or groups of digits, and dates made of numbers
_NUMBER = re.compile(
    r"[-+]?[0-9]+(?:[,/'’\u00a0\u202f ][0-9]+)+(?:\.[0-9]+)?|[-+]?[0-9]+(?:\.[0-9]+){2,}"
    r"|[-+]?[0-9]{1,3}(?:\.[0-9]{3})+"
)
_GROUPED = re.compile(r"[0-9]+(?:[.,'’\u00a0\u202f ][0-9]+)+")
#: numbers as every program reads them: Python also takes ٣ for 3 and 1_0 for 10
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[Ee][-+]?[0-9]+)?")
#: a date that was mistyped and not replaced: the check of the date says more
_MISTYPED = re.compile(r"[0-9]{4}(?:-[0-9-]*)?(?:/[0-9]{4}(?:-[0-9-]*)?)?/?")


def _garbled(cell: str) -> bool:
    """Say whether a text is UTF-8 that was read as Windows-1252: “SÃ£o”."""
    try:
        return not cell.isascii() and cell.encode("windows-1252").decode("utf-8") != cell
    except UnicodeError:
        return False


def _text_fault(cell: str) -> str:
    if _ERROR.fullmatch(cell):
        return _("{value} is an error that a spreadsheet put in place of the text")
    if _EXPONENT.fullmatch(cell):
        return _("{value} is a number that a spreadsheet has rounded")
    if _MONTH.fullmatch(cell):
        return _("{value} is a date as a spreadsheet writes it")
    if _garbled(cell):
        return _("{value} was read in another encoding and saved so")
    if _LETTERS_LOST.fullmatch(cell):
        return _("{value} has question marks in place of letters")
    return ""


def _form_fault(column: Column) -> Callable[[str], str] | None:
    """Return the check of a column of dates or numbers: a form of a sentence, or nothing."""
    check = cell_check(column)
    dated, numeric = is_dated(column), column.kind != "string"
    # an id of digits alone, such as that of a gazetteer
    counted = not dated and not numeric and column.example.isdigit()
    if not (dated or numeric or counted):
        return None

    def fault(cell: str) -> str:
        if dated and _DATE.fullmatch(cell) and not _MISTYPED.fullmatch(cell) and check(cell):
            return _("{value} may be what a spreadsheet made of a date like {example}")
        if (counted and _GROUPED.fullmatch(cell)) or (
            numeric and _NUMBER.fullmatch(cell) and check(cell)
        ):
            return _("{value} may be what a spreadsheet made of a number like {example}")
        if numeric and cell and not check(cell) and not _PLAIN_NUMBER.fullmatch(cell):
            return _("{value} is not written with the digits 0–9 alone, like {example}")
        return ""

    return fault


def _restorable(resource: Resource, table: Table) -> Iterator[Problem]:
    """Report cells that cannot be read as they are, and that `make tidy` restores."""
    checks = {column.name: cell_check(column) for column in resource.columns}
    restoring = [(name, checks[name], one) for name, one in restorers(resource).items()]
    for row in table.rows:
        for name, check, restored in restoring:
            cell = row.cells.get(name, "").strip()
            if (meant := restored(cell)) != cell and check(cell) and not check(meant):
                form = _("{value} is how a spreadsheet writes {meant}: run `{command}`")
                command = command_line("tidy")
                message = form.format(value=quoted(cell), meant=meant, command=command)
                yield at(table, row, name, RESTORABLE, message)


def _lost(resource: Resource, table: Table, known: Container[Place]) -> Iterator[Problem]:
    """Report what nobody can undo, but for cells that have a problem already."""
    columns = [c for c in resource.columns if c.name in table.columns if c.name not in QUOTING]
    checks = [(column, check) for column in columns if (check := _form_fault(column))]
    for row in table.rows:
        forms = {c.name: check(row[c.name].strip()) for c, check in checks}
        joined = "\0".join(row.cells.values())
        if not joined.isascii() or _SUSPECT.search(joined):
            for column in columns:
                text = _text_fault(row[column.name].strip())
                forms[column.name] = text or forms.get(column.name, "")
        for column in columns:
            form = forms.get(column.name)
            if form and (table.file, row.number, column.name) not in known:
                value = quoted(row[column.name].strip())
                found = form.format(value=value, example=column.example)
                message = _("{found}: take the cell from an older copy of the file").format(
                    found=found
                )
                yield at(table, row, column.name, SPREADSHEET, message)


def months_as_days(tables: Tables) -> Iterator[Problem]:
    """
    Warn of dates that a spreadsheet may have made of months: 2022-12-01 of 2022-12.

    It is certain of none. So a column without any month is reported, where more of its days are
    the first of a month than chance explains; and a day where the row's id has the month alone.
    """
    for resource in resources():
        if table := tables.get(resource.name):
            for column in filter(is_dated, resource.columns):
                if not cell_check(column)("2022-12"):
                    yield from _months_as_days(table, column.name)


def _months_as_days(table: Table, column: str) -> Iterator[Problem]:
    # by their lengths, which is enough here and far faster than to read each
    lengths = [len(row.cells.get(column, "")) for row in table.rows]
    days, has_months = lengths.count(len("2022-12-05")), len("2022-12") in lengths
    pairs = zip(lengths, table.rows, strict=True)
    firsts = [row for n, row in pairs if n == len("2022-12-05") and row[column][-3:] == "-01"]
    if not has_months and len(firsts) >= LEAST_FIRSTS and len(firsts) > FIRSTS * days:
        form = _(
            "{n} of {days} dates are the first of a month and none is a month, as where a "
            "spreadsheet has made 2022-12-01 of 2022-12: compare them with an older copy"
        )
        message = form.format(n=len(firsts), days=days)
        yield Problem(
            file=table.file, row=None, field=column, code=MONTHS, message=message, warning=True
        )
        return
    for row in firsts if DATED.get(table.name) == column else ():
        month = row[column].removesuffix("-01")
        if re.search(rf"-{re.escape(month)}(?!-?[0-9]{{2}})", row["id"]):
            form = _(
                "{value} is more exact than {month}, the date in the id, as where a spreadsheet "
                "has written a month as its first day: write the month, unless a source has the day"
            )
            message = form.format(value=quoted(row[column]), month=month)
            yield at(table, row, column, MONTHS, message, warning=True)


def replaced(tables: Tables) -> Iterator[Problem]:
    """Forbid what spreadsheets put in the place of dates, numbers and texts."""
    for resource in resources():
        if table := tables.get(resource.name):
            restorable = list(_restorable(resource, table))
            yield from restorable
            known = {(one.file, one.row, one.field) for one in restorable}
            yield from _lost(resource, table, known)
