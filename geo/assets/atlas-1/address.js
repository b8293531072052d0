// Addresses as the page reads and changes them. All of a view is in its address.

const CARDS = ["record", "event", "place"];
const ORIGIN = window.location.origin;

// the map's view belongs to the browser, and Streamlit keeps two names for itself: addresses that
// differ in them alone show the same
const APART = ["view", "embed", "embed_options"];
const names = (url) => [...new Set(url.searchParams.keys())].filter((name) => !APART.includes(name));
// of one name; one card is open at a time, so the three names of cards change together
const values = (url, name) => (CARDS.includes(name) ? CARDS : [name])
  .map((one) => url.searchParams.getAll(one).join("&")).join("=");

export const here = () => new URL(window.location.href);

// path and parameters in an order of their own, for comparing
export const key = (address) => {
  const url = new URL(address, ORIGIN);
  const pairs = [...url.searchParams].filter(([name]) => !APART.includes(name));
  // whether there is a view tells the two forms of the map's page apart
  if (url.searchParams.get("view")) pairs.push(["view"]);
  const path = url.pathname.replace(/(.)\/$/, "$1");
  return `${path}?${pairs.map((pair) => pair.join("=")).sort().join("&")}`;
};

export const same = (one, other) => key(one) === key(other);

const put = (url, name, all) => {
  url.searchParams.delete(name);
  for (const value of all) url.searchParams.append(name, value);
};

// the view is written last and never encoded, as the server writes it
const text = (url) => `${url.pathname}${url.search}${url.hash}`;

export const withView = (address, view) => {
  const url = new URL(address, ORIGIN);
  put(url, "view", view ? [view] : []);
  return text(url);
};

// The target of a link, with what the reader has changed since the link was written: `then` is
// the address that the page was asked for, `base` the same as the server wrote it.
export const merged = (href, then, base) => {
  const link = new URL(href, here());
  const target = new URL(link);
  if (target.origin !== ORIGIN) return target.href;
  const now = here();
  const before = new URL(then, ORIGIN);
  const written = new URL(base, ORIGIN);
  for (const name of new Set([...names(now), ...names(before)])) {
    const changed = values(now, name) !== values(before, name);
    // what the link itself changes is what the reader has just asked for
    if (changed && values(link, name) === values(written, name)) {
      put(target, name, now.searchParams.getAll(name));
    }
  }
  // the map moves without writing its links anew; a link to the page's other form has a view of its
  // own, or none
  const viewed = (url) => Boolean(url.searchParams.get("view"));
  if (target.pathname !== now.pathname || viewed(link) !== viewed(written)) return text(target);
  return withView(text(target), now.searchParams.get("view"));
};

// The address after a change of one field of the form. A box adds or takes away its own value
// and nothing else: the page may be older than the address by then.
export const ofField = (field) => {
  const url = here();
  const value = field.value.trim();
  if (field.type === "checkbox") {
    const others = url.searchParams.getAll(field.name).filter((other) => other !== value);
    put(url, field.name, field.checked ? [...others, value] : others);
  } else {
    put(url, field.name, value ? [value] : []);
  }
  return text(url);
};

export const ofCard = (kind, code) => {
  const url = here();
  for (const name of CARDS) url.searchParams.delete(name);
  url.searchParams.set(kind, code);
  return text(url);
};
