// Before the first paint: the page looks as it does with a script, and what a reader changes before
// the script is there is remembered. It is in the document's head, so nothing moves later; a
// browser that cannot read it keeps the form's button.
(() => {
  "use strict";

  const root = document.documentElement;
  const changed = new Set();
  const remember = (event) => changed.add(event.target);
  const early = () => {
    document.removeEventListener("change", remember);
    return changed;
  };
  const AGAIN = 1000; // milliseconds
  // what cannot be fetched twice: the button of the form is needed after all
  const without = () => {
    root.classList.remove("scripted");
    [...early()].find((field) => field.form?.id === "filters")?.form.requestSubmit();
  };
  const failed = ({ target }) => {
    if (!target.matches?.("head > script, link[rel=stylesheet]")) return;
    const name = target.src ? "src" : "href";
    if (target[name].includes("again=")) { if (target.src) without(); return; }
    const next = document.createElement(target.localName);
    for (const one of target.attributes) next.setAttribute(one.name, one.value);
    next[name] += `${next[name].includes("?") ? "&" : "?"}again=1`;
    setTimeout(() => target.replaceWith(next), AGAIN);
  };

  root.classList.add("scripted");
  document.addEventListener("change", remember);
  // an error of an element does not bubble
  document.addEventListener("error", failed, true);
  window.atlas = { early, without };
})();
