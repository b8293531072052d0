"""Latest words over time as a stepped area: ink for claims, blue for host authorities."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from geo.records.filters import Selection
from geo.records.history import history
from geo.records.vocabulary import LATEST_WORDS
from geo.views.timeline_chart import DARK, LIGHT
from geo.wording import _

#: how strongly each latest word is inked, so that neighbours can be told apart
_STRENGTH = {
    "claim_only": 0.25,
    "party_says_closed": 0.6,
    "authority_looking": 0.3,
    "told_to_stop": 0.45,
    "authority_says_closed": 0.6,
    "looked_found_none": 0.72,
    "no_offence_found": 0.82,
    "says_none_known": 0.9,
    "inquiry_closed": 1.0,
}


def rows(selection: Selection) -> pd.DataFrame:
    """One row for each day of change and latest word: day, code, label, records."""
    steps = history(selection)
    if steps and steps[-1][0] < selection.snapshot.day:
        steps.append((selection.snapshot.day, steps[-1][1]))
    return pd.DataFrame(
        [
            {
                "day": day.isoformat(),
                "place": place,
                "word": _(LATEST_WORDS[code].short),
                "records": counts.get(code, 0),
            }
            for day, counts in steps
            for place, code in enumerate(_STRENGTH)
        ],
        columns=["day", "place", "word", "records"],
    )


def _mixed(colour: str, paper: str, strength: float) -> str:
    # legends draw no opacity, so the shade is mixed here
    pairs = zip(_channels(colour), _channels(paper), strict=True)
    return "#" + "".join(f"{round(a * strength + b * (1 - strength)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def chart(selection: Selection, *, dark: bool) -> Any:
    """
    Return the chart of a selection.

    Parameters
    ----------
    selection : Selection
        Whose records are counted.
    dark : bool
        Which of the two palettes to use.
    """
    palette = DARK if dark else LIGHT
    party = ("claim_only", "party_says_closed")
    hues = [
        _mixed(palette.ink if code in party else palette.blue, palette.paper, strength)
        for code, strength in _STRENGTH.items()
    ]
    words = [_(LATEST_WORDS[code].short) for code in _STRENGTH]
    return (
        alt.Chart(rows(selection))
        .mark_area(interpolate="step-after", stroke=palette.paper, strokeWidth=0.6)
        .encode(
            alt.X("day:T", title=None, axis=alt.Axis(grid=False)),
            alt.Y("records:Q", title=_("records"), stack="zero"),
            alt.Color(
                "word:N",
                scale=alt.Scale(domain=words, range=hues),
                legend=alt.Legend(title=None, orient="bottom", columns=5, symbolType="square"),
            ),
            alt.Order("place:Q"),
            [
                alt.Tooltip("day:T", title=_("From")),
                alt.Tooltip("word:N", title=_("Latest word")),
                alt.Tooltip("records:Q", title=_("Records")),
            ],
        )
        .properties(height=260, background="transparent")
        .configure_axis(labelColor=palette.muted, titleColor=palette.muted, gridColor=palette.rule)
        .configure_legend(labelColor=palette.ink)
        .configure_view(stroke=None)
    )
