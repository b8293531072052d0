// The slider of the day shown: dragged or moved by keys, it changes the address on release.
// Without this script, the bar of each month is a link.

const DAY = 86_400_000;
// pixels of movement that make a click a drag
const LEAST = 4;
// milliseconds without a key after which the day is taken
const REST = 400;

let drag = null;
let dragged = null;
let waiting = null;

const spoken = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const time = (slider, name) => Date.parse(slider.dataset[name]);
const limited = (slider, day) => Math.min(time(slider, "today"), Math.max(time(slider, "first"), day));
const shown = (slider) => time(slider, "first") + Number(slider.getAttribute("aria-valuenow")) * DAY;

const draw = (slider, day) => {
  const [begins, ends] = [time(slider, "begins"), time(slider, "ends")];
  slider.style.setProperty("--x", `${(100 * (day + DAY - begins) / (ends + DAY - begins)).toFixed(2)}cqw`);
  slider.setAttribute("aria-valuenow", String(Math.round((day - time(slider, "first")) / DAY)));
  slider.setAttribute("aria-valuetext", spoken.format(day));
  slider.querySelector(".bubble").textContent = spoken.format(day);
};

const go = (slider, day) => {
  const there = day === time(slider, "today") ? slider.dataset.now : slider.dataset.href.replace("DAY", iso(day));
  if (window.atlas?.go) window.atlas.go(there); else window.location.assign(there);
};

const stop = () => {
  drag?.slider.classList.remove("moving");
  drag = null;
};

const undo = () => {
  if (drag?.moved) draw(drag.slider, drag.before);
  stop();
};

const under = (slider, event) => {
  const box = slider.parentNode.querySelector(".months").getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  const [begins, ends] = [time(slider, "begins"), time(slider, "ends")];
  // the handle is at the end of its day
  const days = Math.ceil(share * ((ends + DAY - begins) / DAY)) - 1;
  return limited(slider, begins + days * DAY);
};

document.addEventListener("pointerdown", (event) => {
  const part = event.target.closest?.(".by-month");
  undo();
  dragged = null;
  if (!part || !event.isPrimary || event.button !== 0) return;
  const slider = part.querySelector(".day");
  drag = { part, slider, before: shown(slider), x: event.clientX, pointer: event.pointerId, moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  if (!drag.moved && Math.abs(event.clientX - drag.x) < LEAST) return;
  if (!drag.moved) {
    drag.part.setPointerCapture(drag.pointer);
    drag.slider.classList.add("moving");
  }
  drag.moved = true;
  draw(drag.slider, under(drag.slider, event));
});

document.addEventListener("pointerup", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { part, slider, before, moved } = drag;
  stop();
  if (!moved || !slider.isConnected) return;
  dragged = part;
  if (shown(slider) !== before) go(slider, shown(slider));
});

document.addEventListener("pointercancel", undo);

// the release of a drag is no click on the month below it, and its start no drag of a link
document.addEventListener("click", (event) => {
  const part = dragged;
  dragged = null;
  if (part && event.detail > 0 && part.contains(event.target)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".by-month")) event.preventDefault();
});

// the last day of the month that is so many months away
const monthEnd = (day, months) => {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0);
};
const ended = (day) => monthEnd(day, 0) === day;

const moves = {
  ArrowLeft: (day) => monthEnd(day, -1),
  ArrowRight: (day) => monthEnd(day, ended(day) ? 1 : 0),
  PageDown: (day) => monthEnd(day, -12),
  PageUp: (day) => monthEnd(day, 12),
  Home: (_day, slider) => time(slider, "first"),
  End: (_day, slider) => time(slider, "today"),
};
moves.ArrowDown = moves.ArrowLeft;
moves.ArrowUp = moves.ArrowRight;

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag?.moved) {
    event.stopPropagation();
    undo();
    return;
  }
  const slider = event.target.closest?.(".by-month .day");
  const move = moves[event.key];
  if (!slider || !move || window.atlas.command?.(event)) return;
  event.preventDefault();
  draw(slider, limited(slider, move(shown(slider), slider)));
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (slider.isConnected) go(slider, shown(slider)); }, REST);
}, true);
