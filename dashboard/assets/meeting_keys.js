// The keys of a meeting: left and right go through the slides, Esc leaves; a clicker's page keys do the same where the
// slide fits the screen. A text says how long a question has been on the screen. No key works while somebody writes.
const WRITING = "input, textarea, select, [contenteditable=true], [role=spinbutton], [role=radio], [role=combobox], [role=listbox], [role=tab]";
const OPEN = "[role=dialog], [data-baseweb=popover], [data-testid=stPopoverBody], [role=listbox]";
const LINKS = { ArrowLeft: "back", ArrowRight: "next", PageUp: "back", PageDown: "next", Escape: "leave" };
const EVERY = 1000;
const ASK_EVERY = 40;

const begun = {};

function fits() {
  const main = document.querySelector("[data-testid=stMain]");
  return !main || main.scrollHeight <= main.clientHeight + 1;
}

function pressed(event) {
  const name = LINKS[event.key];
  if (!name || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
  if (event.target.closest?.(WRITING) || document.querySelector(OPEN)) { return; }
  if (event.key.startsWith("Page") && !fits()) { return; }
  const link = document.querySelector(`a.meeting-${name}`);
  if (link) { event.preventDefault(); link.click(); }
}

function kept(name) {
  try { return Number(sessionStorage.getItem(name)) || null; } catch { return null; }
}

function start(name) {
  begun[name] ??= kept(name) ?? Date.now();
  try { sessionStorage.setItem(name, String(begun[name])); } catch { /* a private window keeps nothing */ }
  return begun[name];
}

function words(since, minutes) {
  const left = minutes - Math.floor((Date.now() - since) / 60000);
  if (left > 1) { return `${left} minutes left`; }
  if (left === 1) { return "1 minute left"; }
  if (left === 0) { return "time is up"; }
  return left === -1 ? "1 minute over" : `${-left} minutes over`;
}

export default function ({ data, setStateValue }) {
  const name = `meeting_timer:${data.meeting}:${data.item}`;
  const tick = () => {
    const line = document.querySelector(".meeting-timer");
    if (!line || !data.minutes) { return; }
    const told = words(start(name), data.minutes);
    if (line.textContent !== told) { line.textContent = told; }
  };
  const round = (pixels) => Math.floor(pixels / ASK_EVERY) * ASK_EVERY;
  const tell = () => {
    const [width, height] = [window.innerWidth, round(window.innerHeight)];
    const isOther = Math.abs(width - data.width) >= ASK_EVERY || height !== data.height;
    if (isOther) { setStateValue("window", { width, height }); }
  };
  tick();
  tell();
  const clock = setInterval(tick, EVERY);
  document.addEventListener("keydown", pressed);
  window.addEventListener("resize", tell);
  return () => {
    clearInterval(clock);
    document.removeEventListener("keydown", pressed);
    window.removeEventListener("resize", tell);
  };
}
