"""Writing the files of a ledger in their standard form, all of them or none."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from geo.checks.rules_spreadsheet import SPREADSHEET, replaced
from geo.errors import AtlasError, FileUnusable, TidyRefused
from geo.files.decoding import utf8_of
from geo.files.descriptions import DESCRIPTION
from geo.files.package import Resource, resources
from geo.files.reading import BROKEN, LOST, parsed, read_table
from geo.files.register import completed
from geo.files.regular import read_regular
from geo.files.row_order import moves
from geo.files.standard_form import standard_form, tidied
from geo.files.tables import Problem, Table
from geo.files.writing import drafted, sweep_drafts
from geo.invocation import command_line
from geo.wording import _

REGISTER = "corrections"
#: codes of files of which something would be lost if they were written anew
LOSSY = LOST | BROKEN - {"blank-row"} | {"repeated-column"}


def _unnamed(table: Table) -> Iterator[Problem]:
    """Report a column without a name that has cells: the standard form has no place for them."""
    nameless = [name for name in table.columns if not name.strip()]
    if any(row[name].strip() for row in table.rows for name in nameless):
        message = _("has a column without a name that is not empty: name it, or delete it")
        yield Problem(file=table.file, row=1, field=None, code="unnamed-column", message=message)


def _standard(resource: Resource, content: bytes) -> tuple[Table, bytes | list[Problem]]:
    # a file in UTF-16 is not served, but all of it can be read
    table, problems = parsed(resource, utf8_of(content))
    lossy = [problem for problem in problems if problem.code in LOSSY]
    if lossy := [*lossy, *_unnamed(table)]:
        return table, lossy
    return table, standard_form(resource, table).encode("utf-8", "surrogatepass")


def standard_content(resource: Resource, content: bytes) -> bytes:
    """
    Return the content of a file in its standard form.

    Parameters
    ----------
    resource : Resource
        The file, as the data package describes it.
    content : bytes
        What is in it.

    Returns
    -------
    bytes
        The content as it is where it is damaged, because something would be lost.
    """
    standard = _standard(resource, content)[1]
    return standard if isinstance(standard, bytes) else content


@dataclass(frozen=True, slots=True)
class Rewriting:
    """
    A file that is not in its standard form.

    Attributes
    ----------
    path : Path
        The file.
    before, after : bytes
        Its content, and the standard form of it.
    moved : int
        Fewest rows that have to be moved to put all in order.
    """

    path: Path
    before: bytes
    after: bytes
    moved: int

    @property
    def lines(self) -> tuple[list[str], list[str]]:
        """The lines before and after, with their ends."""
        one, other = (
            # and not splitlines, which breaks lines where CSV does not
            list(io.StringIO(content.decode("utf-8", "replace"), newline=""))
            for content in (self.before, self.after)
        )
        return one, other

    @property
    def changed(self) -> int:
        """Number of lines that are not in the standard form as they are."""
        before, after = self.lines
        return (Counter(before) - Counter(after)).total()


def rewritings(folder: Path) -> list[Rewriting]:
    """
    List the files of a ledger that are not in their standard form.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``. A file that is missing is for the check to report.

    Returns
    -------
    list of Rewriting
        In the order of the data package; nothing has been written.

    Raises
    ------
    AtlasError
        When there is no file of a ledger, the folder is a release, which is never edited, or
        a release was interrupted.
    TidyRefused
        With a sentence for each file, row or cell that prevents it.
    """
    if os.path.lexists(folder / DESCRIPTION):
        message = _("“{folder}” is a release, and is never edited.")
        raise AtlasError(message.format(folder=folder.name))
    register = read_table(folder, REGISTER)[0]
    if completed(folder, register) != register:
        # a draft that is swept or written over may be all that is left of its entries
        form = _("A release was interrupted: run `{command}`, which completes it, before.")
        raise AtlasError(form.format(command=command_line("release")))
    present = [one for one in resources() if os.path.lexists(folder / one.file)]
    if not present:
        message = _("There is no file of a ledger in the folder “{folder}”.")
        raise AtlasError(message.format(folder=folder))
    found: list[Rewriting] = []
    problems: list[Problem] = []
    for resource in present:
        path = folder / resource.file
        try:
            content = read_regular(path)
        except OSError as error:
            form = _("{file} cannot be read: {why}.")
            raise FileUnusable(form.format(file=path.name, why=error.strerror)) from error
        table, standard = _standard(resource, content)
        if isinstance(standard, list):
            problems += standard
            continue
        problems += [p for p in replaced({resource.name: table}) if p.code == SPREADSHEET]
        if standard != content:
            moved = moves(table.name, tidied(resource, table).rows)
            found.append(Rewriting(path, content, standard, moved))
    if problems:
        raise TidyRefused(*problems)
    return found


def rewrite(folder: Path, found: list[Rewriting]) -> None:
    """
    Put files in their standard form.

    Parameters
    ----------
    folder : Path
        Of the ledger; drafts that a killed run left there are removed.
    found : list of Rewriting
        As `rewritings` returns them.

    Raises
    ------
    FileUnusable
        When one of them cannot be written or has been changed since it was read. No file is
        replaced before all drafts are on the disk; if the system refuses a name after that,
        the files before it are in their standard form and the others as before.
    """
    for resource in resources():
        sweep_drafts(folder / resource.file)
    with ExitStack() as stack:
        drafts = [stack.enter_context(drafted(one.path, one.after)) for one in found]
        for one in found:
            if read_regular(one.path) != one.before:
                form = _("{file} has been changed meanwhile, so nothing was written: try again.")
                raise FileUnusable(form.format(file=one.path.name))
        for draft in drafts:
            draft.put()
