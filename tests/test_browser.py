"""What a reader does, in a real Chromium: search, preview, follow, sort, filter; and the rules of accessibility."""

import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE = 20_000.0  # milliseconds that the search may take on a busy machine
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAGES = [
    "",
    "summits/",
    "summits/1990-05-port/",
    "positions/whole-sound/",
    "sources/ferro1990/",
    "disagreements/",
    "chapters/01-the-port/",
    "timeline/",
    "map/",
    "compare/",
    "quiz/",
    "teach/",
    "support/",
    "coverage/",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, "a Chromium or Chrome is needed: install Debian's package chromium"
    with sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
        running = playwright.chromium.launch(executable_path=program, args=quiet)
        yield running
        running.close()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page of each width that fails the test where a script fails or another host is asked for anything."""
    context = browser.new_context(viewport=request.param, base_url=address, has_touch=request.param is PHONE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: asked.url.startswith((address, "data:", "blob:")) or wrong.append(asked.url))
    yield page
    context.close()
    assert not wrong


def is_phone(page: Page) -> bool:
    return page.viewport_size == PHONE


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("オセル", "Eysel/Ösel"),
        ("Встреча в порту", "Port meeting"),
        ("みなとかいだん", "Port meeting"),
        ("Āran Tōma", "Āran Tōma"),
        ("aran toma", "Āran Tōma"),
        ("Eysel", "Eysel/Ösel"),
        ("osel", "Eysel/Ösel"),
        ("Old Cwern", "Cwern/Kvern"),
    ],
)
def test_a_record_is_found_first_by_any_of_its_names(page: Page, words: str, title: str) -> None:
    page.goto("")
    if is_phone(page):
        page.locator("label.md-header__button[for=__search]").click()
    page.locator("input[name=query]").click()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching", timeout=PATIENCE)
    page.locator("input[name=query]").press_sequentially(words)
    first = page.locator(".md-search-result__item h1").first
    expect(first).to_have_text(title, timeout=PATIENCE)
    expect(page.locator(".md-search-result .md-tags").first).to_be_hidden()
    first.click()
    expect(page.locator("article h1")).to_contain_text(title)


def test_a_citation_shows_its_reference_on_focus_and_escape_closes_it(page: Page) -> None:
    page.goto("summits/1990-05-port/")
    page.locator(".summary a.cite").focus()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("The Strait and the Two Capitals")
    expect(preview).to_contain_text("para. 2, and all that rests on it")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()


def test_a_citation_shows_its_reference_on_hover_or_tap_and_leads_to_the_paragraph(page: Page) -> None:
    page.goto("summits/1990-05-port/")
    link = page.locator(".summary a.cite")
    if is_phone(page):
        link.tap()
    else:
        link.hover()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Arvenian Review")
    preview.locator("a").last.click()
    expect(page).to_have_url(re.compile(r"/sources/ferro1990/#para-2$"))


def test_a_backlink_and_a_permalink_are_followed(page: Page) -> None:
    page.goto("leaders/lund-eva/")
    page.locator("#sec-backlinks + dl a", has_text="Port meeting").click()
    expect(page).to_have_url(re.compile(r"/summits/1990-05-port/$"))
    page.locator("#no-answer a.permalink").click()
    expect(page).to_have_url(re.compile(r"#no-answer$"))
    expect(page.locator(".claim:target")).to_contain_text("Lund gave no answer")


def test_a_section_is_sorted_and_filtered(page: Page) -> None:
    page.goto("summits/")
    rows = page.locator(".records tbody tr")
    expect(rows.first).to_contain_text("Port meeting")
    page.get_by_role("button", name="Date").click()
    expect(page.locator("th").first).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Date").click()
    expect(rows.first).to_contain_text("Hall")
    page.get_by_role("searchbox", name="Show rows with").fill("toma")
    expect(page.locator(".records tbody tr:visible")).to_have_count(1)
    expect(page.locator("output")).to_have_text("1 of 2 rows")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_the_rules_of_accessibility(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(path)
    page.wait_for_timeout(400)
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found] == []


def test_the_timeline_is_filtered_and_the_filter_stands_in_the_address(page: Page) -> None:
    page.goto("timeline/?kind=declaration")
    visible = page.locator(".timeline li:visible")
    expect(visible).to_have_count(1)
    expect(visible).to_contain_text("Port Declaration")
    page.locator("select[name=kind]").select_option("")
    page.locator("select[name=people]").select_option(label="Eva Lund")
    expect(visible).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?people=lund-eva$"))


def test_positions_are_compared_by_the_address(page: Page) -> None:
    page.goto("compare/?p=whole-sound")
    expect(page.get_by_label("The whole sound")).to_be_checked()
    expect(page.locator(".comparison.chosen .position:visible")).to_have_count(1)
    page.get_by_label("The whole sound").uncheck()
    expect(page).to_have_url(re.compile(r"/compare/$"))


def test_names_follow_the_reader_s_choice_and_it_is_kept(page: Page) -> None:
    page.goto("summits/1990-05-port/")
    outcome = page.locator("#sec-outcome + p")
    expect(outcome).to_contain_text("Eysel/Ösel")
    page.get_by_label("Places with two names").select_option("japan")
    expect(outcome).to_contain_text("left Ösel aside")
    page.goto("terms/kunashiri/")
    expect(page.get_by_label("Places with two names")).to_have_value("japan")


def test_a_term_explains_itself_on_focus(page: Page) -> None:
    page.goto("summits/1990-05-port/")
    page.locator("#sec-outcome + p a", has_text="Eysel/Ösel").focus()
    expect(page.locator("#preview")).to_contain_text("An isle of the sound.")


def test_the_quiz_is_shuffled_over_the_chosen_chapters(page: Page) -> None:
    page.goto("quiz/?chapters=01-the-port")
    expect(page.locator(".quiz section:visible")).to_have_count(1)
    page.get_by_role("button", name="Shuffle").click()
    cards = page.locator(".deck details")
    expect(cards).to_have_count(6)
    cards.first.locator("summary").click()
    expect(cards.first.get_by_role("link", name="The statement on which this rests")).to_be_visible()


def test_progress_is_remembered_in_the_browser(page: Page) -> None:
    page.goto("chapters/01-the-port/")
    page.locator("#sec-check").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    page.goto("chapters/")
    expect(page.locator(".chapters")).to_contain_text("✓ read")
    page.goto("")
    expect(page.locator(".continue")).to_contain_text("You were reading 1. The port")


def test_a_map_line_is_switched_and_an_island_leads_to_its_page(page: Page) -> None:
    page.goto("map/?lines=1855")
    expect(page.locator(".boundary:visible")).to_have_count(1)
    page.get_by_label("1875").check()
    expect(page.locator(".boundary:visible")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?lines=1855\+1875$"))
    page.locator(".map a.island text", has_text="Shik").click()
    expect(page).to_have_url(re.compile(r"/terms/shikotan/$"))
