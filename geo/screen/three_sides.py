"""The three columns under the headline: the claim, host authorities' answers, China's answer."""

from __future__ import annotations

from markupsafe import Markup

from geo.link.addresses import NO_CARD
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.words.entries import entry_row
from geo.words.sentences import none_found
from geo.words.three_sides import china_answer, claim, hosts

#: the least number of characters of a signature that is set smaller, with what it signs
LONG = 45


def three_sides(screen: Screen) -> Markup:
    """Write the three columns; each is signed and dated by rows of the ledger."""
    selection, filters = screen.selection, screen.state.filters
    given = hosts(selection)
    answer = china_answer(selection)
    china = entry_row(answer, selection.snapshot) if answer else None
    return render(
        "three_sides.html",
        click=screen.click,
        claim=claim(selection) if selection.records else None,
        hosts=given,
        answers=[
            {
                "code": code,
                "label": label,
                "count": count,
                "picked": code in filters.flag,
                "address": _flagged(screen, () if filters.flag == (code,) else (code,)),
            }
            for code, label, count in given.counts
        ],
        china=china,
        long=len(f"{china.speaker}, {china.date}") >= LONG if china else False,
        over_time=screen.href("countries", **NO_CARD) + "#china",
        over_countries=screen.href("countries", **NO_CARD),
        missing=none_found(screen.dataset.last_checked),
    )


def _flagged(screen: Screen, codes: tuple[str, ...]) -> str:
    """Return the address with just these answers picked; a card would hide the list of them."""
    filters = screen.state.filters.replace(flag=codes)
    return screen.href(filters=filters, side="", **NO_CARD)
