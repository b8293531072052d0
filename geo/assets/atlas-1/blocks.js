// The blocks of the page: new HTML is merged into the old, so that focus, scroll, open menus
// and what is being written stay.
const { Idiomorph } = await window.atlas.fetched(window.atlas.modules.morph);

const page = document.getElementById("page");
const live = document.getElementById("live");
const MAP = "map";

const block = (name) => page.querySelector(`[data-panel="${CSS.escape(name)}"]`);

// whether a menu or a country is open belongs to the reader, until the server opens it anew;
// so does what narrows a list
const keep = (old, fresh) => {
  if (old.tagName === "DETAILS" && old.dataset?.opens === fresh.dataset?.opens) fresh.open = old.open;
  return old.dataset?.narrow === undefined;
};

export const narrow = (input) => {
  const wanted = input.value.trim().toLocaleLowerCase();
  for (const option of input.closest("details").querySelectorAll("label.option")) {
    option.hidden = wanted !== "" && !option.textContent.toLocaleLowerCase().includes(wanted);
  }
};

const morph = (root, html, digest) => {
  root.digest = digest;
  if (root.written === html) return;
  root.written = html;
  Idiomorph.morph(root, html, {
    morphStyle: "innerHTML",
    // a field keeps what is being typed; a heading that has the focus takes its new text
    ignoreActiveValue: document.activeElement?.matches("input, textarea, select") ?? false,
    callbacks: { beforeNodeMorphed: keep },
  });
  // a checkbox that was clicked no longer follows its attribute
  for (const box of root.querySelectorAll("input[type=checkbox]")) {
    box.checked = box.hasAttribute("checked");
  }
  for (const field of root.querySelectorAll("[data-narrow]")) if (field.value) narrow(field);
};

// a card that is closed gives the focus back to what opened it
let opener = null;
let shown = document.querySelector("[data-focus]")?.dataset.focus ?? null;

const focus = (before) => {
  const heading = page.querySelector("[data-focus]");
  if (!heading) {
    if (shown !== null && opener?.isConnected && document.activeElement === document.body) opener.focus();
    opener = null;
    shown = null;
    return;
  }
  if (shown === heading.dataset.focus) return;
  shown = heading.dataset.focus;
  if (before && before !== document.body && !before.closest("[data-panel=card]")) opener = before;
  heading.focus({ preventScroll: true });
  // picked far below: what was picked stands above, out of sight
  if (heading.dataset.reveal !== undefined && before !== document.body) heading.scrollIntoView({ block: "nearest" });
};

// whether the page holds each block that comes without its HTML, since the server has sent it
export const holds = (blocks) => blocks.every(([name, html, digest]) =>
  html !== null || name === MAP || block(name)?.digest === digest);

// the map's picture, which the next document that is fetched draws anew
export const clearPicture = () => {
  const picture = block(MAP);
  picture.replaceChildren();
  picture.written = null;
};

// Blocks in reading order: name, HTML (null leaves a block as it is), digest of the HTML.
export const draw = (code, blocks) => {
  const before = document.activeElement;
  const names = new Set(blocks.map(([name]) => name));
  for (const old of [...page.querySelectorAll(":scope > [data-panel]")]) {
    if (!names.has(old.dataset.panel)) old.remove();
  }
  // a page without a map shows nothing of the last one, nor has it in its text
  if (!names.has(MAP)) clearPicture();
  page.dataset.page = code;
  let place = null;
  for (const [name, html, digest] of blocks) {
    let root = block(name);
    if (!root) {
      root = document.createElement("div");
      root.dataset.panel = name;
      if (place) place.after(root); else page.prepend(root);
    }
    if (html !== null) morph(root, html, digest);
    place = name === MAP ? live : root;
  }
  focus(before);
};

// the blocks of a document that was fetched
export const read = (html) => {
  const fetched = new DOMParser().parseFromString(html, "text/html");
  const fresh = fetched.getElementById("page");
  if (!fresh) return null;
  const all = [...fresh.querySelectorAll("[data-panel]")];
  const blocks = all.map((part) => [part.dataset.panel, part.innerHTML]);
  const { page: code, address, ignored } = fresh.dataset;
  return { page: code, address, ignored: ignored !== undefined, title: fetched.title, blocks };
};
