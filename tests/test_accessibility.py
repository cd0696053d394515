"""WCAG 2.2 AA in headless Chromium: every page of the navigation, in every view, by axe, by keyboard and by eye of the browser.

A page that is added to the navigation is tested without being named here. What axe finds that is not ours to mend stands
in `EXCUSED`, each with its reason, and is excused only there.
"""

from __future__ import annotations

import ast
from importlib.resources import files

import pytest

from dashboard.theme import PROJECTOR
from tests import test_browser
from tests.test_browser import CHROMIUM, FLAGS, IDLE, PROJECT, SIDEWAYS, serving

pytestmark = test_browser.pytestmark

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: Size, the system's scheme and the address's view. 320 px is WCAG 1.4.10; 640 at two pixels each is 1280 at 200 % (1.4.4).
VIEWS = {
    "light": ((1280, 900), "light", ""),
    "dark": ((1280, 900), "dark", ""),
    "projector": ((1920, 1080), "light", "view=projector"),
    "projector from a dark desk": ((1280, 720), "dark", "view=projector"),
    "reflow at 320": ((320, 720), "light", ""),
    "zoom of 200 %": ((640, 450), "light", ""),
}

#: Rule, where, why. A finding elsewhere is a failure.
EXCUSED = (
    ("target-size", ".holds .marks, .errors .marks",
     "where results lie is where their marks lie; each is a link of its own in the table below (WCAG 2.5.8, equivalent)"),
    ("scrollable-region-focusable", ".st-key-document table",
     "Streamlit's own tables of a text; Chromium and Firefox give a box that scrolls the focus by themselves"),
    ("presentation-role-conflict", "[data-testid=stFileUploader]", "Streamlit's own box for files"),
    ("empty-table-header", "[data-testid=stDataFrame]", "the corner of Streamlit's own grid"),
)  # fmt: skip


def navigation() -> list[str]:
    """Return the pages' names as `streamlit_app.py` gives them, without running it."""
    tree = ast.parse((PROJECT / "streamlit_app.py").read_text(encoding="utf-8"))
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return list(ast.literal_eval(named["NAVIGATION"]))


PAGES = navigation()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The dashboard on the made-up sample."""
    with serving(PROJECT / "data", tmp_path_factory.mktemp("marts")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, server):
    """Open a page of the navigation and wait until it is drawn; what was opened is closed at the end."""
    opened = []

    def go(name: str, size: tuple[int, int] = (1280, 900), query: str = "", **settings):
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, **settings)
        opened.append(page)
        page.goto(f"{server}/{'' if name == 'overview' else name}?{query}")
        page.wait_for_function(IDLE, timeout=60_000)
        page.wait_for_timeout(300)
        assert page.locator("[data-testid=stException]").count() == 0, name
        return page

    yield go
    for page in opened:
        page.close()


UNFOLD = "() => document.querySelectorAll('details:not([open])').forEach(one => { one.open = true })"


def found_by_axe(page) -> list[str]:
    """Return what axe finds, one line a place, without what is excused."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    rows = page.evaluate(
        """async (tags) => { const told = await axe.run(document, {runOnly: {type: 'tag', values: tags}, elementRef: true});
        return told.violations.flatMap(one => one.nodes.map(node => ({rule: one.id, html: node.html.slice(0, 160),
          why: node.failureSummary, within: %s.map(where => !!node.element.closest(where + ',' + where + ' *'))}))) }"""
        % [where for _, where, _ in EXCUSED],
        STANDARDS,
    )
    return [
        f"{row['rule']}: {row['html']} ({row['why']})"
        for row in rows
        if not any(row["rule"] == rule and row["within"][at] for at, (rule, _, _) in enumerate(EXCUSED))
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_with_everything_unfolded_and_nothing_scrolls_sideways(visit, name, view):
    size, scheme, query = VIEWS[view]
    page = visit(name, size, query, color_scheme=scheme)
    page.evaluate(UNFOLD)
    page.wait_for_timeout(200)
    assert found_by_axe(page) == []
    assert page.evaluate(SIDEWAYS) == 0


def test_axe_would_find_what_is_wrong(visit):
    page = visit("method")
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<img src=x.png>')")
    assert any(told.startswith("image-alt") for told in found_by_axe(page))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_its_name_its_language_and_one_first_heading(visit, name):
    page = visit(name)
    assert page.title().endswith(" · Neighbourhood learning")
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert page.locator("h1:visible").count() == 1


def test_no_two_pages_have_the_same_title(visit):
    assert len({visit(name).title() for name in PAGES}) == len(PAGES)


#: Every stop of the Tab key is kept with how it and what surrounds it looked before, to be held against its look in focus.
#: Of a group of radio buttons Tab reaches one, and the arrow keys the others.
MARK_STOPS = """() => {
  const parts = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderColor', 'backgroundColor', 'textDecoration'];
  const look = one => { const style = getComputedStyle(one); return parts.map(part => style[part]).join() };
  const looks = window.looksOf = one => {
    const told = [];
    for (let up = one; up && told.length < 4; up = up.parentElement) { told.push(look(up)) }
    return told.join('|') };
  const seen = one => one.checkVisibility({checkVisibilityCSS: true}) && one.getClientRects().length;
  const can = 'a[href], button, input, textarea, select, summary, [tabindex]';
  const one_of_many = one => one.type === 'radio' || one.getAttribute('role') === 'radio';
  const stops = [...document.querySelectorAll(can)].filter(one => one.tabIndex >= 0 && !one.disabled && seen(one)
    && !one.closest('[inert],[aria-hidden=true]') && !one_of_many(one));
  window.before = new Map(stops.map(one => [one, looks(one)]));
  return stops.length }"""
STEP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) { return null }
  const again = !!one.passed;
  one.passed = one.reached = true;
  const shown = !window.before.has(one) || window.before.get(one) !== window.looksOf(one);
  return {name: one.outerHTML.slice(0, 140), again, shown} }"""
#: Missed is what is still to be seen, and of a group of choices none was reached.
MISSED = """() => [...window.before.keys()].filter(one => !one.reached && one.isConnected
    && !one.closest('[inert],[aria-hidden=true]')
    && one.checkVisibility({checkVisibilityCSS: true}) && one.getClientRects().length
    && ![...(one.closest('[data-testid=stButtonGroup]')?.querySelectorAll('button') ?? [])].some(other => other.reached))
  .map(one => one.outerHTML.slice(0, 140))"""


SHOWN = "() => window.before.get(document.activeElement) !== window.looksOf(document.activeElement)"
#: Focus on the stop before one of those missed.
GO_BEFORE = """at => { const all = [...window.before.keys()].filter(one => one.isConnected);
  const missed = all.filter(one => !one.reached && one.getClientRects().length);
  const one = missed[Math.min(at, missed.length - 1)] ?? missed[0];
  if (one) { all[Math.max(all.indexOf(one) - 1, 0)].focus() } }"""


def walk(page, stops: int) -> list[str]:
    """Press Tab until it comes round; return the stops that do not show that they have the focus."""
    unseen = []
    for _ in range(2 * stops + 40):
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        if step is None or step["again"]:
            break
        if not step["shown"]:  # a field may take a moment to show it
            page.wait_for_timeout(150)
            step["shown"] = page.evaluate(SHOWN)
        if not step["shown"]:
            unseen.append(step["name"])
    return unseen


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_everything_and_shows_where_it_is_and_is_caught_nowhere(visit, name):
    page = visit(name, reduced_motion="reduce")
    # Fields whose programs are fetched late put their neighbours in place once more.
    page.wait_for_timeout(1500)
    unseen = walk(page, page.evaluate(MARK_STOPS))
    # A field put in place anew under the walk is passed over: from the stop before it, Tab must lead there.
    for at in range(len(page.evaluate(MISSED))):
        page.evaluate(GO_BEFORE, at)
        for _ in range(3):
            page.keyboard.press("Tab")
            page.evaluate(STEP)
    assert page.evaluate(MISSED) == []
    assert unseen == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_who_asks_for_less_motion(visit, name):
    page = visit(name, reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(one => { const s = getComputedStyle(one);
        const long = text => text.split(',').some(t => parseFloat(t) * (t.includes('ms') ? 1 : 1000) > 1);
        return long(s.transitionDuration) || (s.animationName !== 'none' && long(s.animationDuration)) })
        .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert moving == []


#: Marks that are drawn by their ground alone, and the ground of what they lie on.
INK = ".step-bar i, .dot-track .dot, .dot-track .whisker, .time-dots .dot, .stages .reached i, .tenths i, .marks .mark i"


@pytest.mark.parametrize("name", PAGES)
def test_marks_are_still_drawn_where_the_system_sets_its_own_colours(visit, name):
    page = visit(name, forced_colors="active")
    page.evaluate(UNFOLD)
    lost = page.evaluate(
        """where => { const ground = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
        return [...document.querySelectorAll(where)].filter(one => one.getClientRects().length && !one.matches('.gone, .later')
          && getComputedStyle(one).backgroundColor === ground && parseFloat(getComputedStyle(one).borderTopWidth) === 0)
          .map(one => one.outerHTML.slice(0, 120)) }""",
        INK,
    )
    assert lost == []
    page.keyboard.press("Tab")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"


#: Pages on which one table holds the numbers of all charts: there women's and men's figures stand beside each other.
ONE_TABLE = ("healthy_life_expectancy",)


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_says_what_it_shows_and_has_its_numbers_in_a_table(visit, name):
    page = visit(name)
    told = page.eval_on_selector_all(
        "[data-testid=stPlotlyChart]", "all => all.map(one => one.getAttribute('aria-label') || '')"
    )
    assert all(len(words.split()) >= 5 for words in told), told
    if told:
        assert page.locator("main table, [data-testid=stMain] table").count() >= (
            1 if name in ONE_TABLE else len(told)
        )
    assert page.evaluate("() => [...document.images].every(image => image.hasAttribute('alt'))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_the_projector_s_colours_hold_on_every_page_whatever_the_desk_s_are(visit, name, scheme):
    page = visit(name, (1920, 1080), "view=projector", color_scheme=scheme)
    ground, ink = (
        tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (PROJECTOR.page, PROJECTOR.text)
    )
    app = """() => { const style = getComputedStyle(document.querySelector('[data-testid=stApp]'));
      return [style.backgroundColor, style.color] }"""
    assert page.evaluate(app) == [f"rgb{ground}", f"rgb{ink}"]
    assert page.locator("[data-testid=stHeader]").is_hidden()
