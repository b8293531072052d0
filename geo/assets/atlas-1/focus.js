// Where the focus is, and where it goes when a change of the page takes its element away: to the
// same thing drawn anew, else to what the page names as next, else to the heading of its block.
const page = document.getElementById("page");
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
const KEYS = ["data-record", "data-event", "data-place", "data-country", "data-flag", "data-sort", "href"];

export const seen = (node) => node.isConnected && node.getClientRects().length > 0;
export const first = (root, selector) => [...root.querySelectorAll(selector)].find(seen);

// the element that has the focus, also within the map's frame, which is no part of this document
export const within = (node) => (node?.tagName === "IFRAME" && node.contentDocument?.activeElement) || node;

const named = (key, value) => `[${key}="${CSS.escape(value)}"]`;
const name = (node) => {
  if (node.id) return `#${CSS.escape(node.id)}`;
  const unit = node.closest("[data-unit]")?.dataset.unit; // of the map
  if (unit) return `${named("data-unit", unit)} a`;
  const key = KEYS.find((one) => node.getAttribute(one));
  if (key) return named(key, node.getAttribute(key));
  const around = node.closest("[id]");
  return around && node.tagName === "SUMMARY" ? `#${CSS.escape(around.id)} > summary` : null;
};

const inSight = (node) => {
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
};

// An element and how it is found again once it has been drawn anew; null for none.
export const remember = (node) => {
  const found = within(node);
  if (!found || found === found.ownerDocument.body) return null;
  const { panel } = found.closest("[data-panel]")?.dataset ?? {};
  const { ownerDocument: root, dataset: { next } } = found;
  return { node: found, root, name: name(found), next, panel, inSight: inSight(found) };
};

// what is there of an element that was remembered: itself, or what was drawn in its place
export const again = (kept) => {
  if (!kept) return null;
  if (seen(kept.node)) return kept.node;
  if (!kept.name || !kept.root.defaultView) return null;
  const panel = kept.panel && kept.root.querySelector(named("data-panel", kept.panel));
  // links of different kinds lead to the same address
  return (panel && first(panel, kept.name)) || (kept.name.startsWith("[href") ? null : first(kept.root, kept.name));
};

export const give = (node) => {
  if (!node.matches(FOCUSABLE)) node.tabIndex = -1;
  const frame = node.ownerDocument.defaultView.frameElement;
  frame?.focus({ preventScroll: true });
  node.focus({ preventScroll: Boolean(frame) });
};

export const lost = () => {
  const active = document.activeElement;
  return !active || active === document.body || !seen(active);
};

// the page was drawn: what had the focus before has it still, in sight if it was
export const restore = (kept) => {
  if (!kept) return;
  if (lost()) {
    const panel = kept.panel && page.querySelector(named("data-panel", kept.panel));
    // the box of the map stays; whatever is in it may be drawn anew at any time
    const inPlace = panel && (first(panel, "[tabindex='-1'], h2, h3") ?? panel.closest("#live"));
    const target = again(kept) || (kept.next && first(page, kept.next)) || inPlace || first(page, "#sentence, h1, h2");
    if (target) give(target);
  } else if (kept.inSight && document.activeElement === kept.node && !inSight(kept.node)) {
    kept.node.scrollIntoView({ block: "nearest" });
  }
};

// a part that begins in the upper half of the window is where readers look
export const bring = (part) => {
  const { top } = part.getBoundingClientRect();
  if (top < 0 || top > window.innerHeight / 2) part.scrollIntoView();
};

// Give the focus to the part of the page that an address points to, or to its heading.
export const point = (hash) => {
  const part = hash.length > 1 && document.getElementById(hash.slice(1));
  if (!part || part.contains(document.activeElement)) return;
  bring(part);
  give(first(part, ":scope > :is(h2, h3)") ?? part);
};
