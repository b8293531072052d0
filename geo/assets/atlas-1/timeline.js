// The timeline: a window drawn on its strip, or moved by keys, becomes the period of the address;
// arrow keys move from mark to mark, and a click near a mark is a click on it. Without this script
// the strip's links pick years, quarters or months.

const DAY = 86_400_000;
// pixels around an edge of the window within which a drag moves that edge
const EDGE = { mouse: 6, pen: 8, touch: 14 };
// pixels of movement that make a click a drag
const LEAST = 4;

let drag = null;
let dragged = null;

const limited = (share) => Math.min(1, Math.max(0, share));

// the window as shares of the strip's width; null where the whole time is shown
const drawn = (rect) =>
  rect.classList.contains("whole")
    ? null
    : [parseFloat(rect.getAttribute("x")) / 100, (parseFloat(rect.getAttribute("x")) + parseFloat(rect.getAttribute("width"))) / 100];

const draw = (rect, [first, end]) => {
  rect.classList.remove("whole");
  rect.setAttribute("x", `${(100 * first).toFixed(2)}%`);
  rect.setAttribute("width", `${(100 * (end - first)).toFixed(2)}%`);
};

// which edge of the window is at a place, if any
const edgeAt = (strip, share, type) => {
  const shown = drawn(strip.querySelector(".window"));
  if (!shown) return -1;
  const near = (EDGE[type] ?? EDGE.mouse) / strip.getBoundingClientRect().width;
  const away = shown.map((edge) => Math.abs(edge - share));
  const edge = away[0] < away[1] ? 0 : 1;
  return away[edge] <= near ? edge : -1;
};

const shareOf = (strip, event) => {
  const box = strip.getBoundingClientRect();
  return limited((event.clientX - box.left) / box.width);
};

// an edge that is dragged, the window that is moved, or a new one
const result = ({ from, edge, shown }, to) => {
  if (edge >= 0) return [shown[1 - edge], to].sort((a, b) => a - b);
  if (shown && from > shown[0] && from < shown[1]) {
    const length = shown[1] - shown[0];
    const first = Math.min(1 - length, Math.max(0, shown[0] + to - from));
    return [first, first + length];
  }
  return [from, to].sort((a, b) => a - b);
};

const address = (strip, [first, end]) => {
  const start = Date.parse(strip.dataset.first);
  const days = (Date.parse(strip.dataset.last) - start) / DAY + 1;
  const begins = Math.min(days - 1, Math.round(first * days));
  const last = Math.max(begins, Math.round(end * days) - 1);
  const day = (number) => new Date(start + number * DAY).toISOString().slice(0, 10);
  const whole = begins === 0 && last === days - 1;
  return strip.dataset.href.replace("period=PERIOD", `period=${whole ? "all" : `${day(begins)}_${day(last)}`}`);
};

const undo = () => {
  if (!drag) return;
  const { rect, before } = drag;
  for (const [name, value] of Object.entries(before)) rect.setAttribute(name, value);
  drag = null;
};

const go = (there) => {
  if (window.atlas?.go) window.atlas.go(there);
  else window.location.assign(there);
};

document.addEventListener("pointerdown", (event) => {
  const strip = event.target.closest?.(".chart .strip");
  undo();
  dragged = null;
  if (!strip || !event.isPrimary || event.button !== 0) return;
  const rect = strip.querySelector(".window");
  const from = shareOf(strip, event);
  const before = Object.fromEntries(["class", "x", "width"].map((name) => [name, rect.getAttribute(name)]));
  const edge = edgeAt(strip, from, event.pointerType);
  drag = { strip, rect, from, edge, before, shown: drawn(rect), x: event.clientX, pointer: event.pointerId, moved: false };
});

document.addEventListener("pointermove", (event) => {
  const strip = drag?.strip ?? event.target.closest?.(".chart .strip");
  if (!strip) return;
  if (!drag) {
    strip.classList.toggle("edge", edgeAt(strip, shareOf(strip, event), event.pointerType) >= 0);
    return;
  }
  if (event.pointerId !== drag.pointer) return;
  if (!drag.moved && Math.abs(event.clientX - drag.x) < LEAST) return;
  if (!drag.moved) strip.setPointerCapture(drag.pointer);
  drag.moved = true;
  draw(drag.rect, result(drag, shareOf(strip, event)));
});

document.addEventListener("pointerup", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { strip, moved } = drag;
  if (!moved || !strip.isConnected) {
    drag = null;
    return;
  }
  dragged = strip;
  const there = address(strip, result(drag, shareOf(strip, event)));
  // no answer will redraw the window if the address stays as it is
  if (new URL(there, window.location.href).href === window.location.href) undo();
  drag = null;
  go(there);
});

document.addEventListener("pointercancel", undo);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag?.moved) return;
  event.stopPropagation();
  undo();
}, true);

// the release of a drag is no click on the link below it, and its start no drag of that link
document.addEventListener("click", (event) => {
  const strip = dragged;
  dragged = null;
  if (strip && event.detail > 0 && strip.contains(event.target)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".chart .strip")) event.preventDefault();
});

// -- keys of the window

// milliseconds without a key after which the window is taken
const REST = 500;
let waiting = null;

const later = (day, months) => {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
};
const spoken = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 };

// the window moved by months as a whole, or its end alone; null where it would leave the strip
const moved = (strip, slider, months, endAlone) => {
  const [first, last] = slider.dataset.shown.split("_").map(Date.parse);
  const [begin, end] = [endAlone ? first : later(first, months), later(last + DAY, months) - DAY];
  const [from, to] = [Date.parse(strip.dataset.first), Date.parse(strip.dataset.last)];
  return begin < from || end > to || end <= begin ? null : [begin, end];
};

document.addEventListener("keydown", (event) => {
  const slider = event.target.closest?.(".window-slider");
  const months = STEPS[event.key];
  if (!slider || !months || window.atlas.command?.(event)) return;
  event.preventDefault();
  const strip = slider.parentNode.querySelector(".strip");
  const shown = moved(strip, slider, months, event.shiftKey);
  if (!shown) return;
  const from = Date.parse(strip.dataset.first);
  const days = (Date.parse(strip.dataset.last) - from) / DAY + 1;
  const shares = [(shown[0] - from) / DAY / days, ((shown[1] - from) / DAY + 1) / days];
  draw(strip.querySelector(".window"), shares);
  slider.style.setProperty("--x", `${(100 * shares[0]).toFixed(2)}%`);
  slider.style.setProperty("--wide", `${(100 * (shares[1] - shares[0])).toFixed(2)}%`);
  slider.dataset.shown = shown.map((day) => new Date(day).toISOString().slice(0, 10)).join("_");
  slider.setAttribute("aria-valuenow", String(Math.round(100 * shares[0])));
  slider.setAttribute("aria-valuetext", shown.map((day) => spoken.format(day)).join(" to "));
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (strip.isConnected) go(address(strip, shares)); }, REST);
}, true);

// -- marks

const middle = (link) => {
  const box = link.getBoundingClientRect();
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
};

const beside = (link, key) => {
  const rows = [...link.closest(".plots").querySelectorAll(".dots")];
  const own = [...link.closest(".dots").querySelectorAll("a")];
  if (key === "Home") return own[0];
  if (key === "End") return own[own.length - 1];
  if (key === "ArrowLeft" || key === "ArrowRight") return own[own.indexOf(link) + (key === "ArrowLeft" ? -1 : 1)];
  const step = key === "ArrowUp" ? -1 : 1;
  const [x] = middle(link);
  for (let row = rows.indexOf(link.closest(".dots")) + step; rows[row]; row += step) {
    const near = [...rows[row].querySelectorAll("a")].sort((a, b) => Math.abs(middle(a)[0] - x) - Math.abs(middle(b)[0] - x));
    if (near.length) return near[0];
  }
  return null;
};

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(".dots a");
  if (!link || window.atlas.command?.(event)) return;
  if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  beside(link, event.key)?.focus();
});

// pixels around a mark that belong to it where no other is nearer
const NEAR = 12;
document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".dots");
  if (!row || event.target.closest("a")) return;
  const away = (link) => {
    const box = link.getBoundingClientRect();
    const across = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
    return Math.hypot(across, Math.max(box.top - event.clientY, 0, event.clientY - box.bottom));
  };
  const [near] = [...row.querySelectorAll("a")].map((link) => [away(link), link]).sort(([a], [b]) => a - b);
  if (near && near[0] <= NEAR) near[1].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
});
