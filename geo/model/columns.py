"""The row type of the codebook: one column of the files that can be downloaded."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import Any

from geo.model.dates import PATTERN
from geo.wording import N_, _

FIRST, LAST = "_first", "_last"


class Kind(Enum):
    """What the cells of a column are."""

    TEXT = N_("text")
    DATED = N_("date as precise as its source: YYYY, YYYY-MM, YYYY-MM-DD, or two of these with /")
    DAY = N_("day: YYYY-MM-DD")
    NUMBER = N_("whole number")
    VERSION = N_("version")


#: forms of cells, without the anchors of Python's own
_FORMS = {
    Kind.DATED: f"^{PATTERN.pattern.removeprefix(chr(92) + 'A').removesuffix(chr(92) + 'Z')}$",
    Kind.VERSION: "^v[0-9a-f]{8}$",
}
#: types of Table Schema; all others are strings
_TYPES = {Kind.DAY: "date", Kind.NUMBER: "integer"}


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of the files that can be downloaded.

    Attributes
    ----------
    name : str
        Never renamed.
    meaning : str
        What its cells say, as a sentence; ``{of}`` is the name of another column.
    kind : Kind
        Form of the cells; all are text.
    codes : tuple of str
        All values that it may have; empty where these are no codes.
    several : str
        What separates several values of a cell; empty where there is one.
    empty : bool
        Whether a cell may be empty.
    of : str
        For the first and the last day of a date: the column with the date.
    deprecated : bool
        Whether it goes with the next major version.
    """

    name: str
    meaning: str
    _: KW_ONLY
    kind: Kind = Kind.TEXT
    codes: tuple[str, ...] = ()
    several: str = ""
    empty: bool = False
    of: str = ""
    deprecated: bool = False

    @property
    def description(self) -> str:
        """What its cells say, for readers."""
        return _(self.meaning).format(of=self.of)

    def _limits(self) -> dict[str, Any]:
        if self.codes and not self.several:
            # an empty cell is no code
            return {"enum": [*self.codes, *([""] if self.empty else [])]}
        form = _FORMS.get(self.kind)
        return {"pattern": f"^$|{form}" if self.empty else form} if form else {}

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a cell."""
        schema: dict[str, Any] = {"type": "string", "description": self.description}
        if self.kind is Kind.DAY and not self.empty:
            schema["format"] = "date"
        if self.deprecated:
            schema["deprecated"] = True
        return {**schema, **self._limits()}

    def table_field(self) -> dict[str, Any]:
        """Return the field of the column for a Table Schema (Frictionless Data)."""
        limits = self._limits()
        if "enum" in limits:
            # there an empty cell is a missing value, which an enum does not list
            limits["enum"] = list(self.codes)
        constraints = {**({} if self.empty else {"required": True}), **limits}
        return {
            "name": self.name,
            "type": _TYPES.get(self.kind, "string"),
            "description": self.description,
            **({"constraints": constraints} if constraints else {}),
        }


def dated(name: str, meaning: str, *, empty: bool = False) -> tuple[Column, Column, Column]:
    """
    Return the three columns of a date: as the source gives it, its first day and its last.

    Parameters
    ----------
    name : str
        Of the first column; the others have `FIRST` and `LAST` behind it.
    meaning : str
        Of the first column.
    empty : bool
        Whether the cells may be empty.

    Returns
    -------
    tuple of Column
        In the order of the files.
    """
    first = N_("The first day that {of} can mean.")
    last = N_("The last day that {of} can mean, which is included.")
    return (
        Column(name, meaning, kind=Kind.DATED, empty=empty),
        Column(name + FIRST, first, kind=Kind.DAY, of=name, empty=empty),
        Column(name + LAST, last, kind=Kind.DAY, of=name, empty=empty),
    )
