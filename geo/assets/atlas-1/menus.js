// One menu is open at a time. It is closed by a click elsewhere (also one inside the map's frame,
// which is a blur of this window) and by Escape.
const OPEN = "details.menu[open]";
const LEAST = 240; // pixels below which a menu opens upwards, if there is more room
const MARGIN = 8; // pixels between what a menu shows and the edge of the window

// all filters at once: on a narrow screen what the menu opens follows it
const has = (menu, node) => menu.contains(node)
  || (menu.id === "menu-all" && menu.nextElementSibling.contains(node));

const close = (except) => {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (!except || !has(menu, except)) menu.open = false;
  }
};

// What a menu shows begins below its name. It moves to the left where the window ends, and is no
// higher than the window has room for, below the name or, where that is more, above it. Properties
// of the whole page, since merging a block takes away what the server has not written.
export const place = () => {
  const shown = document.querySelector(`${OPEN} > .pop`);
  if (!shown) return;
  const { style, clientWidth, clientHeight } = document.documentElement;
  for (const name of ["--aside", "--room", "--above"]) style.removeProperty(name);
  const beyond = shown.getBoundingClientRect().right + MARGIN - clientWidth;
  style.setProperty("--aside", `${-Math.max(0, Math.ceil(beyond))}px`);
  const name = shown.previousElementSibling.getBoundingClientRect();
  const [above, below] = [name.top - MARGIN, clientHeight - name.bottom - MARGIN];
  const wanted = shown.scrollHeight + MARGIN;
  const upwards = below < Math.min(wanted, LEAST) && above > below;
  style.setProperty("--room", `${Math.max(LEAST / 2, Math.floor(upwards ? above : below))}px`);
  style.setProperty("--above", upwards ? "1" : "0");
};

// Close the menu that holds a node and give the focus back to its name; whether there was one.
export const leave = (node) => {
  const all = document.getElementById("menu-all");
  const menu = node.closest?.(OPEN) ?? (all?.open && has(all, node) ? all : null);
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
};

document.addEventListener("toggle", (event) => {
  const opened = event.target;
  if (!opened.matches?.(OPEN)) return;
  // the event may come late, when a menu among all filters has been opened already
  const inner = [...document.querySelectorAll(OPEN)].find((menu) => menu !== opened && has(opened, menu));
  close(inner ?? opened);
  place();
}, true);
window.addEventListener("resize", place);
// only by a whole click: what moves between the press and the release of a button gets no click
document.addEventListener("click", ({ target }) => {
  // Enter in a field is a click on the form's button, which is not shown: the field's menu stays
  if (target.getClientRects().length) close(target);
});
window.addEventListener("blur", () => { if (document.activeElement?.tagName === "IFRAME") close(null); });
