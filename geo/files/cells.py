"""
The types and constraints of Table Schema, as far as the data package uses them.

Serving needs no more of the standard than this. In development a test has frictionless, the
standard's own implementation, judge the same cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from geo.files.package import Column

#: from a cell to the names of all that is wrong with it: ``type`` or constraints
CellCheck = Callable[[str], tuple[str, ...]]


def _number(cell: str) -> Decimal:
    number = Decimal(cell)
    if number.is_nan():
        raise ValueError(cell)
    return number


#: from the text of a cell to its value; an error means that it is not of the type
_TYPES: Mapping[str, Callable[[str], Any]] = {"string": str, "integer": int, "number": _number}

#: whether a value complies, in the order in which faults are named
_CONSTRAINTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "maxLength": lambda value, most: len(value) <= most,
    # Table Schema means the whole cell; frictionless anchors patterns in this way
    "pattern": lambda value, pattern: re.match(f"^{pattern}$", value) is not None,
    "enum": lambda value, words: value in words,
    "minimum": lambda value, least: bool(value >= least),
    "maximum": lambda value, most: bool(value <= most),
}
#: constraints that are no matter of a single value
_OF_THE_COLUMN = {"required", "unique"}


def cell_check(column: Column) -> CellCheck:
    """
    Return the check of a column's cells.

    Parameters
    ----------
    column : Column
        As the data package describes it.

    Returns
    -------
    callable
        From the text of a cell to the names of what it breaks: ``type``, or constraints, in
        a fixed order; empty if the cell complies. An empty cell can only break ``required``.

    Raises
    ------
    ValueError
        If the data package asks for a type or a constraint that is not known here.
    """
    constraints = column.constraints
    unknown = set(constraints) - set(_CONSTRAINTS) - _OF_THE_COLUMN
    if column.kind not in _TYPES or unknown:
        raise ValueError(f"{column.name}: {column.kind}, {sorted(unknown)}")
    read = _TYPES[column.kind]
    missing = ("required",) if constraints.get("required") else ()
    checks = [
        (name, check, constraints[name])
        for name, check in _CONSTRAINTS.items()
        if name in constraints
    ]

    def faults(cell: str) -> tuple[str, ...]:
        if not cell:
            return missing
        try:
            value = read(cell)
        except (ArithmeticError, ValueError):
            return ("type",)
        return tuple(name for name, check, bound in checks if not check(value, bound))

    return faults
