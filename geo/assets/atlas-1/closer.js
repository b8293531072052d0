// Hands the overview over to the detail map: whoever zooms or drags one of its maps gets the
// detail map of the place under the pointer, as an address with a view.

const ZOOMS = { world: 4, europe: 5 }; // one nearer than the overview shows them
const DRAG = 8; // pixels that a press moves before it is a drag
const SPREAD = 1.15; // how far two fingers move apart before it is a zoom
const SCROLLING = 300; // milliseconds in which a turn of the wheel goes on scrolling the page

export const install = (live, open) => {
  const mapOf = (target) => target?.closest?.("[data-map]") ?? null;

  // a view of the place that is nearest to a point of the window
  const viewAt = (map, x, y) => {
    const away = (unit) => {
      const at = unit.parentNode.getBoundingClientRect();
      return Math.hypot(at.x - x, at.y - y);
    };
    const units = [...map.querySelectorAll("[data-at]")].map((unit) => [away(unit), unit]);
    if (!units.length) return null;
    const [, nearest] = units.reduce((one, other) => (other[0] < one[0] ? other : one));
    return `${nearest.dataset.at}_${ZOOMS[map.dataset.map]}`;
  };
  const openAt = (map, x, y) => {
    const view = viewAt(map, x, y);
    if (view) open(view);
    return view !== null;
  };

  let scrolled = -Infinity;
  window.addEventListener("scroll", () => { scrolled = performance.now(); }, { passive: true });
  live.addEventListener("wheel", (event) => {
    const map = mapOf(event.target);
    // down, the wheel scrolls the page as everywhere
    if (!map || event.deltaY >= 0 || performance.now() - scrolled < SCROLLING) return;
    if (openAt(map, event.clientX, event.clientY)) event.preventDefault();
  }, { passive: false });

  live.addEventListener("dblclick", (event) => {
    const map = mapOf(event.target);
    if (map && !event.target.closest("a")) openAt(map, event.clientX, event.clientY);
  });

  live.addEventListener("dragstart", (event) => { if (mapOf(event.target)) event.preventDefault(); });
  live.addEventListener("pointerdown", (down) => {
    const map = mapOf(down.target);
    if (!map || down.pointerType === "touch" || down.button) return;
    const ended = new AbortController();
    const { signal } = ended;
    document.addEventListener("pointermove", (event) => {
      if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < DRAG) return;
      ended.abort();
      if (!openAt(map, down.clientX, down.clientY)) return;
      // where a drag ends nothing was clicked
      const stop = (click) => { click.preventDefault(); click.stopPropagation(); };
      document.addEventListener("click", stop, { capture: true, once: true });
      document.addEventListener("pointerup", () => setTimeout(() => document.removeEventListener("click", stop, true)), { once: true });
    }, { signal });
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => ended.abort(), { signal });
  });

  // two fingers
  let apart = null;
  const distance = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  live.addEventListener("touchstart", ({ touches, target }) => {
    apart = touches.length === 2 && mapOf(target) ? distance(touches) : null;
  }, { passive: true });
  live.addEventListener("touchmove", (event) => {
    if (apart === null || event.touches.length !== 2 || distance(event.touches) < apart * SPREAD) return;
    apart = null;
    const [one, other] = event.touches;
    openAt(mapOf(event.target), (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
  }, { passive: true });

  live.addEventListener("keydown", (event) => {
    const map = mapOf(event.target);
    if (!map || event.key !== "+" || window.atlas.command?.(event)) return;
    const { x, y } = (event.target.closest("li") ?? map).getBoundingClientRect();
    if (openAt(map, x, y)) event.preventDefault();
  });
};
