/**
 * Make modules of Streamlit's front end out of one file, so that sixty requests become fifteen.
 *
 * The sources come in the order in which they import each other, so each is told by which
 * address a browser knows those that it imports. What a module asks for while it runs is
 * answered by `atlas.load` and `atlas.meta`, which the sources have in place of `import(…)` and
 * `import.meta` (geo/web/front_end.py).
 *
 * @param {{entry: string, pack: string, preload: string[]}} front addresses relative to the page:
 *   the module that starts Streamlit, the pack, and the modules that are not in it
 * @returns {Promise<string>} the address to import, once all modules have come or failed twice.
 *   Without the pack it is the entry's own, and each module is fetched by itself. Never rejected
 */
async function unpack({ entry, pack, preload }) {
  const PATIENCE = 10000; // milliseconds until the server must have begun to answer
  const AGAIN = 1000; // milliseconds until what failed is asked for once more
  const made = new Map();
  const absolute = (address, base = document.baseURI) => new URL(address, base).href;
  const known = (address) => made.get(address) ?? address;
  const seen = (module) => (address) => known(absolute(address, absolute(module)));

  window.atlas.load = (module, address) => import(seen(module)(address));
  window.atlas.meta = (module) => ({ url: absolute(module), resolve: seen(module) });

  const waited = () => new Promise((done) => setTimeout(done, AGAIN));

  /**
   * Fetch a module before it is imported. A browser remembers that an import has failed, and a
   * second address would make a second module of it: so what fails must fail here.
   */
  function load(address, again = false) {
    return new Promise((done) => {
      const link = document.createElement("link");
      // not "modulepreload", which is an import
      Object.assign(link, { rel: "preload", as: "script", crossOrigin: "", onload: done });
      link.onerror = () => (again ? done() : waited().then(() => load(address, true)).then(done));
      link.href = absolute(address);
      document.head.append(link);
    });
  }

  async function fetched() {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    const answer = await fetch(absolute(pack), { signal: stop.signal }).finally(() => clearTimeout(clock));
    // a server of another version answers with a page, which is no JSON
    return answer.ok ? answer.json() : {};
  }

  const here = Promise.all(preload.map((address) => load(address)));
  const sources = await fetched().catch(() => waited().then(fetched)).catch(() => ({}));
  for (const [address, parts] of Object.entries(sources)) {
    // every second part is the address of a module that this one imports
    const source = parts.map((part, n) => (n % 2 ? known(absolute(part)) : part));
    const blob = new Blob(source, { type: "text/javascript" });
    made.set(absolute(address), URL.createObjectURL(blob));
  }
  await here;
  return known(absolute(entry));
}
