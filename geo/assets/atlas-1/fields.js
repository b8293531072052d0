// What is written into the fields of the filters, and when it becomes an address: once it is whole.
// Whatever is written into a field until it is left is one step of the history.
const { ofField, same } = await window.atlas.fetched(window.atlas.modules.address);
const { narrow } = await window.atlas.fetched(window.atlas.modules.blocks);

const REST = 350; // milliseconds without a key after which what is written is looked at
const FOUR_DIGITS = "1000"; // a year that is being typed is below: 0002, 0020, 0202

let edit = null; // the field, what it said before, whether keys changed it, whether it was sent
let resting;

const formOf = (field) => (field.form?.id === "filters" ? field.form : null);
const written = (field) => field.matches("input:not([type=checkbox])[name]") && formOf(field) !== null;
const begin = (field) => {
  if (edit?.field !== field) edit = { field, before: field.defaultValue, keyed: false, sent: false };
};
export const forget = () => { if (edit) edit.sent = false; };

// a year, a month or a day that the calendar has
const isDate = (text) => {
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  const at = new Date(`${year}-${month}-${day}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day);
};

const half = ({ type, validity, value }) => type === "date" && (validity.badInput || (value !== "" && value < FOUR_DIGITS));
const faulty = (field) => {
  const value = field.value.trim();
  return field.type === "date" ? !field.validity.valid : field.pattern !== "" && value !== "" && !isDate(value);
};

const tell = (field, wrong) => {
  const words = document.getElementById(`fault-${field.name}`);
  if (!words) return;
  if (wrong && words.hidden) window.atlas.announce(words.textContent);
  words.hidden = !wrong;
  if (wrong) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", words.id);
  } else {
    for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
  }
};

let go;
const send = (field) => {
  const address = ofField(field);
  if (same(address, window.location.href)) return;
  go(address, { replace: edit.sent });
  edit.sent = true;
};

// Send what a field says, unless it is no date, or not one yet. `ended`: the reader has left it.
export const write = (field, ended = false) => {
  clearTimeout(resting);
  begin(field);
  const wrong = faulty(field);
  if (wrong && half(field) && !ended) return;
  tell(field, wrong);
  // its parts were deleted one by one, to type others
  const emptied = field.type === "date" && field.value === "" && edit.keyed && !ended;
  if (!wrong && !emptied) send(field);
};

// Give a date back what it was before the edit; whether there was one to give back.
export const restore = (field) => {
  if (edit?.field !== field || !(field.type === "date" || field.pattern)) return false;
  if (field.value === edit.before && !field.validity.badInput && !faulty(field)) return false;
  clearTimeout(resting);
  field.value = edit.before;
  tell(field, false);
  if (edit.sent) send(field);
  return true;
};

// What was ticked or written is taken back: the fields are again as the server has written them.
export const reset = () => {
  clearTimeout(resting);
  for (const field of document.getElementById("filters")?.elements ?? []) {
    if (field.type === "checkbox") field.checked = field.defaultChecked;
    else if (written(field)) field.value = field.defaultValue;
  }
};

const changed = ({ target: field, isComposing }) => {
  // half of a word, until the input method hands it over
  if (isComposing) return;
  if (field.matches?.("[data-narrow]")) { narrow(field); return; }
  if (!field.matches?.("[data-live], input[type=date]") || !written(field)) return;
  begin(field);
  clearTimeout(resting);
  resting = setTimeout(() => { if (field.isConnected) write(field); }, REST);
};

// A box that was ticked, or a text whose writing has ended, also before this script was there.
export const change = (field) => {
  if (!field.name || !formOf(field)) return;
  if (!written(field)) { edit = null; go(ofField(field)); return; }
  // a date field reports each key that makes a date of it
  if (field.type === "date") return;
  write(field, true);
  edit = null;
};

// `submitted` hears of a field that was sent by Enter, and answers whether its view is there
export const install = (lead, submitted) => {
  go = lead;
  document.addEventListener("input", changed);
  document.addEventListener("compositionend", changed);
  document.addEventListener("change", ({ target }) => change(target));
  document.addEventListener("focusout", ({ target }) => {
    if (edit?.field !== target) return;
    if (target.type === "date" && target.isConnected) write(target, true);
    edit = null;
  });
  document.addEventListener("pointerdown", () => { if (edit) edit.keyed = false; });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches || !written(field)) return;
    if (event.key === "Enter") field.form.noValidate = true; // what is wrong is said here, and in one way
    else if (event.key !== "Tab") { begin(field); edit.keyed = true; }
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "filters") return;
    // every change has been made already, but for what is being written
    event.preventDefault();
    const field = document.activeElement;
    if (field?.form !== event.target || !written(field)) return;
    if (!submitted(field)) write(field, true);
  });
};
