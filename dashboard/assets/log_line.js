// Under the save button: whether the page reaches its computer. Streamlit greys its buttons out and says no more.
const CUT = "Not saved: no connection. Keep this page open; try again. Your numbers stay.";
const BACK = "The connection is back. Save now.";

export default function ({ parentElement }) {
  const line = (parentElement.learningLine ??= parentElement.appendChild(document.createElement("p")));
  line.className = "log-line";
  line.setAttribute("role", "status");
  const app = document.querySelector("[data-testid=stApp]");
  const isThere = () => navigator.onLine && app?.getAttribute("data-test-connection-state") === "CONNECTED";
  const tell = () => {
    parentElement.learningCut ||= !isThere();
    const words = !isThere() ? CUT : parentElement.learningCut ? BACK : "";
    if (line.textContent !== words) { line.textContent = words; }
  };
  tell();
  const watch = new MutationObserver(tell);
  if (app) { watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] }); }
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  return () => {
    watch.disconnect();
    window.removeEventListener("online", tell);
    window.removeEventListener("offline", tell);
  };
}
