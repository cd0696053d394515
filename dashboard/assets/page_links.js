// A link to another page of this dashboard opens there without loading the program again: the address changes as it
// would, and Streamlit is told in the way in which the browser's own back button tells it. What was typed stays.
function ours(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return null; }
  const link = event.target.closest?.("a[href]");
  if (!link || (link.target && link.target !== "_self") || link.hasAttribute("download")) { return null; }
  const to = new URL(link.href);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  return to.origin === location.origin && !(isHere && to.hash) && link.closest("[data-testid=stMain]") ? to : null;
}

function follow(event) {
  const to = ours(event);
  if (!to) { return; }
  event.preventDefault();
  const isOtherPage = to.pathname !== location.pathname;
  history.pushState({}, "", to);
  dispatchEvent(new PopStateEvent("popstate"));
  if (isOtherPage) { document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0); }
}

export default function () {
  if (!window.learningLinks) {
    window.learningLinks = true;
    document.addEventListener("click", follow);
  }
}
