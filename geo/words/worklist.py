"""What of the ledger wants a human, in sentences for curators and readers."""

from __future__ import annotations

from geo.ledger.quotation_coverage import Share
from geo.ledger.worklist import (
    NO_ANSWER,
    NO_ARCHIVE,
    NO_OUTCOME,
    NO_QUOTATION,
    NOT_CHECKED,
    ONE_SOURCE,
    OPEN_QUESTION,
    OTHER_FORM,
    RECHECK,
    WEAK_SOURCES,
    Task,
)
from geo.model.vocabulary import SOURCE_CLASSES
from geo.wording import N_, _, ngettext

#: what the tasks of each kind have in common
HEADINGS: dict[str, str] = {
    ONE_SOURCE: N_("Latest word with one source"),
    WEAK_SOURCES: N_("Latest word on weak sources alone"),
    NO_QUOTATION: N_("Latest word without a quotation"),
    NO_ARCHIVE: N_("Latest word without an archived copy"),
    OPEN_QUESTION: N_("Open questions"),
    NOT_CHECKED: N_("Records last checked more than {days} days ago"),
    NO_OUTCOME: N_("Inquiries without an outcome"),
    NO_ANSWER: N_("Claims for which no answer by one of the three sides was found"),
    OTHER_FORM: N_("AMP pages without an archived copy"),
}
_SIDES: dict[str, str] = {
    "host": N_("host authorities"),
    "china": N_("China"),
    "named": N_("those named"),
}


def heading(kind: str) -> str:
    """
    Return what the tasks of a kind have in common.

    Parameters
    ----------
    kind : str
        One of `geo.ledger.worklist.KINDS`.
    """
    return _(HEADINGS[kind]).format(days=RECHECK)


def detail(task: Task) -> str:
    """
    Say of a task what its heading and its ids do not say.

    Parameters
    ----------
    task : Task
        The task.

    Returns
    -------
    str
        A part of a sentence; empty where there is nothing to add.
    """
    if task.kind == OPEN_QUESTION:
        return task.text
    if task.kind == ONE_SOURCE:
        return _("only {source}").format(source=task.detail[0])
    if task.kind == WEAK_SOURCES:
        return ", ".join(_(SOURCE_CLASSES[code]) for code in task.detail)
    if task.kind == NO_ANSWER:
        sides = ", ".join(_(_SIDES[side]) for side in task.detail)
        return _("no answer found from {sides}").format(sides=sides)
    if task.days is not None:
        return ngettext("{n} day", "{n} days", task.days)
    return ""


def share_lines(words: Share, answers: Share) -> tuple[str, str]:
    """
    Say how many events have their original words.

    Parameters
    ----------
    words, answers : Share
        Of the events that leave a latest word, and of China's latest answers.

    Returns
    -------
    tuple of str
        A sentence for each.
    """
    form = _(
        "Quotations: {quoted:,} of {total:,} entries that leave a latest word have one "
        "({percent:.0f}%)."
    )
    other = _(
        "Quotations: {quoted:,} of {total:,} latest answers by China have one ({percent:.0f}%)."
    )
    return (
        form.format(quoted=words.quoted, total=words.total, percent=words.percent),
        other.format(quoted=answers.quoted, total=answers.total, percent=answers.percent),
    )
