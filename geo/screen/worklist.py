"""The editors' worklist on the About page: counts by kind, and the first tasks of each."""

from __future__ import annotations

from dataclasses import dataclass

from geo.ledger.quotation_coverage import coverage_of_quotations
from geo.ledger.snapshot import Snapshot
from geo.ledger.worklist import OPEN_QUESTION, Task, current_worklist
from geo.link.addresses import NO_CARD
from geo.screen.context import Screen
from geo.wording import _, ngettext
from geo.words.worklist import detail, heading, share_lines

#: tasks of a kind that are listed; the rest is counted
SHOWN = 5


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task: ids with the address of their card, empty where they have none, and the detail."""

    ids: tuple[tuple[str, str], ...]
    detail: str


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks of a kind: what they have in common with their number, and the first of them."""

    title: str
    lines: tuple[TaskLine, ...]
    more: str


def _address(screen: Screen, snapshot: Snapshot, row: str) -> str:
    if snapshot.public_event(row):
        return screen.href("timeline", **{**NO_CARD, "event": row})
    if any(record.id == row for record in snapshot.records):
        return screen.href("map", **{**NO_CARD, "record": row})
    return ""


def _line(screen: Screen, task: Task) -> TaskLine:
    ids = tuple((row, _address(screen, screen.snapshot, row)) for row in task.ids)
    # the notes are written for curators, and may say more than a page of the atlas does
    return TaskLine(ids, "" if task.kind == OPEN_QUESTION else detail(task))


def task_groups(screen: Screen) -> tuple[TaskGroup, ...]:
    """
    List what wants a human, of what the screen may show.

    Parameters
    ----------
    screen : Screen
        Of the newest ledger; a past day has no worklist, since it is of today.

    Returns
    -------
    tuple of TaskGroup
        In the order of `geo.ledger.worklist.KINDS`, without kinds that have no task.
    """
    groups = []
    for kind, tasks in screen.snapshot.derived(current_worklist).items():
        if tasks:
            rest = len(tasks) - SHOWN
            title = _("{heading}: {n:,}").format(heading=heading(kind), n=len(tasks))
            more = ngettext("and {n} more", "and {n} more", rest) if rest > 0 else ""
            lines = tuple(_line(screen, task) for task in tasks[:SHOWN])
            groups.append(TaskGroup(title, lines, more))
    return tuple(groups)


def quotation_lines(snapshot: Snapshot) -> tuple[str, str]:
    """Say what share of latest words, and of China's latest answers, has quotations."""
    return share_lines(*coverage_of_quotations(snapshot))
