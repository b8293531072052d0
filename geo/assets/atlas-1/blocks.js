// The blocks of the page: new HTML is merged into the old, so that focus, scroll, open menus
// and what is being written stay.
const { Idiomorph } = await window.atlas.fetched(window.atlas.modules.morph);
const { fold } = await window.atlas.fetched(window.atlas.modules.folding);

const page = document.getElementById("page");
const live = document.getElementById("live");
const MAP = "map";
// outside the main part of the page
const [HEAD, FOOT] = ["top", "foot"];
// what frames the content: its nodes stay while a page is shown, so that nothing on it moves. The
// content of another selection is new, and so is whatever follows it
const FRAME = new Set([HEAD, "provenance", "opening", "filters", "views", MAP, "legend", "days", "timeline-tools"]);
const FORMED = new Set(["legend"]); // blocks that each form of the map's page has in another place

const block = (name) => document.querySelector(`[data-panel="${CSS.escape(name)}"]`);

// whether a menu or a country is open belongs to the reader, until the server opens it anew;
// so does what narrows a list
const keep = (old, fresh) => {
  if (old.tagName === "DETAILS" && old.dataset?.opens === fresh.dataset?.opens) fresh.open = old.open;
  return old.dataset?.narrow === undefined;
};

export const narrow = (input) => {
  const wanted = fold(input.value);
  for (const option of input.closest("details").querySelectorAll("label.option")) {
    option.hidden = wanted !== "" && !fold(option.textContent).includes(wanted);
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

// what a change has led to, for those who hear the page
let heard = page.querySelector("[data-announced]")?.dataset.announced;
const announce = () => {
  const news = page.querySelector("[data-announced]")?.dataset.announced;
  if (news === undefined || news === heard) return;
  heard = news;
  window.atlas.announce(news);
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

// the same block in new nodes, which are there and do not move
const renew = (root) => {
  const fresh = root.cloneNode(true);
  Object.assign(fresh, { digest: root.digest, written: root.written });
  root.replaceWith(fresh);
  return fresh;
};

// Blocks in reading order: name, HTML (null leaves a block as it is), digest of the HTML.
export const draw = (code, form, blocks) => {
  const names = new Set(blocks.map(([name]) => name));
  for (const old of [...document.querySelectorAll(":is(body, #page) > [data-panel]")]) {
    if (!names.has(old.dataset.panel)) old.remove();
  }
  // a page without a map shows nothing of the last one, nor has it in its text
  if (!names.has(MAP)) clearPicture();
  const turned = page.dataset.page !== code;
  const formed = page.dataset.form !== form;
  Object.assign(page.dataset, { page: code, form });
  const isNew = (name) => name !== HEAD && name !== MAP
    && (turned || (formed && FORMED.has(name)) || !FRAME.has(name));
  let renewed = false;
  let place = null;
  for (const [name, html, digest] of blocks) {
    let root = block(name);
    if (!root) {
      root = document.createElement("div");
      root.dataset.panel = name;
      if (name === HEAD) page.before(root);
      else if (name === FOOT) page.after(root);
      else if (place) place.after(root);
      else page.prepend(root);
    }
    const changed = html !== null && html !== root.written;
    // what the document itself brought stays: a reader may have scrolled it
    if ((changed || renewed) && root.written !== undefined && isNew(name)) {
      renewed = true;
      root = renew(root);
    }
    // the symbols of a map too, but not its land
    if (name === MAP && changed) root.querySelectorAll("ul").forEach(renew);
    if (html !== null) morph(root, html, digest);
    if (name !== HEAD && name !== FOOT) place = name === MAP ? live : root;
  }
  page.toggleAttribute("data-card", Boolean(block("card")?.firstElementChild));
  announce();
};

// the blocks of a document that was fetched
export const read = (html) => {
  const fetched = new DOMParser().parseFromString(html, "text/html");
  const fresh = fetched.getElementById("page");
  if (!fresh) return null;
  const all = [...fetched.querySelectorAll("[data-panel]")];
  const blocks = all.map((part) => [part.dataset.panel, part.innerHTML]);
  const { page: code, form, address, view, ignored } = fresh.dataset;
  return { page: code, form, address, view, ignored: ignored !== undefined, title: fetched.title, blocks };
};
