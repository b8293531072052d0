"""Latest words over time as a stepped area: ink for claims, blue for host authorities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from geo.ledger.history import history
from geo.link.selection import Selection
from geo.model.vocabulary import LATEST_WORDS
from geo.views.palette import DARK, LIGHT, Palette
from geo.views.shapes import in_order
from geo.wording import _

#: how strongly the words in ink are coloured, from the first of the vocabulary to the last
_INK = (0.25, 0.6)
#: the same for the authorities' words that occur, so that the few of one selection differ
#: clearly
_BLUE = (0.3, 1.0)


def _spread(codes: Sequence[str], ends: tuple[float, float]) -> dict[str, float]:
    """Spread strengths evenly over codes: the last one gets the upper end."""
    low, high = ends
    step = (high - low) / max(1, len(codes) - 1)
    return {code: high - step * place for place, code in enumerate(reversed(codes))}


def _hues(codes: Sequence[str], palette: Palette) -> list[str]:
    """Return the colour of each of the words that occur."""
    inked = [code for code, word in LATEST_WORDS.items() if word.shape.hue == "claim"]
    blue = [code for code in codes if code not in inked]
    strengths = _spread(inked, _INK) | _spread(blue, _BLUE)
    return [
        _mixed(palette.blue if code in blue else palette.ink, palette.paper, strengths[code])
        for code in codes
    ]


def rows(selection: Selection) -> pd.DataFrame:
    """Return one row for each day of change and latest word: day, code, label, records."""
    steps = history(selection.records, selection.snapshot)
    codes = in_order(code for _day, counts in steps for code in counts)
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
    Draw the latest words of a selection over time.

    Parameters
    ----------
    selection : Selection
        Whose records are counted.
    dark : bool
        Whether to use the dark palette.

    Returns
    -------
    altair.Chart
        A stepped area, stacked by latest word.
    """
    palette = DARK if dark else LIGHT
    data = rows(selection)
    codes = list(dict.fromkeys(data["code"]))
    hues = _hues(codes, palette)
    words = [_(LATEST_WORDS[code].short) for code in codes]
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
