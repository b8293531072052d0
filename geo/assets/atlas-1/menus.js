// One menu is open at a time. It is closed by a click elsewhere (also one inside the map's frame,
// which is a blur of this window) and by Escape.
const page = document.getElementById("page");
const OPEN = "details.menu[open]";
const MARGIN = 8; // pixels between what a menu shows and the edge of the window

const close = (except) => {
  for (const menu of page.querySelectorAll(OPEN)) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
};

// What a menu shows begins below its name, and moves to the left where the window ends: a page that
// is wider than its window would move when the menu is closed. A property of the whole page, since
// merging a block takes away what the server has not written.
export const place = () => {
  const shown = page.querySelector(`${OPEN} > .pop`);
  if (!shown) return;
  const { style, clientWidth } = document.documentElement;
  style.setProperty("--aside", "0px");
  const beyond = shown.getBoundingClientRect().right + MARGIN - clientWidth;
  style.setProperty("--aside", `${-Math.max(0, Math.ceil(beyond))}px`);
};

// Close the menu that holds a node and give the focus back to its name; whether there was one.
export const leave = (node) => {
  const menu = node.closest?.(OPEN);
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
};

page.addEventListener("toggle", (event) => {
  if (!event.target.matches(OPEN)) return;
  close(event.target);
  place();
}, true);
window.addEventListener("resize", place);
// only by a whole click: what moves between the press and the release of a button gets no click
document.addEventListener("click", (event) => close(event.target));
window.addEventListener("blur", () => { if (document.activeElement?.tagName === "IFRAME") close(null); });
