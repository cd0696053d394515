// The numbers of one test: steppers that begin blank, each answer kept in this browser until the test is saved.
// Only counts and choices are kept, never a name; a kept test is forgotten after a day, a saved one after ten minutes.
const KEPT_FOR = { open: 24 * 3600e3, done: 600e3 };
const WAIT = 250;

// Draft id -> counts. A session that ends while the page stays open loses nothing.
const typed = (window.learningTyped ??= {});

const place = (data) => `learning.log.${data.prototype}`;

function stored(data) {
  try {
    const found = JSON.parse(localStorage.getItem(place(data)));
    const most = found && (found.done ? KEPT_FOR.done : KEPT_FOR.open);
    return found && Date.now() - found.at < most ? found : null;
  } catch { return null; }
}

function store(data) {
  const counts = typed[data.draft] ?? {};
  const entry = { draft: data.draft, at: Date.now(), done: data.done, counts: data.done ? {} : counts, rest: data.done ? {} : data.rest };
  const isEmpty = !data.done && !Object.keys(counts).length && !Object.keys(entry.rest).some((name) => name !== "when");
  try {
    if (isEmpty) { localStorage.removeItem(place(data)); } else { localStorage.setItem(place(data), JSON.stringify(entry)); }
  } catch { /* A browser that keeps nothing: the page works without. */ }
}

function number(text, whole) {
  const plain = text.replace(",", ".").replace(whole ? /\D/g : /[^\d.]/g, "");
  const value = plain === "" ? NaN : Number(plain);
  return Number.isFinite(value) && value <= 1e6 ? value : null;
}

function stepped(value, by) {
  if (value === undefined || value === null) { return by > 0 ? 1 : 0; }
  const next = Math.round((value + by) * 1000) / 1000;
  return next < 0 ? null : next;
}

function button(sign, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.setAttribute("aria-label", words);
  return made;
}

function row(item, box) {
  const made = document.createElement("div");
  made.className = "log-row";
  made.dataset.item = item.item;
  const label = document.createElement("label");
  const name = label.appendChild(document.createElement("b"));
  name.textContent = item.label;
  if (item.hint) { label.appendChild(document.createElement("span")).textContent = item.hint; }
  const field = document.createElement("input");
  field.type = "text";
  field.id = `log_number_${item.item}`;
  field.inputMode = item.whole ? "numeric" : "decimal";
  field.autocomplete = "off";
  field.placeholder = "–";
  field.maxLength = 7;
  label.htmlFor = field.id;
  const set = (value, now) => {
    const counts = (typed[box.data.draft] ??= {});
    if (value === null) { delete counts[item.item]; } else { counts[item.item] = value; }
    box.changed(now);
  };
  const step = (by) => {
    const value = stepped((typed[box.data.draft] ?? {})[item.item], by);
    set(value, false);
    field.value = value === null ? "" : String(value);
  };
  const less = button("−", `One fewer: ${item.label}`);
  const more = button("+", `One more: ${item.label}`);
  less.addEventListener("click", () => step(-1));
  more.addEventListener("click", () => step(1));
  field.addEventListener("input", () => set(number(field.value, item.whole), false));
  field.addEventListener("change", () => {
    const value = number(field.value, item.whole);
    field.value = value === null ? "" : String(value);
    set(value, true);
  });
  field.addEventListener("focus", () => field.select());
  made.append(label, less, field, more);
  return made;
}

function draw(box) {
  const { parent, data } = box;
  parent.replaceChildren();
  const first = data.items.filter((item) => !item.later), later = data.items.filter((item) => item.later);
  first.forEach((item) => parent.append(row(item, box)));
  if (later.length) {
    const more = parent.appendChild(document.createElement("details"));
    more.className = "log-more";
    more.appendChild(document.createElement("summary")).textContent = later.length > 1 ? `${later.length} more numbers` : "One more number";
    later.forEach((item) => more.append(row(item, box)));
    more.open = later.some((item) => item.item in (typed[data.draft] ?? {}));
  }
  const counts = typed[data.draft] ?? {};
  for (const field of parent.querySelectorAll("input")) {
    const value = counts[field.closest(".log-row").dataset.item];
    field.value = value === undefined ? "" : String(value);
  }
}

function newBox(parent) {
  const box = { parent, drawn: "", timer: null, told: 0, last: "" };
  box.isKnown = () => {
    const mine = typed[box.data.draft] ?? {};
    return box.data.done || box.data.items.every((item) => (mine[item.item] ?? null) === (box.data.known[item.item] ?? null));
  };
  box.send = () => {
    clearTimeout(box.timer);
    box.timer = null;
    store(box.data);
    const words = JSON.stringify([box.data.draft, typed[box.data.draft] ?? {}]);
    if (words === box.last) { return; }
    box.last = words;
    box.tell("typed", { draft: box.data.draft, counts: { ...(typed[box.data.draft] ?? {}) }, told: ++box.told });
  };
  box.changed = (now) => {
    clearTimeout(box.timer);
    store(box.data);
    box.timer = setTimeout(box.send, now ? 0 : WAIT);
  };
  box.later = () => { if (!box.isKnown() && box.timer === null) { box.timer = setTimeout(box.send, WAIT); } };
  // A tap on anything else, the save button above all, must find the last number sent.
  box.flush = (event) => { if (!parent.contains(event.target) && (box.timer !== null || !box.isKnown())) { box.send(); } };
  return box;
}

export default function ({ data, parentElement, setStateValue }) {
  const box = (parentElement.learningBox ??= newBox(parentElement));
  Object.assign(box, { data, tell: setStateValue });
  const before = data.fresh ? stored(data) : null;
  if (before && before.draft !== data.draft) {
    typed[before.draft] = before.counts ?? {};
    setStateValue("restored", { draft: before.draft, at: before.at, rest: before.rest ?? {} });
    return;
  }
  if (before && !(data.draft in typed)) { typed[data.draft] = before.counts ?? {}; }
  store(data);
  const shape = JSON.stringify([data.draft, data.items]);
  if (box.drawn !== shape) { box.drawn = shape; draw(box); }
  // Nothing is told twice, since each message ends the run of the one before; but when a lost connection is back, what the
  // server does not know is told again: what was said meanwhile went nowhere.
  box.later();
  const app = document.querySelector("[data-testid=stApp]");
  const watch = new MutationObserver(() => {
    if (app.getAttribute("data-test-connection-state") === "CONNECTED") { box.last = ""; box.later(); }
  });
  if (app) { watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] }); }
  document.addEventListener("pointerdown", box.flush, true);
  return () => {
    watch.disconnect();
    document.removeEventListener("pointerdown", box.flush, true);
  };
}
