"""When readers could see a record or an event: the days that its entry in a feed has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.ledger.dataset import Dataset
from geo.model.dates import spoken
from geo.wording import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """
    When readers could see something.

    Attributes
    ----------
    entered, updated : date
        Since when, and since when as it is now.
    is_known : bool
        Whether a register says so; else both are the day on which it was said.
    """

    entered: date
    updated: date
    is_known: bool

    @property
    def words(self) -> str:
        """The days as a sentence with a space before it; empty where no register has them."""
        if not self.is_known:
            return ""
        entered, updated = (spoken(d.isoformat()) for d in (self.entered, self.updated))
        if self.entered == self.updated:
            return " " + _("Entered on {day}.").format(day=entered)
        return " " + _("Entered on {day}, changed on {later}.").format(day=entered, later=updated)


def days_of(kind: str, name: str, said: date, dataset: Dataset, today: date) -> Days:
    """
    Return when readers could see a record or an event.

    Parameters
    ----------
    kind, name : str
        ``record`` or ``event``, and its id.
    said : date
        The last day that the date of the event, or of the record's claim, can mean: until
        then it is not shown, whenever it was entered.
    dataset : Dataset
        The ledger with its register.
    today : date
        The day of what the register does not have yet.

    Returns
    -------
    Days
        Not before ``said``, and not after today.
    """
    known = dataset.entered.get((kind, name))
    if known is None:
        return Days(entered=said, updated=said, is_known=False)
    entered, changed = (max(day, said) for day in known.days(today))
    return Days(entered=entered, updated=changed, is_known=True)
