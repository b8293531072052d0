// Starts what keeps the page up to date, after its first screen has been painted: the page's
// own script, then Streamlit. Until one of them is there, links and the form do everything.
// It is in the document's head, before what it starts: a browser that cannot read it keeps the
// form's button.
(() => {
  "use strict";

  const PATIENCE = 8000; // milliseconds until a reader is told that the page stays as it is
  const AGAIN = 1000; // milliseconds until a script that failed is asked for once more
  document.documentElement.classList.add("scripted");

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

  // a browser may remember that a module could not be fetched: the second try has an address
  // of its own
  const fetched = (url) => import(url).catch((error) => {
    log(`${url} is asked for again`, error);
    return new Promise((done) => setTimeout(done, AGAIN))
      .then(() => import(`${url}${url.includes("?") ? "&" : "?"}again=1`));
  });

  // what a reader changes before the page's own script is there
  const early = new Set();
  const remember = (event) => early.add(event.target);
  document.addEventListener("change", remember);

  // the page alone writes addresses. Streamlit would write that of its last run, and so lead a
  // reader back who has gone to another page meanwhile
  const { history } = window;
  const [push, replace] = [history.pushState, history.replaceState].map((write) => write.bind(history));
  history.pushState = history.replaceState = () => {};

  // the page's policy lets none be compiled: without the name Streamlit's modules do not try
  delete window.WebAssembly;

  let waiting = null;
  window.atlas = {
    log,
    say,
    fetched,
    patience: PATIENCE,
    live: false,
    late: false,
    push: (address) => push(null, "", address),
    replace: (address) => replace(history.state, "", address),
    // Streamlit may be there before the page's own script
    receive: (...data) => { waiting = data; },
    waited: () => waiting,
    early: () => {
      document.removeEventListener("change", remember);
      return early;
    },
  };

  const hint = (rel, href) => {
    const link = Object.assign(document.createElement("link"), { rel, href });
    if (rel === "preload") Object.assign(link, { as: "script", crossOrigin: "" });
    document.head.append(link);
  };

  const start = async ({ map, modules, streamlit, words }) => {
    setTimeout(() => {
      if (window.atlas.live) return;
      window.atlas.late = true;
      say(words.away);
      log("no live updates: Streamlit has not answered");
    }, PATIENCE);
    const { page, address, blocks, menus, morph } = modules;
    // not "modulepreload": a browser remembers that a module could not be fetched
    for (const url of [page, address, blocks, menus, morph]) hint("preload", url);
    fetched(page).catch((error) => {
      // the button of the form is needed after all
      document.documentElement.classList.remove("scripted");
      log("the page's script cannot be fetched", error);
      [...window.atlas.early()].find((field) => field.form?.id === "filters")?.form.requestSubmit();
    });
    const entry = await unpack(streamlit);
    // otherwise Streamlit asks below the path of the page first, in vain: /timeline/_stcore/health
    window.__streamlit = { BACKEND_BASE_URL: window.location.origin };
    import(entry).catch((error) => log("Streamlit cannot be fetched", error));
    // while Streamlit starts, what its map will ask for
    for (const url of map) hint("prefetch", url);
  };

  document.addEventListener("DOMContentLoaded", () => {
    const settings = JSON.parse(document.getElementById("start").textContent);
    const { modules, styles, words } = settings;
    Object.assign(window.atlas, { modules, styles, words });
    // after a frame has been painted; a page in the background paints none
    const soon = () => setTimeout(start, 0, settings);
    if (document.hidden) soon(); else requestAnimationFrame(soon);
  });
})();
