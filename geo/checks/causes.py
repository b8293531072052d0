"""One problem for each cause: what only follows from another problem is not reported beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from geo.files.tables import Cell, Problem
from geo.wording import _

#: codes of problems of which one wrong cell elsewhere can cause any number, all worded alike
_ALIKE = frozenset({"unknown-id"})
#: most rows that one problem names beside its own
MOST_ROWS = 10


def causes(problems: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """
    Tell problems from what follows from them.

    A rule that compares cells names those cells in `Problem.reads`. If one of them has a
    problem itself, so that a wrong country fails in each row that is compared with it, this
    one is a consequence. A reported problem puts its own cell in doubt; an error also those of
    its row that it was compared with. Errors come first: a warning hides no error.

    Parameters
    ----------
    problems : iterable of Problem
        Those of cells before those of rules that compare cells.

    Returns
    -------
    reported : list of Problem
        One for each cause. Where the same unknown id is in several rows, the first one names
        the others.
    consequences : list of Problem
        All others.
    """
    doubted: set[Cell] = set()
    reported: list[Problem] = []
    consequences: list[Problem] = []
    for problem in sorted(problems, key=lambda one: one.warning):
        if doubted.isdisjoint(problem.reads):
            reported.append(problem)
            doubted.update(_in_doubt(problem))
        else:
            consequences.append(problem)
    alike, others = _alike(reported)
    return alike, consequences + others


def _in_doubt(problem: Problem) -> Iterable[Cell]:
    if problem.row is not None:
        yield problem.file, problem.row, problem.field or ""
        # the wrong one of two cells that exclude each other may be the other one
        if not problem.warning:
            yield from (one for one in problem.reads if one[:2] == (problem.file, problem.row))


def _alike(problems: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Replace problems with the same sentence by the first of them, which names the rows."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        place = () if problem.code in _ALIKE else (problem.file, problem.row, problem.field)
        key = (problem.code, problem.message, problem.warning, *place)
        groups.setdefault(key, []).append(problem)
    first = [replace(one, message=one.message + _also(others)) for one, *others in groups.values()]
    return first, [other for group in groups.values() for other in group[1:]]


def _also(others: Iterable[Problem]) -> str:
    rows = [f"{problem.file}:{problem.row}" for problem in others]
    if not rows:
        return ""
    listed = ", ".join([*rows[:MOST_ROWS], *(["…"] if len(rows) > MOST_ROWS else [])])
    return " " + _("(also in {rows})").format(rows=listed)
