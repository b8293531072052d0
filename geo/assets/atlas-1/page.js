// Keeps the page at its address. A click or a change of a field is a change of the address;
// the page is then brought to it: by Streamlit while its socket is there, else by fetching the
// document of that address. Both bring the same blocks.
const { fetched, log, modules, patience, say, styles, waited, words } = window.atlas;
const [{ here, merged, ofCard, ofField, same, withView }, { clearPicture, draw, holds, narrow, read }, { leave, place }] =
  await Promise.all([fetched(modules.address), fetched(modules.blocks), fetched(modules.menus)]);

const page = document.getElementById("page");
const live = document.getElementById("live");
const ANSWER = 2500; // milliseconds that Streamlit has for an answer
const TYPING = 350; // milliseconds of rest after which a search is made

// the address that the page shows: as it was asked for, and as the server writes it
let asked = window.location.href;
let written = page.dataset.address;
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
    // no run draws the picture again: it would keep the links of what is withheld meanwhile
    clearPicture();
  }
};

// -- the page as it is drawn

const replaceAddress = (address) => {
  const { pathname, search, hash } = window.location;
  if (address !== pathname + search + hash) window.atlas.replace(address);
};

// the server's own form of the address; where it has ignored a value, the address keeps it
const settle = ({ address, ignored }) => {
  if (!ignored) replaceAddress(withView(address + window.location.hash, here().searchParams.get("view")));
  asked = window.location.href;
  written = address;
  arrive();
};

// Streamlit names the document too, after its own name of the page
let { title } = document;
const entitle = () => { if (document.title !== title) document.title = title; };
new MutationObserver(entitle).observe(document.querySelector("title"), { childList: true });

// the style of a page comes with it, and before it is drawn, unless it keeps the reader waiting
const STYLING = 2000; // milliseconds
const styled = new Set([page.dataset.page]);
const style = (code) => new Promise((done) => {
  if (styled.has(code) || !styles[code]) { done(); return; }
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles[code] });
  link.onload = () => { styled.add(code); done(); };
  link.onerror = () => { link.remove(); log(`the style of the page “${code}” cannot be fetched`); done(); };
  document.head.append(link);
  setTimeout(done, STYLING);
});

// likewise what only one page needs of scripts
const scripted = new Set();
const equip = (code) => {
  if (code !== "timeline" || scripted.has(code)) return;
  scripted.add(code);
  fetched(modules.timeline).catch((error) => {
    scripted.delete(code);
    log("the timeline's script cannot be fetched", error);
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
  draw(fresh.page, fresh.blocks);
  place();
  title = fresh.title;
  entitle();
  settle(fresh);
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

const go = (href, { replace = false } = {}) => {
  const url = new URL(href, window.location.href);
  if (url.origin !== window.location.origin) { window.location.assign(url.href); return; }
  const address = url.pathname + url.search + url.hash;
  const before = window.location.pathname;
  // as for any link, the same address again is no step of the history
  if (replace || url.href === window.location.href) window.atlas.replace(address);
  else window.atlas.push(address);
  if (url.pathname !== before) window.scrollTo(0, 0);
  if (same(address, asked) && same(address, wanted)) arrive(); else bring();
};

const PAGES = new Set(["/", ...[...document.querySelectorAll(".top nav a")].map((a) => new URL(a.href).pathname)]);

// another view of the map's picture, which only the server can draw
const move = (address, view) => {
  replaceAddress(withView(address, view));
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
  if (url.hash && same(url.href, window.location.href)) return;
  event.preventDefault();
  if (link.dataset.view === undefined) go(href); else move(merged(url.href, asked, written), url.searchParams.get("view"));
};

const copy = async (button) => {
  const { copy: value, copied, text } = button.dataset;
  const shared = text !== undefined ? value : new URL(merged(value, asked, written), window.location.href).href;
  try {
    await navigator.clipboard.writeText(shared);
    button.textContent = copied;
  } catch (error) {
    // no clipboard without a secure address: show the link to be copied by hand
    window.prompt(copied, shared);
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (button) { event.preventDefault(); copy(button); return; }
  const link = event.target.closest?.("a[href]");
  if (link && page.contains(link)) follow(event, link);
});

const formOf = (field) => (field.form?.id === "filters" ? field.form : null);
let typing;
let typed = null;
const search = (field) => {
  clearTimeout(typing);
  const address = ofField(field);
  if (same(address, window.location.href)) return;
  // one word is one step of the history, however many letters it has
  go(address, { replace: typed === field });
  typed = field;
};
page.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches("[data-narrow]")) { narrow(field); return; }
  if (!field.matches("[data-live]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => search(field), TYPING);
});
page.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.name || !formOf(field)) return;
  if (field.matches("[data-live]")) { search(field); typed = null; return; }
  typed = null;
  go(ofField(field));
});
page.addEventListener("submit", (event) => {
  if (event.target.id !== "filters") return;
  // every change has been made already, but for what is being written
  event.preventDefault();
  const field = document.activeElement;
  if (field?.form === event.target && field.matches("input:not([type=checkbox])[name]")) search(field);
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (leave(event.target)) event.preventDefault(); else document.querySelector("[data-escape]")?.click();
    return;
  }
  // keys that work anywhere on the page, but never while somebody writes
  if (event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`)?.click();
});

window.addEventListener("popstate", (event) => {
  typed = null;
  if (!event.isTrusted) return;
  wanted = window.location.href;
  if (same(asked, wanted)) return;
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
  if (part) requestAnimationFrame(() => part.scrollIntoView());
}

// -- what the map's frame says

Object.assign(window.atlas, {
  go,
  receive,
  // a symbol was picked
  open: (kind, code) => go(ofCard(kind, code)),
  // the map has moved; its view stands in the address without a step of the history
  view: (view) => replaceAddress(withView(window.location.href, view)),
  drawn: (token) => {
    drawn = token;
    frame = live.querySelector("iframe");
    mapped();
  },
});

// settle what has happened before this script was there
settle({ address: written, ignored: page.dataset.ignored !== undefined });
for (const field of window.atlas.early()) {
  if (field.isConnected && field.name && formOf(field)) go(ofField(field));
}
// and what is being written
for (const field of page.querySelectorAll("[data-live]")) if (field.value !== field.defaultValue) search(field);
if (waited()) receive(...waited());
equip(page.dataset.page);
