"""A timeline's drawing, read as a browser reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from geo.views.timeline import Timeline
from geo.views.timeline_chart import Addresses, chart
from geo.words.findings import FirstDays
from geo.words.milestones import Milestone


@dataclass(frozen=True)
class Drawn:
    """A mark: the link, its name, the row that it is in, and the shape that is seen."""

    id: str
    name: str
    row: str
    shape: Element
    current: bool
    stop: bool
    slots: tuple[int, int]

    @property
    def vague(self) -> bool:
        """Whether it is a hairline."""
        return self.shape.tag == "rect"

    @property
    def x(self) -> float:
        """Where it begins, in percent of the width; a dot's middle."""
        return float(self.shape.attrib["x" if self.vague else "cx"].removesuffix("%"))

    @property
    def width(self) -> float:
        """How long it is, in percent of the width; 0 for a dot."""
        return float(self.shape.get("width", "0%").removesuffix("%"))


def drawing(
    timeline: Timeline,
    opened: str = "",
    named: Sequence[Milestone] = (),
    finding: FirstDays | None = None,
) -> Element:
    """Draw a timeline whose links are a mark's id and a period's code."""
    addresses = Addresses(lambda id: f"/e/{id}", lambda code: f"/p/{code}")
    html = chart(timeline, addresses, opened, ["A note."], named, finding)
    return fromstring(str(html).replace("&nbsp;", "\u00a0"))


def _slots(link: Element) -> tuple[int, int]:
    found = dict(re.findall(r"--(\w):(\d+)", link.get("style", "")))
    wide = int(found.get("w", 0))
    return wide, int(found.get("n", wide))


def marks(figure: Element) -> list[Drawn]:
    """List the marks in the order of the document."""
    found = []
    for row in figure.findall(".//svg[@class='dots']"):
        for link in row.findall("g/a"):
            shapes = [e for e in link if e.get("class", "").split()[:1] in (["dot"], ["hair"])]
            assert len(shapes) == 1
            found.append(
                Drawn(
                    id=link.attrib["href"].removeprefix("/e/"),
                    name=link.findtext("title") or "",
                    row=row.attrib["aria-label"],
                    shape=shapes[0],
                    current=link.get("aria-current") == "true",
                    stop=link.get("tabindex") != "-1",
                    slots=_slots(link),
                )
            )
    return found


def strip(figure: Element) -> Element:
    """Return the strip of the whole time."""
    found = figure.find(".//svg[@class='strip']")
    assert found is not None
    return found
