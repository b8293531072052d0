"""The timeline as an Altair chart: lanes, and below them a strip of the whole time."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from geo.model.dates import spoken
from geo.views.palette import DARK, LIGHT, Palette
from geo.views.timeline import LANES, Timeline
from geo.views.timeline_rows import instant, row_of, tops_of
from geo.wording import _
from geo.words.permanent_lines import MEANING, NOT_MEANING

PICK = "picked"
_WINDOW = "window"
_STRIP = 34


def _tooltips() -> list[alt.Tooltip]:
    titles = {
        "when": _("Date"),
        "who": _("Speaker"),
        "where": _("Country"),
        "kind": _("Type"),
        "what": _("Summary"),
    }
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


class _Drawing:
    """Builds one chart from its rows, its scales and its two hues."""

    def __init__(self, timeline: Timeline, palette: Palette) -> None:
        self.timeline = timeline
        self.palette = palette
        tops, self.height = tops_of(timeline)
        self.names = [
            {"y": tops[code], "label": label, "y2": tops[code] + 10}
            for code, label in timeline.rows
        ]
        self.values = [row_of(mark, tops[mark.row]) for mark in timeline.marks]
        self.y = alt.Scale(domain=[0, self.height], range=[0, self.height], zero=False, nice=False)
        period = timeline.period
        opened: Any = {"x": [instant(period.first), instant(period.end)]}
        self.window = alt.selection_interval(
            name=_WINDOW,
            encodings=["x"],
            # the whole time needs no window: the reader can then draw one anywhere
            value=alt.Undefined if period.code == "all" else opened,
            mark=alt.BrushConfig(fill=palette.ink, fillOpacity=0.12, stroke=palette.ink),
        )
        self.pick = alt.selection_point(
            name=PICK, fields=["id"], on="click", toggle="true", clear=False, empty=False
        )

    def _hue(self, lane: str) -> str:
        return self.palette.blue if LANES[lane].blue else self.palette.ink

    def _scale(self, values: Iterable[str]) -> alt.Scale:
        return alt.Scale(domain=[_(lane.label) for lane in LANES.values()], range=list(values))

    def _signs(self) -> dict[str, Any]:
        """Return hue and fill by who spoke."""
        fills = [
            self._hue(code) if lane.solid else self.palette.paper for code, lane in LANES.items()
        ]
        return {
            "fill": alt.Fill("lane:N", scale=self._scale(fills), legend=None),
            "stroke": alt.Stroke("lane:N", scale=self._scale(map(self._hue, LANES)), legend=None),
            "tooltip": _tooltips(),
            "description": alt.Description("what:N"),
        }

    def _y(self, field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=self.y, axis=None)

    def _time(self, field: str, axis: alt.Axis | None, domain: Any) -> alt.X:
        # where nothing is cut out, no mark is cut at the edges
        scale = alt.Scale(type="utc", domain=domain, padding=8)
        return alt.X(f"{field}:T", scale=scale, axis=axis)

    def _axis(self, **more: Any) -> alt.Axis:
        return alt.Axis(
            title=None,
            labelColor=self.palette.muted,
            gridColor=self.palette.rule,
            labelOverlap=True,
            tickCount=8,
            labelPadding=5,
            labelBound=True,
            domain=False,
            ticks=False,
            **more,
        )

    def _lanes(self) -> alt.LayerChart:
        axis = self._axis(orient="top", grid=True)
        shown = {"param": _WINDOW, "encoding": "x"}
        bars = (
            alt.Chart()
            .transform_filter("datum.wide")
            .mark_rect(clip=True, strokeWidth=1.2, fillOpacity=0.35, cursor="pointer")
            .encode(
                x=self._time("first", axis, shown),
                x2="end:T",
                y=self._y("top"),
                y2="bottom:Q",
                **self._signs(),
            )
        )
        shapes = self._scale(lane.shape for lane in LANES.values())
        days = (
            alt.Chart()
            .transform_filter("!datum.wide")
            .mark_point(size=46, clip=True, strokeWidth=1.4, opacity=0.9, cursor="pointer")
            .encode(
                x=self._time("middle", axis, shown),
                shape=alt.Shape("lane:N", scale=shapes, legend=None),
                y=self._y("y"),
                **self._signs(),
            )
            .add_params(self.pick)
        )
        views: list[alt.Chart] = [*self._names(), bars, days]
        layered: alt.LayerChart = alt.LayerChart(layer=views)
        return layered.properties(width="container", height=self.height)

    def _names(self) -> list[alt.Chart]:
        data = pd.DataFrame(self.names)
        lines = alt.Chart(data).mark_rule(color=self.palette.rule).encode(y=self._y("y"))
        words = (
            alt.Chart(data)
            .mark_text(align="left", baseline="middle", fontWeight=600, color=self.palette.ink)
            .encode(x=alt.value(1), y=self._y("y2"), text=alt.Text("label:N"))
        )
        return [lines, words]

    def _strip(self) -> alt.Chart:
        whole = self.timeline.periods["all"]
        # a bare number as the bound of a time scale is not read as a time
        domain = [
            alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
            for day in (whole.first, whole.end)
        ]
        hues = self._scale(map(self._hue, LANES))
        strip: alt.Chart = (
            alt.Chart()
            .mark_tick(thickness=1.5, height=_STRIP - 12, opacity=0.5, tooltip=None)
            .encode(
                x=self._time("middle", self._axis(orient="bottom", grid=False), domain),
                color=alt.Color("lane:N", scale=hues, legend=None),
            )
            .properties(width="container", height=_STRIP)
            .add_params(self.window)
        )
        return strip

    def _note(self, imprint: str) -> alt.TitleParams:
        """Write the lines below every picture, and with rows of countries the key to the signs."""
        snapshot = self.timeline.selection.snapshot
        stamp = _("As of {date}. Ledger {version}. {imprint}").format(
            date=spoken(snapshot.day.isoformat()), version=snapshot.dataset.version, imprint=imprint
        )
        text = f"{_(MEANING)} {_(NOT_MEANING)} {stamp}"
        if self.timeline.by_country:
            key = _(
                "Blue: host authorities, courts (square). Ink: claimants (filled), China "
                "(circle), people named (diamond), others (triangle)."
            )
            text = f"{key} {text}"
        # a title is cut and never wrapped, on a phone after some sixty letters
        lines = textwrap.wrap(text, 62)
        return alt.TitleParams(
            lines,
            orient="bottom",
            anchor="start",
            fontSize=10,
            fontWeight=400,
            color=self.palette.muted,
            offset=6,
        )

    def chart(self, imprint: str) -> alt.VConcatChart:
        """Combine lanes and strip, both of the same marks."""
        both: alt.VConcatChart = (
            alt.vconcat(
                self._lanes(),
                self._strip(),
                data=pd.DataFrame(self.values),
                spacing=14,
                title=self._note(imprint),
            )
            .resolve_scale(color="independent", fill="independent", stroke="independent")
            .properties(autosize=alt.AutoSizeParams(type="pad", contains="padding"))
            .configure_view(stroke=None)
        )
        return both


def chart(timeline: Timeline, *, dark: bool = False, imprint: str = "") -> alt.VConcatChart:
    """
    Draw a timeline.

    Parameters
    ----------
    timeline : Timeline
        With at least one mark.
    dark : bool
        Whether to use the dark palette.
    imprint : str
        Who publishes, for a chart that is saved as a picture.

    Returns
    -------
    altair.VConcatChart
        Lanes above, the strip of the whole time below.
    """
    return _Drawing(timeline, DARK if dark else LIGHT).chart(imprint)
