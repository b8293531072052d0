// Starts what keeps the page up to date, after its first screen has been painted: the page's
// own script, then Streamlit. Until one of them is there, links and the form do everything.
(() => {
  "use strict";

  const PATIENCE = 8000; // milliseconds until a reader is told that the page stays as it is
  const WAITS = [1000, 3000, 9000]; // milliseconds until what failed is asked for once more

  // the atlas's own files, relative to this one: written by tools/seal_assets.py
  const ADDRESSES = {
    "address.js": "../atlas-1/address.js?v=907ab37d",
    "arrows.js": "../atlas-1/arrows.js?v=b7ef6a79",
    "atlas-map.js": "../atlas-1/atlas-map.js?v=92519c38",
    "blocks.js": "../atlas-1/blocks.js?v=2c5e1c1f",
    "cards.js": "../atlas-1/cards.js?v=5abd19e6",
    "closer.js": "../atlas-1/closer.js?v=4d4391a2",
    "days.js": "../atlas-1/days.js?v=b71e15be",
    "early.js": "../atlas-1/early.js?v=a1e274cd",
    "fields.js": "../atlas-1/fields.js?v=16ccf6cf",
    "focus.js": "../atlas-1/focus.js?v=41e1d72c",
    "folding.js": "../atlas-1/folding.js?v=b6b6a36b",
    "menus.js": "../atlas-1/menus.js?v=f56f82f6",
    "page.js": "../atlas-1/page.js?v=ffd6a5ca",
    "timeline.js": "../atlas-1/timeline.js?v=cbef0d0c",
    "unpack.js": "../atlas-1/unpack.js?v=87d41470",
    "atlas-map.css": "../atlas-1/atlas-map.css?v=c2cc9b34",
    "atlas.css": "../atlas-1/atlas.css?v=c5e5f9a3",
    "detail-map.css": "../atlas-1/detail-map.css?v=4f457266",
    "embed.css": "../atlas-1/embed.css?v=06172af4",
    "fonts.css": "../atlas-1/fonts.css?v=62e55a26",
    "list.css": "../atlas-1/list.css?v=90541a9c",
    "media.css": "../atlas-1/media.css?v=33013112",
    "menus.css": "../atlas-1/menus.css?v=28210e29",
    "page-about.css": "../atlas-1/page-about.css?v=17df0f2d",
    "page-countries.css": "../atlas-1/page-countries.css?v=82171321",
    "page-data.css": "../atlas-1/page-data.css?v=9f039eec",
    "page-long.css": "../atlas-1/page-long.css?v=ef8ed763",
    "page-map.css": "../atlas-1/page-map.css?v=6db6bddd",
    "page-sorry.css": "../atlas-1/page-sorry.css?v=d09d470a",
    "page-timeline.css": "../atlas-1/page-timeline.css?v=35262fd6",
    "idiomorph.esm.js": "../idiomorph-0.7.4/idiomorph.esm.js?v=2b6f0db8",
  };
  const own = document.currentScript.src;
  const addressOf = (file) => new URL(ADDRESSES[file], own).href;
  const MODULES = [
    "page", "address", "blocks", "cards", "menus", "focus", "fields", "folding",
    "timeline", "closer", "days", "arrows",
  ];
  const modules = Object.fromEntries(MODULES.map((name) => [name, addressOf(`${name}.js`)]));
  modules.morph = addressOf("idiomorph.esm.js");

  // an ampersand written as &#38; cuts an address: the browser takes the rest for a fragment
  const { hash, pathname, search } = window.location;
  if (/^#(?:38|x0*26);/i.test(hash)) {
    window.location.replace(`${pathname}${search || "?"}${hash.replace(/&?#(?:38|x0*26);/gi, "&")}`);
  }

  const said = new Set();

  // what failed is logged once
  const log = (what, error) => {
    if (said.has(what)) return;
    said.add(what);
    console.warn(`atlas: ${what}`, error ?? "");
  };

  const say = (text) => {
    const line = document.getElementById("status");
    if (line.textContent !== text) line.textContent = text;
  };

  // a line that is heard and not seen
  const announce = (text) => { document.getElementById("announced").textContent = text; };

  // also once the browser is back in the network
  const wait = (time) => new Promise((done) => {
    setTimeout(done, time);
    window.addEventListener("online", done, { once: true });
  });

  // Whatever the page and its map fetch is asked for again, by this alone: an attempt is told how
  // many have failed. What has been given up inside an attempt is not asked for in another round.
  const persist = async (what, attempt) => {
    for (let failed = 0; ; failed += 1) {
      try {
        return await attempt(failed);
      } catch (error) {
        if (error.givenUp || failed === WAITS.length) throw Object.assign(error, { givenUp: true });
        log(`${what} is asked for again`, error);
        await wait(WAITS[failed]);
      }
    }
  };

  // A module, the same for all that import it. A browser may remember that a module could not be
  // fetched, so each further try has an address of its own.
  const imports = new Map();
  const fetched = (url) => {
    if (!imports.has(url)) {
      const apart = url.includes("?") ? "&" : "?";
      imports.set(url, persist(url, (failed) => import(failed ? `${url}${apart}again=${failed}` : url)));
      imports.get(url).catch(() => imports.delete(url));
    }
    return imports.get(url);
  };

  // while a word is composed the keys belong to the input method: Escape puts its candidates away
  window.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
  }, true);

  // Whether a key belongs to the browser or the system. A sign does not, whichever keys write it:
  // brackets are Option and a digit on some keyboards, AltGr (or Ctrl and Alt) and a digit on others
  const command = (event) => {
    const graph = event.getModifierState("AltGraph") || event.altKey;
    const sign = [...event.key].length === 1 && !/[a-z0-9]/i.test(event.key);
    return event.metaKey || (!(sign && graph) && (event.ctrlKey || graph));
  };

  // the page alone writes addresses. Streamlit would write that of its last run, and so lead a
  // reader back who has gone to another page meanwhile
  const { history } = window;
  const [push, replace] = [history.pushState, history.replaceState].map((write) => write.bind(history));
  history.pushState = history.replaceState = () => {};

  // the page's policy lets none be compiled: without the name Streamlit's modules do not try
  delete window.WebAssembly;

  let waiting = null;
  Object.assign(window.atlas, {
    log,
    say,
    announce,
    command,
    fetched,
    persist,
    patience: PATIENCE,
    live: false,
    late: false,
    push: (address) => push(null, "", address),
    replace: (address) => replace(history.state, "", address),
    // Streamlit may be there before the page's own script
    receive: (...data) => { waiting = data; },
    waited: () => waiting,
  });

  const hint = (href) => {
    const link = document.createElement("link");
    document.head.append(Object.assign(link, { rel: "preload", href, as: "script", crossOrigin: "" }));
  };

  // not "prefetch": Firefox holds it against the policy's default-src, which allows nothing
  const ahead = (url) => fetch(url, { priority: "low" })
    .then((answer) => answer.blob())
    .catch((error) => log(`${url} was not fetched ahead`, error));

  // Streamlit's main part would lie in the page's own, as a second landmark
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => create(name === "main" ? "div" : name, options);

  const start = async ({ map, streamlit, words }) => {
    setTimeout(() => {
      if (window.atlas.live) return;
      window.atlas.late = true;
      say(words.away);
      log("no live updates: Streamlit has not answered");
    }, PATIENCE);
    const { page, address, blocks, cards, menus, focus, fields, folding, morph } = modules;
    // not "modulepreload": a browser remembers that a module could not be fetched
    for (const url of [page, address, blocks, cards, menus, focus, fields, folding, morph]) hint(url);
    fetched(page).catch((error) => {
      log("the page's script cannot be fetched", error);
      say(words.part);
      window.atlas.without();
    });
    // this script too may come later than the page's own
    const entry = await persist("unpack.js", () => unpack(streamlit));
    // otherwise Streamlit asks below the path of the page first, in vain: /timeline/_stcore/health
    const folder = new URL(".", window.location.href).href;
    window.__streamlit = {
      BACKEND_BASE_URL: folder.replace(/\/$/, ""),
      // a dialog of Streamlit's, though it is not shown, makes the rest of the page inert. With the
      // other two this counts before the server has answered, which opens the socket at once, too
      HOST_CONFIG: {
        allowedOrigins: [window.location.origin],
        useExternalAuthToken: false,
        blockErrorDialogs: true,
      },
    };
    import(entry).catch((error) => log("Streamlit cannot be fetched", error));
    // while Streamlit starts, what its map will ask for
    for (const url of map) ahead(url);
  };

  const begin = () => {
    const settings = JSON.parse(document.getElementById("start").textContent);
    const styles = Object.fromEntries(
      Object.entries(settings.styles).map(([page, sheets]) => [page, sheets.map(addressOf)]),
    );
    Object.assign(window.atlas, { modules, styles, words: settings.words });
    // after a frame has been painted; a page in the background paints none
    const soon = () => setTimeout(start, 0, settings);
    if (document.hidden) soon(); else requestAnimationFrame(soon);
  };
  if (document.readyState === "complete") begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
