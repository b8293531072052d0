// The open card: where the focus goes when it opens and closes, the sheet of a phone, and what is
// folded on paper.
const page = document.getElementById("page");
const PULLED = 48; // pixels by which the sheet is pulled until it follows

const { again, first, give, lost, remember } = await window.atlas.fetched(window.atlas.modules.focus);

const heading = () => page.querySelector("[data-focus]");

// -- focus

let opener = null; // what opened the card
let shown = heading()?.dataset.focus ?? null;

export const from = (node) => {
  const kept = remember(node);
  if (kept && kept.panel !== "card") opener = kept;
};

// what is there of the thing that the card showed: its mark, its row, else the list's heading, else
// that of the page
const instead = (code) => {
  const named = ["data-record", "data-event", "data-place", "data-country"].map((key) => `[${key}="${CSS.escape(code)}"]`);
  // a mark stands for several records
  const all = [...named, `[data-records~="${CSS.escape(code)}"]`];
  for (const one of all) {
    const found = first(page, `[data-panel]:not([data-panel=card]) :is(a, button, summary)${one}`);
    if (found) return found;
  }
  // a table's rows have their links' addresses alone
  const rows = ["record", "event", "country"].map((key) => `tr a[href$="${key}=${CSS.escape(code)}"]`);
  for (const one of [...rows, "[data-panel=list] h2", "#sentence", "h1"]) {
    const found = first(document, one);
    if (found) return found;
  }
  return null;
};

const back = () => {
  if (!lost()) return;
  const target = again(opener) || instead(shown);
  if (target) give(target);
};

// the page was drawn; `kept` is what had the focus before
export const drawn = (kept) => {
  const title = heading();
  if (!title) {
    if (shown !== null) back();
    opener = null;
    shown = null;
    delete page.dataset.tall;
    return;
  }
  if (shown === title.dataset.focus) return;
  if (kept && kept.panel !== "card") opener = kept;
  shown = title.dataset.focus;
  title.closest("[data-panel=card]")?.scrollTo(0, 0);
  title.focus({ preventScroll: true });
  // picked far below: what was picked is above, out of sight
  if (title.dataset.reveal !== undefined && kept) title.scrollIntoView({ block: "nearest" });
  // beside a card a table has few rows: the open one is in another place
  first(page, "tr[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  reveal();
};

// what is open is marked, and not under the sheet
export const reveal = () => {
  if (page.dataset.card === undefined) return;
  const panel = page.querySelector("[data-panel=card]");
  if (getComputedStyle(panel).position !== "fixed") return;
  first(page, "[data-records][aria-current=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
};

// -- the sheet: pulled down it closes, pulled up it is as high as the window

let pulled = null;
page.addEventListener("pointerdown", (event) => {
  const head = event.target.closest(".cardhead");
  if (!head || event.target.closest("a, button") || event.pointerType === "mouse") return;
  if (getComputedStyle(head.querySelector(".grip")).display !== "none") pulled = event.clientY;
});
window.addEventListener("pointerup", (event) => {
  if (pulled === null) return;
  const by = event.clientY - pulled;
  pulled = null;
  if (by < -PULLED) page.dataset.tall = "";
  else if (by > PULLED && page.dataset.tall !== undefined) delete page.dataset.tall;
  else if (by > PULLED) window.atlas.escape();
});
window.addEventListener("pointercancel", () => { pulled = null; });

// -- paper: browsers that cannot open what is folded by a style

let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...page.querySelectorAll("details:not([open], .menu)")];
  for (const part of folded) part.open = true;
});
window.addEventListener("afterprint", () => {
  for (const part of folded) part.open = false;
  folded = [];
});

reveal();
