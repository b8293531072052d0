/**
 * Starts Streamlit's front end, its small modules out of one file.
 *
 * Written into the page, and called once the page has been painted. Without import maps, or if
 * the pack cannot be had, the modules are fetched one by one, as Streamlit's own page does it.
 *
 * @param {{pack: string, entry: string, preload: string[], styles: string[]}} front
 *   Addresses relative to the page: the pack, the module that starts everything, the modules
 *   that are not in the pack, and the style sheets.
 * @returns {Promise<boolean>} whether the pack is in use, once the entry module has been asked for
 */
function start({ pack, entry, preload, styles }) {
  const PATIENCE = 20000; // ms to wait for the pack before doing without
  const absolute = (address) => new URL(address, document.baseURI).href;

  function link(rel, address, more) {
    const element = document.createElement("link");
    element.rel = rel;
    element.crossOrigin = "";
    Object.assign(element, more);
    element.href = absolute(address);
    document.head.append(element);
  }

  function script(type, more) {
    const element = document.createElement("script");
    element.type = type;
    Object.assign(element, more);
    document.head.append(element);
  }

  /** Make a module of each source; what it imports is named by absolute addresses. */
  function install(sources) {
    const imports = {};
    for (const [address, parts] of Object.entries(sources)) {
      // every second part is an address
      const whole = parts.map((part, n) => (n % 2 ? absolute(part) : part));
      const blob = new Blob(whole, { type: "text/javascript" });
      imports[absolute(address)] = URL.createObjectURL(blob);
    }
    // every import of such an address, also from the modules that are not in the pack, leads to
    // the one blob: module
    script("importmap", { textContent: JSON.stringify({ imports }) });
  }

  const mapped = HTMLScriptElement.supports?.("importmap") ?? false;
  for (const address of styles) link("stylesheet", address);
  // not "modulepreload": once a module is loading, an import map comes too late
  for (const address of preload) link("preload", address, { as: "script" });

  async function packed() {
    if (!mapped) return false;
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(absolute(pack), { signal: stop.signal });
      // another version's server answers 200 with a page: its JSON cannot be read
      if (!answer.ok) return false;
      install(await answer.json());
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(clock);
    }
  }

  return packed().then((inUse) => {
    script("module", { crossOrigin: "", src: absolute(entry) });
    return inUse;
  });
}
