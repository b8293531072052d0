// A panel of HTML made on the server: new HTML is merged into the old, so that focus,
// scroll and open menus stay; what the reader does is sent back as one small message.
import { Idiomorph } from "../idiomorph-0.7.4/idiomorph.esm.js";

// whether a menu or a country is open belongs to the reader, until the server opens it anew
const keepOpen = (old, fresh) => {
  if (old.tagName === "DETAILS" && old.dataset.opens === fresh.dataset.opens) fresh.open = old.open;
};

// all fields of the panel at once: two quick clicks then never lose one of them
const fields = (root) => {
  const values = {};
  for (const input of root.querySelectorAll("[data-field]")) {
    const name = input.dataset.field;
    values[name] ??= { offered: [], picked: [] };
    if (input.type === "checkbox") {
      values[name].offered.push(input.value);
      if (input.checked) values[name].picked.push(input.value);
    } else {
      values[name].picked = input.value ? [input.value] : [];
    }
  }
  return values;
};

const address = (view) => {
  const url = new URL(window.location.href);
  if ((url.searchParams.get("view") ?? "") === view) return;
  if (view) url.searchParams.set("view", view); else url.searchParams.delete("view");
  window.history.replaceState(window.history.state, "", url);
};

// the server wrote the link before the reader moved the map: the address knows the view
const link = (written) => {
  const url = new URL(written, window.location.href);
  if (url.pathname !== window.location.pathname) return url.href;
  const view = new URL(window.location.href).searchParams.get("view");
  const others = url.search.slice(1).split("&").filter((pair) => pair && !pair.startsWith("view="));
  url.search = [...others, ...(view ? [`view=${view}`] : [])].join("&");
  return url.href;
};

const copy = async (button) => {
  const text = button.dataset.text !== undefined ? button.dataset.copy : link(button.dataset.copy);
  const said = button.dataset.copied;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = said;
  } catch (error) {
    // no clipboard without a secure address: show the link to be copied by hand
    window.prompt(said, text);
  }
};

const narrow = (input) => {
  const wanted = input.value.trim().toLocaleLowerCase();
  for (const option of input.closest("details").querySelectorAll("label.option")) {
    option.hidden = wanted !== "" && !option.textContent.toLocaleLowerCase().includes(wanted);
  }
};

// a card that is closed gives the focus back to what opened it
let opener = null;
const giveBack = (until) => {
  if (document.querySelector("[data-escape]")) {
    if (Date.now() < until) requestAnimationFrame(() => giveBack(until));
    return;
  }
  if (opener && opener.isConnected && document.activeElement === document.body) opener.focus();
  opener = null;
};

// what a button opens again is open at once: the next click speaks for every box of its panel,
// and must not bring back what the server has not yet had the time to untick
const reopen = (name) => {
  const shown = "[data-panel=strip] [data-field], [data-panel=filters] [data-field]";
  for (const field of document.querySelectorAll(shown)) {
    if (name ? field.dataset.field !== name : field.dataset.field === "asof") continue;
    if (field.type === "checkbox") field.checked = false; else field.value = "";
  }
};

// messages of all panels, in the order of the clicks. The server can lose one when the next
// comes at its heels, so each is sent again with those after it until it has been answered;
// when none comes after it, it is sent again by itself
let sequence = 0;
let waiting = [];
const PATIENCE = 2000;
const busy = () => document.querySelector('.stApp[data-test-script-state="running"]') !== null;
let reminder;
const remind = (patience) => {
  clearTimeout(reminder);
  reminder = setTimeout(() => {
    if (!waiting.length) return;
    if (!busy()) {
      const listening = [...document.querySelectorAll("[data-panel]")].find((root) => root.panel);
      listening?.panel.setTriggerValue("sent", { messages: waiting });
    }
    remind(busy() ? patience : 2 * patience);
  }, patience);
};

const listen = (root, panel) => {
  const send = (message) => {
    if (message.close) giveBack(Date.now() + 5000);
    if (message.clear) reopen("");
    if (message.loosen) reopen(message.loosen);
    sequence += 1;
    panel.sequence = sequence;
    panel.sentAt = Date.now();
    waiting = [...waiting, { sequence, panel: panel.name, fields: fields(root), ...message }].slice(-20);
    panel.setTriggerValue("sent", { messages: waiting });
    remind(PATIENCE);
  };
  root.addEventListener("change", (event) => {
    if (event.target.matches("[data-field]")) send({ changed: event.target.dataset.field });
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-narrow]")) narrow(event.target);
    if (!event.target.matches("[data-live]")) return;
    clearTimeout(panel.typing);
    panel.typing = setTimeout(() => send({ changed: event.target.dataset.field }), 350);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-send], [data-copy]");
    if (!button) return;
    // a link that is to open elsewhere stays a link
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      if (button.href) button.href = link(button.href);
      return;
    }
    event.preventDefault();
    if (button.dataset.copy !== undefined) copy(button);
    else send(JSON.parse(button.dataset.send));
  });
  // the form is for where no script runs: here each change has been sent already
  root.addEventListener("submit", (event) => event.preventDefault());
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  root.addEventListener("toggle", (event) => {
    // one menu at a time
    if (!event.target.matches("details.menu") || !event.target.open) return;
    for (const other of root.querySelectorAll("details.menu[open]")) {
      if (other !== event.target) other.open = false;
    }
  }, true);
  const outside = (event) => {
    if (event.composedPath().includes(root)) return;
    for (const menu of root.querySelectorAll("details.menu[open]")) menu.open = false;
  };
  document.addEventListener("pointerdown", outside);
  // a click inside the map's frame is a blur of this window
  window.addEventListener("blur", () => outside({ composedPath: () => [] }));
};

// keys that work anywhere on the page, but never while somebody writes
const keyAnywhere = (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { document.querySelector("[data-escape]")?.click(); return; }
  if (event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`)?.click();
};

// the part of the page that an address points to is there only once its panel is drawn; what
// is drawn above it later moves it, so it is brought back until the reader scrolls
let arrived = false;
for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
  window.addEventListener(name, () => { arrived = true; }, { passive: true });
}
const arrive = () => {
  const wanted = window.location.hash.slice(1);
  if (arrived || !wanted) return;
  const part = document.querySelector(`[data-panel] #${CSS.escape(wanted)}`);
  if (part) requestAnimationFrame(() => part.scrollIntoView());
};

export default function mount(component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector("[data-panel]");
  if (!root) {
    root = document.createElement("div");
    root.dataset.panel = data.name;
    parentElement.appendChild(root);
    root.panel = { name: data.name, sequence: 0, html: null };
    listen(root, root.panel);
    if (!window.atlasKeys) {
      window.atlasKeys = true;
      document.addEventListener("keydown", keyAnywhere);
    }
  }
  const panel = root.panel;
  panel.setTriggerValue = setTriggerValue;
  sequence = Math.max(sequence, data.sequence);
  waiting = waiting.filter((message) => message.sequence > data.sequence);
  if (data.view !== undefined) address(data.view);
  // an answer to an older click must not undo a newer one that is still on its way
  if (data.sequence < panel.sequence && Date.now() - panel.sentAt < 4000) return;
  if (data.html === panel.html) return;
  panel.html = data.html;
  const before = document.activeElement;
  Idiomorph.morph(root, data.html, {
    morphStyle: "innerHTML",
    // a field keeps what is being typed; a heading that has the focus takes its new text
    ignoreActiveValue: before?.matches("input, textarea, select") ?? false,
    callbacks: { beforeNodeMorphed: keepOpen },
  });
  // a checkbox that was clicked no longer follows its attribute
  for (const box of root.querySelectorAll("input[type=checkbox][data-field]")) {
    box.checked = box.hasAttribute("checked");
  }
  const focus = root.querySelector("[data-focus]");
  if (focus && panel.focused !== focus.dataset.focus) {
    panel.focused = focus.dataset.focus;
    if (!root.contains(before)) opener = before;
    focus.focus({ preventScroll: true });
    // picked far below: what was picked stands above, out of sight
    if (focus.dataset.reveal !== undefined && before !== document.body) focus.scrollIntoView({ block: "nearest" });
  }
  if (!focus) panel.focused = null;
  arrive();
}
