// Starts what keeps the page up to date, after its first screen has been painted: the page's
// own script, then Streamlit. Until one of them is there, links and the form do everything.
(() => {
  "use strict";

  const { map, modules, styles, streamlit, words } = JSON.parse(document.getElementById("start").textContent);
  const PATIENCE = 8000; // milliseconds until a reader is told that the page stays as it is
  const SOON = 1500; // milliseconds that the page's script waits for an import map (unpack.js)
  const AGAIN = 1000; // milliseconds until a script that failed is asked for once more
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
    modules,
    styles,
    words,
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

  const start = async () => {
    setTimeout(() => {
      if (window.atlas.live) return;
      window.atlas.late = true;
      say(words.away);
      log("no live updates: Streamlit has not answered");
    }, PATIENCE);
    const { page, address, blocks, menus, morph } = modules;
    const { ready, here } = unpack(streamlit, [page, address, blocks, menus, morph]);
    await Promise.race([ready, new Promise((done) => setTimeout(done, SOON))]);
    fetched(page).catch((error) => {
      // the button of the form is needed after all
      document.documentElement.classList.remove("scripted");
      log("the page's script cannot be fetched", error);
      [...window.atlas.early()].find((field) => field.form?.id === "filters")?.form.requestSubmit();
    });
    await Promise.all([ready, here]);
    // otherwise Streamlit asks below the path of the page first, in vain: /timeline/_stcore/health
    window.__streamlit = { BACKEND_BASE_URL: window.location.origin };
    import(streamlit.entry).catch((error) => log("Streamlit cannot be fetched", error));
    // while Streamlit starts, what its map will ask for
    for (const href of map) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href }));
    }
  };

  // after a frame has been painted; a page in the background paints none
  const soon = () => setTimeout(start);
  if (document.hidden) soon(); else requestAnimationFrame(soon);
})();
