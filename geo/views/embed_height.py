"""
How high an embed is in a frame of some width, before any browser has drawn it.

A frame on another site cannot grow with its content without a script on that site, so the code
to paste has the height in it. It is computed from the embed's own HTML.
"""

from __future__ import annotations

import re
from math import ceil

from geo.views.flow_height import AROUND, lines_of, words_height

#: where the layout changes, in pixels of the frame (embed.css, page-timeline.css)
TWO_COLUMNS, MAPS, WIDE_CHART = 480, 960, 819
#: how much more than its content a frame gets
SPARE = 1.03
_TILE = re.compile(r'<li(?: class="(tall)")?><a class="country-tile"')
#: regions with more tiles in a row
_MANY = ("europe", "asia", "elsewhere")
_STACK = re.compile(r"--(u|d)(w|n):(\d+)")
_LINES = re.compile(r"--lines-w:(\d+);--lines-n:(\d+)")


def _tiles(html: str, width: int) -> float:
    """Return the height of the tiles: groups below each other, or in two columns."""
    wide = width >= TWO_COLUMNS
    columns = []
    for column in html.split('<div class="column">')[1:]:
        height = 0.0
        for region in column.split('<div class="region region-')[1:]:
            few = wide and not region.startswith(_MANY)
            across = 3 if few else 4
            tall = ["tall" in name for name in _TILE.findall(region)]
            if not tall:
                continue
            rows = [tall[at : at + across] for at in range(0, len(tall), across)]
            height += 18 + sum(43.5 if any(row) else 39 for row in rows) + 3 * (len(rows) - 1)
        if height:
            columns.append(height)
    return max(columns, default=0) if wide else sum(columns) + 8 * (len(columns) - 1)


def _maps(width: int, rows: int) -> float:
    """Return the height of Europe beside the world and a legend of some rows below it."""
    inside = width - AROUND - 20
    world = min(0.44 * inside, 666) * 276 / 444
    # the words of the legend are in the flow, but for the line that they take more here
    return max(0.56 * inside * 500 / 560 - 41, world + 20 + rows * 30 + 17)


def _chart(html: str, width: int) -> float:
    """Return the height of a timeline: labels, rows of marks, axis and strip."""
    room = width - AROUND
    wide = room > WIDE_CHART
    size = "w" if wide else "n"
    lines = _LINES.search(html)
    above = int(lines[1 if wide else 2]) if lines else 0
    height = above * 24.0 + 8 + 38 + 8 + 52 + 16 + 8
    for lane in html.split('<div class="lane')[1:]:
        name = re.sub(r"<[^>]*>", " ", lane.partition("</p>")[0].partition("<p>")[2]).split()
        stacks = {(way, at): int(n) for way, at, n in _STACK.findall(lane)}
        marks = stacks.get(("u", size), 0) * 6.2 + stacks.get(("d", size), 0) * 3.4 + 18
        words = lines_of(name, 152 if wide else room, 13.5) * 16.25
        height += 8 + max(marks, words) if wide else 12 + marks + words
    return height


def drawn_height(html: str, width: int) -> float:
    """
    Return the height of what an embed has beside words: maps, charts, the columns of a legend.

    Parameters
    ----------
    html : str
        The embed.
    width : int
        Of its frame, in pixels.

    Returns
    -------
    float
        In pixels.
    """
    height = 0.0
    if 'class="chart timeline' in html:
        height += _chart(html, width)
    elif 'class="map-picture"' in html:
        height += 10 + min(560.0, max(280.0, 0.62 * width))
    rows = html.count('<a id="legend-')
    if 'class="overview"' in html and width >= MAPS:
        return _maps(width, rows)
    if 'class="overview"' in html:
        height += 10 + _tiles(html, width)
    columns = 3 if width >= MAPS else 2 if width >= TWO_COLUMNS else 1
    return height + ceil(rows / columns) * 30


def embed_height(html: str, width: int) -> int:
    """
    Return how high the frame of an embed has to be.

    Parameters
    ----------
    html : str
        The embed.
    width : int
        Of the frame, in pixels.

    Returns
    -------
    int
        In pixels; a little more than the content, because a reader's font may be another.
    """
    return ceil((words_height(html, width) + drawn_height(html, width) + 2) * SPARE)
