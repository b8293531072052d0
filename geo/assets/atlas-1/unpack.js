/**
 * Fetch Streamlit's modules, the small ones out of one file, so that sixty requests become fifteen.
 *
 * Written into the page before start.js. Call it once the page has been painted. Import no module
 * before `ready` is kept, if it can be helped: older browsers take no import map after that, and
 * then fetch every module by itself.
 *
 * @param {{pack: string, preload: string[], nonce: string}} front
 *   Addresses relative to the page: the pack, and the modules that are not in it. And the nonce
 *   by which the page's policy knows the import map, whose text nobody can know before.
 * @param {string[]} soon other modules that are imported soon, to be fetched first
 * @returns {{ready: Promise<boolean>, here: Promise<void>}} whether the pack is in use (if not,
 *   without import maps or because it could not be had in time, every module is fetched by
 *   itself), and that all modules have come or failed twice. Neither is ever rejected
 */
function unpack({ pack, preload, nonce }, soon = []) {
  const PATIENCE = 10000; // milliseconds to wait for the pack before doing without
  const AGAIN = 1000; // milliseconds until what failed is asked for once more
  const absolute = (address) => new URL(address, document.baseURI).href;

  /** Make a module of each source, and let every import of its address lead to it. */
  function install(sources) {
    const imports = {};
    for (const [address, parts] of Object.entries(sources)) {
      // every second part is the address of a module that this one imports
      const source = parts.map((part, n) => (n % 2 ? absolute(part) : part));
      const blob = new Blob(source, { type: "text/javascript" });
      imports[absolute(address)] = URL.createObjectURL(blob);
    }
    const map = document.createElement("script");
    map.type = "importmap";
    map.nonce = nonce;
    map.textContent = JSON.stringify({ imports });
    document.head.append(map);
  }

  /**
   * Fetch a module before it is imported. A browser remembers that an import has failed, and a
   * second address would make a second module of it: so what fails must fail here.
   */
  function load(address, again = false) {
    return new Promise((done) => {
      const link = document.createElement("link");
      // not "modulepreload": once a module is loading, an import map comes too late
      Object.assign(link, { rel: "preload", as: "script", crossOrigin: "", onload: done });
      link.onerror = () => (again ? done() : setTimeout(() => load(address, true).then(done), AGAIN));
      link.href = absolute(address);
      document.head.append(link);
    });
  }

  async function fetched() {
    if (!HTMLScriptElement.supports?.("importmap")) return false;
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(absolute(pack), { signal: stop.signal, priority: "high" });
      // a server of another version answers with a page, which is no JSON
      if (!answer.ok) return false;
      install(await answer.json());
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(clock);
    }
  }

  const first = soon.map((address) => load(address));
  const ready = fetched();
  const all = Promise.all([...first, ...preload.map((address) => load(address))]);
  return { ready, here: all.then(() => {}) };
}
