"""What readers do on the open page, as clicks and what the page shows after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.screen.card_head import in_order
from geo.screen.record_list import LISTED
from tools.bench.click_timing import Step
from tools.bench.servers import OPTION

ON, OFF = "option on", "option off"
LIVE = "document.documentElement.dataset.live === 'true'"


def counted(snapshot: Snapshot) -> dict[str, int]:
    """Return the number of records of each host country."""
    return dict(Counter(record.host_country for record in snapshot.records))


def filter_steps(snapshot: Snapshot) -> list[Step]:
    """
    Return the steps of an option of a filter.

    Parameters
    ----------
    snapshot : Snapshot
        The ledger today.

    Returns
    -------
    list of Step
        On and off.
    """
    name, code = OPTION
    picked = dict(Filters().replace(**{name: (code,)}).select(snapshot).countries)
    box = f"#f-{name}-{code}"
    return [
        Step(ON, box, "symbols(expected)", picked),
        Step(OFF, box, "symbols(expected)", counted(snapshot)),
    ]


def day_steps(dataset: Dataset) -> tuple[str, list[Step]]:
    """
    Return steps through the days of the ledger that change the symbols.

    Parameters
    ----------
    dataset : Dataset
        The ledger.

    Returns
    -------
    str
        The day that the page begins at, ``YYYY-MM-DD``.
    list of Step
        Back and on again.
    """
    days = dataset.days[len(dataset.days) // 2 :]
    # in an invented ledger all may be claimed on one day; then the shapes alone change
    for before, day in islice(pairwise(days), 10):
        earlier, later = (counted(Snapshot(dataset, one)) for one in (before, day))
        if earlier != later:
            break
    shown = "find('#f-asof').getAttribute('value') === expected[0] && symbols(expected[1])"
    return day.isoformat(), [
        Step("a day back", "#step-back", shown, [before.isoformat(), earlier]),
        Step("a day on", "#step-on", shown, [day.isoformat(), later]),
    ]


def card_steps(snapshot: Snapshot) -> Iterator[tuple[str, list[Step]]]:
    """
    Yield the steps of other cards, in circles that begin at the first one's.

    Parameters
    ----------
    snapshot : Snapshot
        The ledger today.

    Yields
    ------
    str
        The query that the page begins at.
    list of Step
        The cards of two records of one country; two countries' cards.
    """
    shown = f"{LIVE} && find('[data-focus]').dataset.focus.includes(expected)"
    counts = counted(snapshot)
    few = [code for code in sorted(counts) if 2 <= counts[code] <= LISTED]
    if few:
        of_country = tuple(r for r in snapshot.records if r.host_country == few[0])
        one, other, *_others = (record.id for record in in_order(of_country))
        yield (
            f"country={few[0]}&record={one}",
            [
                Step("open the next record's card", ".steps a[rel='next']", shown, other),
                Step("open the one before", ".steps a[rel='prev']", shown, one),
            ],
        )
    one, other = sorted(counts)[:2]
    yield (
        f"record={snapshot.records[0].id}",
        [
            Step("open a country's card", f"[data-map] [data-place='{one}']", shown, one),
            Step("open another country's", f"[data-map] [data-place='{other}']", shown, other),
        ],
    )


def page_steps(snapshot: Snapshot) -> list[Step]:
    """
    Return the steps between two pages.

    Parameters
    ----------
    snapshot : Snapshot
        The ledger today.

    Returns
    -------
    list of Step
        To the timeline, and back to the map with all its symbols.
    """
    there = "find('#page').dataset.page === 'timeline' && find('title').textContent !== ''"
    back = "find('#page').dataset.page === 'map' && symbols(expected)"
    return [
        Step("map → timeline", ".top nav a[href^='/timeline']", f"{LIVE} && {there}"),
        Step(
            "timeline → map", ".top nav a[href='/'], .top nav a[href^='/?']",
            f"{LIVE} && {back}", counted(snapshot),
        ),
    ]  # fmt: skip
