"""Contrasts of what is not text, from the colours that the browser has computed."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Frame, Page

_COLOURS = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const read = new Map();
const rgba = (colour) => {
  if (!read.has(colour)) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    read.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
  }
  return read.get(colour);
};
const over = (top, below, share = 1) => {
  const part = share * top[3] / 255;
  return [0, 1, 2].map((i) => top[i] * part + below[i] * (1 - part));
};
const luminance = (colour) => {
  const [r, g, b] = colour.map((v) => v / 255)
    .map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
  return .2126 * r + .7152 * g + .0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + .05) / (low + .05);
};
const ground = (e) => {
  const layers = [];
  for (let at = e; at; at = at.parentElement) {
    layers.unshift(rgba(getComputedStyle(at).backgroundColor));
    if (layers[0][3] === 255) break;
  }
  return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
};
const name = (e) => {
  const of = (at) => `${at.tagName.toLowerCase()}.${at.getAttribute("class") ?? ""}`;
  return `${of(e.parentElement)} > ${of(e)}`;
};
const visible = (e) => e.checkVisibility() && !e.closest("#live #root");
const found = new Set();
const say = (least, value, e, what) => {
  if (value < least) found.add(`${what}: ${name(e)} ${value.toFixed(2)}`);
};
"""

_CONTROLS = """
for (const e of document.querySelectorAll("input:not([type=checkbox]), select, summary, button, "
  + "a.button, .segments, .views a, [role=slider], .map-back, .map-zoom a, .leaflet-bar a")) {
  if (!visible(e)) continue;
  const s = getComputedStyle(e);
  const [around, own] = [ground(e.parentElement), ground(e)];
  if (parseFloat(s.borderTopWidth) > 0 && s.borderTopStyle !== "none") {
    const edge = contrast(over(rgba(s.borderTopColor), around), around);
    say(3, Math.max(edge, contrast(own, around)), e, "edge");
  }
  if (e.placeholder) {
    const words = rgba(getComputedStyle(e, "::placeholder").color);
    say(4.5, contrast(over(words, own), own), e, "placeholder");
  }
}
"""

#: drawn parts that carry a meaning, on every ground that may be behind them
_DRAWN = """
const grounds = ["--paper", "--land"]
  .map((one) => getComputedStyle(document.documentElement).getPropertyValue(one))
  .filter(Boolean).map(rgba);
const parts = ".shape > *, .mark > :not(.halo), .map-unit g > :not(.halo, text), .map-line,"
  + " .anchor, .map-open, .open, .hairline > *, .enlarged-edge path, .months .bar, .months .foot,"
  + " .dot, .hair.ink, .strip path, .strip .window, .levels .edge, .levels .foot, .hatch path,"
  + " .hatch circle, .map-hatch *";
let drawn = 0;
for (const e of document.querySelectorAll(parts)) {
  if (!visible(e)) continue;
  drawn += 1;
  const s = getComputedStyle(e);
  const paints = [[s.stroke, s.strokeOpacity], [s.fill, s.fillOpacity]]
    .filter(([paint]) => paint !== "none" && !paint.startsWith("url"));
  for (const below of grounds) {
    const best = Math.max(...paints.map(([paint, share]) => (
      contrast(over(rgba(paint), below, Number(share)), below))));
    say(3, best, e, "drawn");
  }
}
if (!drawn) found.add("nothing is drawn");
"""

#: the ring of each kind of element that takes the focus
_RINGS = """
const kinds = new Set();
for (const e of document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")) {
  if (!visible(e) || kinds.has(name(e))) continue;
  e.focus({ preventScroll: true });
  if (document.activeElement !== e) continue;
  kinds.add(name(e));
  const s = getComputedStyle(e);
  const [around, own] = [ground(e.parentElement), ground(e)];
  if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) {
    const strokes = [...e.querySelectorAll("*")].map((part) => getComputedStyle(part))
      .filter((part) => parseFloat(part.strokeWidth) >= 2 && part.stroke.startsWith("rgb"));
    const values = strokes.map(({ stroke }) => contrast(over(rgba(stroke), own), own));
    const best = Math.max(0, ...values);
    say(3, best, e, "no ring");
    continue;
  }
  const ring = rgba(s.outlineColor);
  if (parseFloat(s.outlineOffset) < 0) say(3, contrast(over(ring, own), own), e, "ring inside");
  else say(3, contrast(over(ring, around), around), e, "ring");
  // one that touches its element has to differ from it too
  if (parseFloat(s.outlineOffset) >= 0 && parseFloat(s.outlineOffset) < 1) {
    say(3, contrast(over(ring, own), own), e, "ring on its element");
  }
}
if (kinds.size < 3) found.add("nothing takes the focus");
"""

#: text on a ground that the page has set itself
_REVERSED = """
for (const e of document.querySelectorAll("body *")) {
  const own = rgba(getComputedStyle(e).backgroundColor);
  if (own[3] === 0 || !visible(e) || !e.innerText?.trim()) continue;
  const s = getComputedStyle(e);
  const page = rgba("Canvas");
  if (own.join() === page.join()) continue;
  if (s.forcedColorAdjust !== "none") found.add(`the browser covers it: ${name(e)}`);
  say(4.5, contrast(over(rgba(s.color), own), own), e, "reversed");
}
"""

#: contrast with the paper of everything drawn or edged, by element, to compare two settings
_ALL = """
const paper = ground(document.body);
return [...document.querySelectorAll("[data-panel] *, .leaflet-container *")].filter(visible)
  .map((e) => {
    const s = getComputedStyle(e);
    return [s.color, s.borderTopColor, s.stroke].map((paint) => (
      paint.startsWith("rgb") ? contrast(over(rgba(paint), paper), paper) : 0));
  });
"""


def _run(frame: Page | Frame, script: str) -> Any:
    return frame.evaluate(f"() => {{ {_COLOURS} {script} }}")


def faint(frame: Page | Frame) -> list[str]:
    """List edges of controls and drawn parts below 3 : 1, and placeholders below 4.5 : 1."""
    found: list[str] = _run(frame, f"{_CONTROLS} {_DRAWN} return [...found];")
    return found


def faint_edges(frame: Page | Frame) -> list[str]:
    """List edges of controls below 3 : 1, and placeholders below 4.5 : 1."""
    found: list[str] = _run(frame, f"{_CONTROLS} return [...found];")
    return found


def faint_rings(frame: Page | Frame) -> list[str]:
    """List kinds of elements whose ring of focus is missing or below 3 : 1."""
    found: list[str] = _run(frame, f"{_RINGS} return [...found];")
    return found


def covered(frame: Page | Frame) -> list[str]:
    """List texts on a ground of the page that forced colours make unreadable."""
    found: list[str] = _run(frame, f"{_REVERSED} return [...found];")
    return found


def contrasts(frame: Page | Frame) -> list[list[float]]:
    """Return the contrast of text, edge and stroke with the paper, by element."""
    found: list[list[float]] = _run(frame, _ALL)
    return found
