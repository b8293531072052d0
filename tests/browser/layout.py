"""What of a page's text cannot be read: cut off, outside the window, or over other text."""

from __future__ import annotations

from playwright.sync_api import Page

#: the detail map is moved to what is outside it; the statement of China and the names on a chart
#: are whole where their links lead, and in the list below
WHOLE_ELSEWHERE = ".map-picture, .side.china .body, .chart .above"

_FAULTS = """(elsewhere) => {
  const found = new Set();
  const nameOf = (e) => e.tagName.toLowerCase()
    + (e.id ? `#${e.id}` : [...e.classList].map((name) => `.${name}`).join(""));
  const where = (e) => {
    const names = [];
    for (let at = e; at && at !== document.body && names.length < 4; at = at.parentElement) {
      names.unshift(nameOf(at));
    }
    return names.join(" > ");
  };
  const width = document.scrollingElement.scrollWidth;
  if (width > innerWidth) found.add(`the page is ${width} wide`);

  const drawn = { checkOpacity: true, checkVisibilityCSS: true, contentVisibilityAuto: true };
  const seen = (e) => {
    if (e.closest(`script, style, noscript, #root, title, desc, ${elsewhere}`)) return false;
    if (!e.checkVisibility(drawn)) return false;
    if (e.closest("details:not([open])") && !e.closest("summary")) return false;
    for (let at = e; at; at = at.parentElement) {
      if (getComputedStyle(at).clipPath === "inset(50%)") return false;
    }
    return true;
  };
  const above = (s, e) => /fixed|sticky/.test(s.position)
    || (s.position === "absolute" && e.matches(".pop, .map-tip, .bubble"));

  // lines of text, each with what of it is in sight and the layer that it is in
  const lines = [];
  const read = (e, words, line) => {
    let [left, top, right, bottom] = [line.left, line.top, line.right, line.bottom];
    let [layer, free] = [document.body, { x: false, y: false }];
    for (let at = e; at && at !== document.body; at = at.parentElement) {
      if (at instanceof SVGElement && !(at instanceof SVGSVGElement)) continue;
      const s = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      for (const [axis, from, to, start, end] of [
        ["x", line.left, line.right, box.left, box.right],
        ["y", line.top, line.bottom, box.top, box.bottom],
      ]) {
        const overflow = axis === "x" ? s.overflowX : s.overflowY;
        if (overflow === "visible" || free[axis]) continue;
        if (/auto|scroll/.test(overflow)) { free[axis] = true; continue; }
        // the box of a line is higher than its letters
        const room = axis === "x" ? 2 : .2 * line.height;
        if (from < start - room || to > end + room) found.add(`cut off: ${where(e)} ${words}`);
      }
      if (s.overflowX !== "visible" || s.overflowY !== "visible") {
        [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
        [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
      if (above(s, at)) { layer = at; free = { x: true, y: true }; }
    }
    if (!free.x && (line.left < -1 || line.right > innerWidth + 1)) {
      found.add(`outside: ${where(e)} ${words}`);
    }
    if (right - left < 2 || bottom - top < 2) return;
    lines.push({ e, words, layer, left, top, right, bottom });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.data.trim() || !seen(text.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      if (line.width > 1) read(text.parentElement, `“${text.data.trim().slice(0, 40)}”`, line);
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, i) => {
    for (let j = i + 1; j < lines.length && lines[j].top < one.bottom - 3; j += 1) {
      const other = lines[j];
      if (one.layer !== other.layer || one.e === other.e) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const least = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (across > 2 && down > Math.max(3, .35 * least)) {
        const both = [one, other].map(({ e, words }) => `${where(e)} ${words}`).join(" and ");
        found.add(`over each other: ${both}`);
      }
    }
  });

  for (const e of document.querySelectorAll("body *")) {
    if (e.scrollWidth <= e.clientWidth + 1) continue;
    if (!/auto|scroll/.test(getComputedStyle(e).overflowX)) continue;
    if (e.closest("#root") || !e.checkVisibility(drawn)) continue;
    const named = e.hasAttribute("aria-label") || e.hasAttribute("aria-labelledby");
    if (e.tabIndex < 0 || !named) found.add(`scrolls sideways without name or focus: ${where(e)}`);
  }
  const map = document.querySelector("#page[data-form=detail] > #live");
  const high = map?.getBoundingClientRect().height ?? 0;
  if (high > innerHeight - 48) found.add(`a map of ${high} leaves no room to scroll the page`);
  return [...found];
}"""


def unreadable(page: Page, elsewhere: str = WHOLE_ELSEWHERE) -> list[str]:
    """
    List what of a page cannot be read or reached at the window's size.

    Parameters
    ----------
    page : Page
        With a document of the atlas.
    elsewhere : str
        Selector of the parts that are not looked at.

    Returns
    -------
    list of str
        Text that is cut off, outside the window or over other text; parts that scroll sideways
        without a name or without the keyboard; a map that fills the window.
    """
    faults: list[str] = page.evaluate(_FAULTS, elsewhere)
    return faults
