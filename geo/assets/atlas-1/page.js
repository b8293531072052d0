// Keeps the page at its address. A click or a change of a field is a change of the address;
// the page is then brought to it: by Streamlit while its socket is there, else by fetching the
// document of that address. Both bring the same blocks.
const { fetched, log, modules, patience, persist, say, styles, waited, words } = window.atlas;
const [
  { here, merged, ofCard, ofField, same, withView }, { clearPicture, draw, holds, read }, { leave, place },
  { drawn: cardDrawn, from: cardFrom, reveal }, { bring: bringUp, first, give, point, remember, restore },
  { change, forget, install: installFields, reset, restore: restoreField, write },
] = await Promise.all(["address", "blocks", "menus", "cards", "focus", "fields"].map((name) => fetched(modules[name])));

const page = document.getElementById("page");
const live = document.getElementById("live");
const ANSWER = 2500; // milliseconds that Streamlit has for an answer

// the address that the page shows: as it was asked for, and as the server writes it
let asked = window.location.href;
let written = withView(page.dataset.address, page.dataset.view);
// the address that was asked for last: until its answer is there, the page shows another
let wanted = asked;
let layer = null; // of the map, as Streamlit has sent it; the map says which it has drawn
let drawn = null;
let frame = null; // that it has drawn it in: another page has none, and the next is empty at first

// a map that is there stays until it has drawn the next layer, since its picture is older
const mapped = () => {
  if (layer === null || !frame?.isConnected) live.classList.remove("drawn");
  else if (layer === drawn) {
    live.classList.add("drawn");
    const kept = remember(document.activeElement);
    // no run draws the picture again: it would keep the links of what is withheld meanwhile
    clearPicture();
    restore(kept);
  }
};

// -- the page as it is drawn

const replaceAddress = (address) => {
  const { pathname, search, hash } = window.location;
  if (address !== pathname + search + hash) window.atlas.replace(address);
};

// the view that an address asks for as the server writes it, unless the map has moved on meanwhile
const canonicalView = (view) => {
  const now = here().searchParams.get("view");
  return view && now === new URL(asked).searchParams.get("view") ? view : now;
};

// the server's own form of the address; where it has ignored a value, the address keeps it
const settle = ({ address, ignored, view }) => {
  if (!ignored) replaceAddress(withView(address + window.location.hash, canonicalView(view)));
  asked = window.location.href;
  written = withView(address, view);
  frame?.contentWindow?.AtlasMap?.card();
  arrive();
};

// Streamlit names the document too, after its own name of the page
let { title } = document;
const entitle = () => { if (document.title !== title) document.title = title; };
new MutationObserver(entitle).observe(document.querySelector("title"), { childList: true });

// the style of a page comes with it, and before it is drawn, unless it keeps the reader waiting
const STYLING = 2000; // milliseconds
const styled = new Set(styles[page.dataset.page]);
const sheet = (href) => new Promise((done, failed) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done });
  link.onerror = () => { link.remove(); failed(new Error(href)); };
  document.head.append(link);
});
const style = (code) => Promise.all((styles[code] ?? []).filter((href) => !styled.has(href)).map((href) => {
  styled.add(href);
  const came = persist(href, () => sheet(href)).catch((error) => {
    styled.delete(href);
    log(`the style of the page “${code}” cannot be fetched`, error);
  });
  return Promise.race([came, new Promise((done) => setTimeout(done, STYLING))]);
}));

// likewise what only one page needs of scripts
const scripted = new Set();
const SCRIPTS = {
  map: () => Promise.all([
    fetched(modules.closer)
      .then(({ install }) => install(live, (view) => go(withView(window.location.href, view)))),
    fetched(modules.days),
    fetched(modules.arrows),
  ]),
  timeline: () => fetched(modules.timeline),
};
const equip = (code) => {
  if (!SCRIPTS[code] || scripted.has(code)) return;
  scripted.add(code);
  SCRIPTS[code]().catch((error) => {
    scripted.delete(code);
    log(`the script of the page “${code}” cannot be fetched`, error);
    say(words.part);
  });
};

// between the press and the release of a button the page stands still: what moved away from under
// the pointer would get no click
const LONGEST = 1000; // milliseconds that a press can hold the page
let released = null;
document.addEventListener("pointerdown", () => {
  released = new Promise((done) => {
    const free = () => setTimeout(done);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, free, { once: true });
    setTimeout(done, LONGEST);
  });
}, true);

const show = async (fresh, forAddress) => {
  await style(fresh.page);
  await released;
  if (!same(forAddress, window.location.href)) return false;
  const kept = remember(document.activeElement);
  draw(fresh.page, fresh.form, fresh.blocks);
  place();
  cardDrawn(kept);
  restore(kept);
  title = fresh.title;
  entitle();
  settle(fresh);
  reached();
  equip(fresh.page);
  return true;
};

let fetching = null;
const fetchPage = async ({ again = false, moved = false } = {}) => {
  fetching?.abort();
  fetching = new AbortController();
  const { signal } = fetching;
  const address = window.location.href;
  try {
    const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
    const fresh = read(await response.text());
    if (!fresh) throw new Error(`no page in the answer (${response.status})`);
    if (await show(fresh, address)) {
      // the map shows what Streamlit has sent last, and that is older, unless only the view moved
      if (!moved) layer = null;
      mapped();
      say(window.atlas.late ? words.away : "");
    }
  } catch (error) {
    if (signal.aborted) return;
    if (!again) { setTimeout(() => { if (!signal.aborted) fetchPage({ again: true, moved }); }, 1000); return; }
    log(`${address} cannot be fetched`, error);
    say(words.failed);
  }
};

// -- Streamlit

const connected = () => document.querySelector('.stApp[data-test-connection-state="CONNECTED"]') !== null;

let answer;
const expectAnswer = () => {
  clearTimeout(answer);
  const address = window.location.href;
  answer = setTimeout(() => {
    if (!same(address, window.location.href) || same(asked, address)) return;
    // a socket may be open and dead: pages are fetched until Streamlit has answered after all
    lose();
    fetchPage();
  }, ANSWER);
};

const bring = () => {
  wanted = window.location.href;
  if (window.atlas.live && connected()) {
    // Streamlit answers a step through the history with a run of the new address
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
    expectAnswer();
  } else {
    fetchPage();
  }
};

let last = null; // what Streamlit has sent
const receive = async (data, missed) => {
  last = [data, missed];
  if (!data.layer) frame = null;
  if (!holds(data.blocks)) {
    missed();
    return;
  }
  const first = !window.atlas.live;
  window.atlas.live = true;
  clearTimeout(absent);
  window.atlas.late = false;
  if (!same(data.asked, window.location.href)) {
    // the reader has gone on meanwhile; while a run is on its way, its answer comes by itself
    if (first) bring();
    return;
  }
  if (await show(data, data.asked)) {
    clearTimeout(answer);
    fetching?.abort();
    layer = data.layer ?? null;
    mapped();
    say("");
    document.documentElement.dataset.live = "true";
  }
};

let absent;
function lose() {
  window.atlas.live = false;
  delete document.documentElement.dataset.live;
  clearTimeout(absent);
  absent = setTimeout(() => {
    window.atlas.late = true;
    say(words.away);
    log("no live updates: the connection was lost");
  }, patience);
}

const watch = () => {
  // what holds the map is no stop of the keyboard
  document.querySelector('#stMain[tabindex="0"]')?.setAttribute("tabindex", "-1");
  if (connected() === window.atlas.live || !last) return;
  if (connected()) {
    // back again, perhaps on another server: Streamlit asks for the address that it knows, and
    // what it sends is no news to it if it is the same as before
    if (same(last[0].asked, window.location.href)) receive(...last);
    else window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
    return;
  }
  lose();
};
new MutationObserver(watch).observe(document.getElementById("root"), {
  subtree: true, childList: true, attributeFilter: ["data-test-connection-state"],
});

// Streamlit's style for all elements of a page is made for pages of its own
const mute = (node) => { if (node.dataset?.emotion?.endsWith("-global")) node.media = "not all"; };
new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(mute)))
  .observe(document.head, { childList: true });
document.querySelectorAll("style[data-emotion]").forEach(mute);

// -- what a reader does

// where a link has led that names a part of the page, or a search that was sent: the focus goes
// there with the reader
let pointed = "";
let searched = null;
function reached() {
  const hit = searched && first(page, "[data-panel=list] .matches a[data-record]");
  if (hit && document.activeElement === searched) give(hit);
  else if (pointed) point(pointed);
  if (pointed) arrived = false;
  [pointed, searched] = ["", null];
}

const go = (href, { replace = false } = {}) => {
  const url = new URL(href, window.location.href);
  if (url.origin !== window.location.origin) { window.location.assign(url.href); return; }
  const address = url.pathname + url.search + url.hash;
  const before = window.location.pathname;
  // as for any link, the same address again is no step of the history
  if (replace || url.href === window.location.href) window.atlas.replace(address);
  else window.atlas.push(address);
  if (url.pathname !== before) window.scrollTo(0, 0);
  pointed = url.hash;
  if (same(address, asked) && same(address, wanted)) reached(); else bring();
};

const PAGES = new Set([new URL(".", window.location.href).pathname, ...[...document.querySelectorAll(".top nav a")].map((a) => new URL(a.href).pathname)]);

// another view of the map: of its picture, which only the server can draw; or another form of the
// page, which is a step of the history
const move = (address, view) => {
  const target = withView(address, view);
  if (!same(target, window.location.href)) { go(target); return; }
  replaceAddress(target);
  fetchPage({ moved: same(asked, window.location.href) });
};

const follow = (event, link) => {
  // also of a link in a drawing, whose `href` is no text
  const url = new URL(link.getAttribute("href"), window.location.href);
  const elsewhere = link.hasAttribute("target") || link.hasAttribute("download");
  if (elsewhere || url.origin !== window.location.origin || !PAGES.has(url.pathname)) return;
  const view = here().searchParams.get("view");
  const href = link.dataset.whole === undefined ? merged(url.href, asked, written) : withView(url.href, view);
  // a link that is to open elsewhere stays a link
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) { link.setAttribute("href", href); return; }
  event.preventDefault();
  if (link.dataset.view === undefined) go(href); else move(merged(url.href, asked, written), url.searchParams.get("view"));
};

// what could not be copied, in a field and selected, to be copied by hand; without a secure address
// there is no clipboard, and in a frame there is no window for a question
const byHand = (button, text) => {
  document.querySelector(".by-hand")?.remove();
  const field = Object.assign(document.createElement("input"), { readOnly: true, value: text });
  const label = Object.assign(document.createElement("label"), { className: "by-hand", textContent: words.copy });
  label.append(field);
  button.after(label);
  field.focus();
  field.select();
};

// the code of a frame is made by the server, which knows how high it has to be
const codeOf = async (address, url) => {
  const answer = await fetch(`${address}?url=${encodeURIComponent(url)}`);
  if (!answer.ok) throw new Error(`no code: ${answer.status}`);
  return (await answer.json()).html;
};

const copy = async (button) => {
  const { copy: value, copied, text, href } = button.dataset;
  let shared = text !== undefined ? value : new URL(merged(value, asked, written), window.location.href).href;
  try {
    if (href) shared = await codeOf(href, shared);
  } catch (error) {
    log("no code to copy", error);
    say(words.failed);
    return;
  }
  try {
    await navigator.clipboard.writeText(shared);
    button.textContent = copied;
    window.atlas.announce(copied);
  } catch (error) {
    byHand(button, shared);
  }
};

// touch screens have a menu of their own for what is passed on
if (navigator.share && window.matchMedia("(pointer: coarse)").matches) {
  document.documentElement.classList.add("sends");
}
const send = async (button) => {
  const url = new URL(merged(button.dataset.send, asked, written), window.location.href).href;
  try {
    await navigator.share({ title: document.title, url });
  } catch (error) {
    // a reader may close that menu again
    if (error.name !== "AbortError") log("nothing could be sent", error);
  }
};

document.addEventListener("click", (event) => {
  const sending = event.target.closest?.("[data-send]");
  if (sending) { event.preventDefault(); send(sending); return; }
  const button = event.target.closest?.("[data-copy]");
  if (button) { event.preventDefault(); copy(button); return; }
  const link = event.target.closest?.("a[href]");
  if (link?.closest("[data-panel]")) follow(event, link);
});

installFields(go, (field) => {
  searched = field.matches("[data-live]") ? field : null;
  if (!same(ofField(field), asked)) return false;
  reached();
  return true;
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || window.atlas.command?.(event)) return;
  if (event.key === "Escape") {
    if (restoreField(event.target) || leave(event.target)) event.preventDefault(); else window.atlas.escape();
    return;
  }
  // keys of one letter work only inside what they step, and never while somebody writes
  if (event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  event.target.closest?.("#stepper")
    ?.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`)?.click();
});

window.addEventListener("popstate", (event) => {
  if (!event.isTrusted) return;
  forget();
  wanted = window.location.href;
  // before the view was there that the reader leaves
  if (same(asked, wanted)) { reset(); return; }
  // Streamlit hears of it too, and runs
  if (window.atlas.live && connected()) expectAnswer(); else fetchPage();
});

// the part of the page that an address points to; what is drawn above it later moves it, so it
// is brought back until the reader scrolls
let arrived = false;
for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
  window.addEventListener(name, () => { arrived = true; }, { passive: true });
}
function arrive() {
  const wanted = window.location.hash.slice(1);
  if (arrived || !wanted) return;
  const part = page.querySelector(`#${CSS.escape(wanted)}`);
  if (part) requestAnimationFrame(() => bringUp(part));
}

// -- what the map's frame says

Object.assign(window.atlas, {
  go,
  receive,
  // a symbol was picked; by closing the card, the focus comes back to it
  open: (kind, code) => {
    cardFrom(document.activeElement);
    go(ofCard(kind, code));
  },
  // back to the first view
  leave: () => go(withView(window.location.href, null)),
  escape: () => document.querySelector("[data-escape]")?.click(),
  // the map has moved; its view stands in the address without a step of the history
  view: (view) => replaceAddress(withView(window.location.href, view)),
  drawn: (token) => {
    drawn = token;
    frame = live.querySelector("iframe");
    mapped();
    reveal();
  },
});

// settle what has happened before this script was there
settle({ address: page.dataset.address, ignored: page.dataset.ignored !== undefined, view: page.dataset.view });
for (const field of window.atlas.early()) {
  if (field.isConnected) { if (field.type === "date") write(field); else change(field); }
}
// and what is being written
for (const field of page.querySelectorAll("[data-live]")) if (field.value !== field.defaultValue) write(field);
if (waited()) receive(...waited());
equip(page.dataset.page);
