"""The order of a table's rows: from the link's ``sort``, and back into links of its headings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from geo.screen.context import Screen

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Order:
    """The code of the column by which a table is sorted, and its direction."""

    by: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """
    The heading of a column.

    Attributes
    ----------
    code, label, help : str
        Of the column.
    href : str
        Address of the page sorted by the column; in the other direction if it is already.
    sort : str
        Value of ``aria-sort``; empty where the table is not sorted by the column.
    """

    code: str
    label: str
    href: str
    sort: str
    help: str = ""


def order_of(sort: str, codes: Collection[str], own: Order) -> Order:
    """
    Read the order of a table.

    Parameters
    ----------
    sort : str
        As in a link: a column's code, with ``-`` before it for the descending order.
    codes : collection of str
        The table's columns.
    own : Order
        The table's own order.

    Returns
    -------
    Order
        The table's own where ``sort`` names no column of it, since one page can have two
        tables.
    """
    by = sort.removeprefix("-")
    return Order(by, by != sort) if by in codes else own


def written(order: Order, own: Order) -> str:
    """
    Write an order as a link carries it.

    Parameters
    ----------
    order, own : Order
        The order, and the table's own.

    Returns
    -------
    str
        Empty for the table's own.
    """
    if order == own:
        return ""
    return f"-{order.by}" if order.descending else order.by


def by_value(
    rows: Iterable[Row], value: Callable[[Row], Any], descending: bool = False
) -> tuple[Row, ...]:
    """
    Sort rows by a value, stably; rows without it come last in both directions.

    Parameters
    ----------
    rows : iterable
        In the order that settles ties, in both directions.
    value : callable
        From a row to what it is compared by; None or an empty text where it has none.
    descending : bool
        Whether the greatest value comes first.

    Returns
    -------
    tuple
        All rows.
    """
    pairs = [(value(row), row) for row in rows]
    known = [pair for pair in pairs if pair[0] not in (None, "")]
    unknown = [row for found, row in pairs if found in (None, "")]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return (*(row for _value, row in known), *unknown)


def heading(
    screen: Screen, code: str, label: str, order: Order, own: Order, *, part: str
) -> Heading:
    """
    Return the heading of a column with the address that sorts by it.

    Parameters
    ----------
    screen : Screen
        The page of the table.
    code, label : str
        Of the column.
    order, own : Order
        Of the rows shown, and of the table by itself.
    part : str
        Id of the table: without a script the next page opens there.

    Returns
    -------
    Heading
        The first address sorts in ascending order, the next turns it around.
    """
    sorted_by = code == order.by
    after = Order(code, sorted_by and not order.descending)
    return Heading(
        code=code,
        label=label,
        href=f"{screen.href(sort=written(after, own))}#{part}",
        sort=("descending" if order.descending else "ascending") if sorted_by else "",
    )
