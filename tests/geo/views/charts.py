"""A timeline's drawing, read as a browser reads it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from geo.views.timeline import Timeline
from geo.views.timeline_chart import chart


@dataclass(frozen=True)
class Drawn:
    """A mark: the link, its name, the row that it is in, and the shape that is seen."""

    id: str
    name: str
    row: str
    shape: Element
    current: bool
    roomy: bool

    @property
    def x(self) -> float:
        """Where it begins, in percent of the width; a shape's middle."""
        return float(self.shape.attrib["x"].removesuffix("%"))

    @property
    def width(self) -> float:
        """How long it is, in percent of the width; 0 for a shape."""
        return float(self.shape.get("width", "0%").removesuffix("%"))

    @property
    def y(self) -> int:
        """Where its middle is in its row, in pixels."""
        return int(self.shape.attrib["y"]) + int(self.shape.get("height", "0")) // 2


def drawing(timeline: Timeline, opened: str = "") -> Element:
    """Draw a timeline whose links are a mark's id and a period's code."""
    html = chart(timeline, lambda id: f"/e/{id}", lambda code: f"/p/{code}", opened, "A note.")
    return fromstring(str(html))


def marks(figure: Element) -> list[Drawn]:
    """List the marks in the order of the document."""
    found = []
    for row in figure.findall(".//g[@role='group']"):
        for link in row.findall("a"):
            shapes = [e for e in link if e.get("class", "").startswith(("ink ", "blue "))]
            assert len(shapes) == 1
            found.append(
                Drawn(
                    id=link.attrib["href"].removeprefix("/e/"),
                    name=link.findtext("title") or "",
                    row=row.attrib["aria-label"],
                    shape=shapes[0],
                    current=link.get("aria-current") == "true",
                    roomy=link.find("*[@class='hit']") is not None,
                )
            )
    return found


def strip(figure: Element) -> Element:
    """Return the strip of the whole time."""
    found = figure.find("svg[@class='strip']")
    assert found is not None
    return found
