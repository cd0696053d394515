// Under the save button: whether the page reaches its computer. A tap that cannot arrive is said to be not saved.
const NO_LINE = "No connection. What you typed stays on this page.";
const NOT_SAVED = "Not saved. Keep this page open; try again.";
const BACK = "The connection is back. Save again.";

export default function ({ data, parentElement }) {
  const line = (parentElement.learningLine ??= parentElement.appendChild(document.createElement("p")));
  line.className = "log-line";
  line.setAttribute("role", "status");
  const state = (parentElement.learningState ??= { tapped: false });
  const app = document.querySelector("[data-testid=stApp]");
  const isThere = () => navigator.onLine && app?.getAttribute("data-test-connection-state") === "CONNECTED";
  const tell = () => {
    const there = isThere();
    const words = there ? (state.tapped ? BACK : "") : state.tapped ? NOT_SAVED : NO_LINE;
    if (line.textContent !== words) { line.textContent = words; }
  };
  const tapped = (event) => {
    if (!event.target.closest?.(".st-key-log_save")) { return; }
    state.tapped = !isThere();
    tell();
  };
  tell();
  const watch = new MutationObserver(tell);
  if (app) { watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] }); }
  document.addEventListener("click", tapped, true);
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  return () => {
    watch.disconnect();
    document.removeEventListener("click", tapped, true);
    window.removeEventListener("online", tell);
    window.removeEventListener("offline", tell);
  };
}
