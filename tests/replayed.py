"""
What the rows of the frozen ledger say of each record, and which word a drawn mark means.

Neither knows the code that it is compared with: words are replayed from the rows of the files by
`tests.reference`, and a mark is known by its forms, measured from its centre.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lxml import etree

from geo.model.entities import Event
from geo.model.latest_word import Circle
from geo.model.vocabulary import CLAIM_ONLY, LATEST_WORDS
from geo.pictures.drawing import BLUE
from geo.pictures.lines import PAPER
from geo.pictures.map_marks import OPEN, RADIUS
from tests.ledger_files import DATA
from tests.reference import last_day, latest_word

SVG = "{http://www.w3.org/2000/svg}"
#: radius of the halo of a mark of radius 5 in pictures
HALO = 6.4


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def events() -> list[Event]:
    """The rows of investigations.csv with the names that the reference reads, nothing checked."""
    found = []
    for position, row in enumerate(rows("investigations")):
        happened = SimpleNamespace(text=row["happened_on"]) if row["happened_on"] else None
        said = SimpleNamespace(text=row["said_on"])
        cells = {**row, "about": tuple(row["about"].split()), "position": position}
        found.append(SimpleNamespace(**{**cells, "said": said, "happened": happened}))
    return cast("list[Event]", found)


@cache
def replay(day: date) -> dict[str, str]:
    """The latest word on each record that a claim had been made about by the end of a day."""
    claims = [e for e in events() if e.event_type == "claim" and last_day(e.said.text) <= day]
    claimed = {record for e in claims for record in e.about}
    found = {}
    for row in rows("stations"):
        if row["review"] == "publish" and row["id"] in claimed:
            word = latest_word(events(), row["id"], day)
            found[row["id"]] = word.sets if word else CLAIM_ONLY
    return found


@cache
def country(record: str) -> str:
    return next(row["host_country"] for row in rows("stations") if row["id"] == record)


def alike(code: str) -> str:
    """The first latest word that has the shape of a word."""
    shape = LATEST_WORDS[code].shape
    return next(word.code for word in LATEST_WORDS.values() if word.shape == shape)


def drawn(mark: Any, x: float, y: float, radius: float) -> str:
    """The first latest word whose shape is that of some elements around a centre."""
    # in pictures, colours stand for classes
    blue = BLUE in str([e.attrib for e in mark.iter()]) or "authority" in mark.get("class", "")
    found = []
    for part in mark.iter("{*}circle", "{*}path"):
        if part.get("class") not in (None, "solid", "line"):
            continue
        line = part.get("class") == "line" or part.get("fill") == "none"
        if part.get("fill") == PAPER:
            continue
        if part.tag.endswith("circle"):
            points = [float(part.get("r")) / radius]
        else:
            steps = [step.split()[-2:] for step in re.findall("[MLA]([^MLAZ]*)", part.get("d"))]
            points = [
                (float(n) - c) / radius for step in steps for n, c in zip(step, (x, y), strict=True)
            ]
        found.append(("line" if line else "solid", points))
    return next(word for word in LATEST_WORDS if _is(word, blue, found))


def _is(code: str, blue: bool, found: list[tuple[str, list[float]]]) -> bool:
    shape = LATEST_WORDS[code].shape
    wanted = [
        (p.fill, [p.radius] if isinstance(p, Circle) else [n for q in p.points for n in (q.x, q.y)])
        for p in shape.primitives
    ]
    return (
        blue == (shape.hue == "authority")
        and [(fill, len(points)) for fill, points in wanted]
        == [(fill, len(points)) for fill, points in found]
        and all(
            n == pytest.approx(m, abs=0.06)
            for (_fill, one), (_other, two) in zip(wanted, found, strict=True)
            for n, m in zip(one, two, strict=True)
        )
    )


def pictured(svg: str) -> Counter[str]:
    """The marks of a picture, by what is drawn."""
    found: Counter[str] = Counter()
    for mark in etree.fromstring(svg).iter(SVG + "g"):
        if mark.get("class", "").startswith("mark "):
            halo = next(mark.iter(SVG + "circle"))
            scale = float(halo.get("r", "0")) / (OPEN if halo.get("class") else HALO)
            x, y = float(halo.get("cx", "0")), float(halo.get("cy", "0"))
            word = drawn(mark, x, y, RADIUS * scale)
            assert word == alike(mark.get("class", "").split()[1])
            found[word] += 1
    return found
