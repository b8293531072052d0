"""Latest words over time as a stepped area: ink for claims, blue for host authorities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from geo.ledger.history import history
from geo.link.selection import Selection
from geo.model.vocabulary import LATEST_WORDS
from geo.views.palette import DARK, LIGHT
from geo.wording import _

#: words that are no host authority's: inked, lightly for a bare claim
_INK = {"claim_only": 0.25, "party_says_closed": 0.6}
#: how strongly the first and the last of the authorities' words are coloured; those between
#: are spread evenly, so that the few of one selection can be told apart
_PALEST, _FULL = 0.3, 1.0


def _strengths(codes: Sequence[str]) -> dict[str, float]:
    """How strongly each of the words that occur is coloured, in the order of the vocabulary."""
    blue = [code for code in codes if code not in _INK]
    step = (_FULL - _PALEST) / max(1, len(blue) - 1)
    return {
        code: _INK[code] if code in _INK else _FULL - step * (len(blue) - 1 - blue.index(code))
        for code in codes
    }


def rows(selection: Selection) -> pd.DataFrame:
    """One row for each day of change and latest word: day, code, label, records."""
    steps = history(selection.records, selection.snapshot)
    found = {code for _day, counts in steps for code in counts}
    codes = [code for code in LATEST_WORDS if code in found]
    if steps and steps[-1][0] < selection.snapshot.day:
        steps.append((selection.snapshot.day, steps[-1][1]))
    return pd.DataFrame(
        [
            {
                "day": day.isoformat(),
                "place": place,
                "code": code,
                "word": _(LATEST_WORDS[code].short),
                "records": counts.get(code, 0),
            }
            for day, counts in steps
            for place, code in enumerate(codes)
        ],
        columns=["day", "place", "code", "word", "records"],
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
    data = rows(selection)
    strengths = _strengths(list(dict.fromkeys(data["code"])))
    hues = [
        _mixed(palette.ink if code in _INK else palette.blue, palette.paper, strength)
        for code, strength in strengths.items()
    ]
    words = [_(LATEST_WORDS[code].short) for code in strengths]
    return (
        alt.Chart(data)
        .mark_area(interpolate="step-after", stroke=palette.paper, strokeWidth=0.6)
        .encode(
            alt.X("day:T", title=None, axis=alt.Axis(grid=False)),
            alt.Y(
                "records:Q",
                title=_("records"),
                stack="zero",
                axis=alt.Axis(tickMinStep=1, format="d"),
            ),
            alt.Color(
                "word:N",
                scale=alt.Scale(domain=words, range=hues),
                legend=alt.Legend(
                    title=None, orient="bottom", columns=5, symbolType="square", symbolSize=140
                ),
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
