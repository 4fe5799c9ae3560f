"""The shared parts in a browser: policy, accessibility, keys, schemes, widths, languages, print."""

import pytest
from axe_playwright_python.sync_playwright import Axe

SCREENS = {"office": (1366, 768), "phone": (390, 844)}
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RICH = ["components", "grid", "insight"]
PAGES = [*RICH, "public", "404", "500", "registration/login"]
ON_SCREENS = [*((name, "office") for name in PAGES), *((name, "phone") for name in [*RICH, "public"])]
IN_SCHEMES = [*((*one, "light") for one in ON_SCREENS), *((name, "office", "dark") for name in RICH)]


@pytest.fixture
def opened(browser, site):
    """Opens a page in a context of its own."""
    contexts = []

    def open_(name: str, screen: str = "office", **how):
        width, height = SCREENS[screen]
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=site, **how)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda told: told.type == "error" and page.complaints.append(told.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        answer = page.goto(f"/{name}")
        assert answer.status == 200
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("name", "screen"), ON_SCREENS)
def test_the_policy_refuses_nothing_and_nothing_is_too_wide(opened, name, screen):
    page = opened(name, screen)
    page.wait_for_load_state("networkidle")
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen][0]


@pytest.mark.parametrize(("name", "screen", "scheme"), [*IN_SCHEMES, ("components", "phone", "dark")])
def test_nobody_is_shut_out(opened, name, screen, scheme):
    page = opened(name, screen, color_scheme=scheme, bypass_csp=True)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


def test_open_dialogs_and_menus_shut_nobody_out(opened):
    page = opened("components", bypass_csp=True)
    page.keyboard.press("?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("summary").first.click()
    # What lies under the open list is covered as long as it is open.
    assert violations(page, ".bar") == []


def violations(page, within: str | None = None) -> list[tuple[str, list[str]]]:
    """What axe has against a page: the rule, and where."""
    found = Axe().run(page, context=within, options=STANDARD).response["violations"]
    return [(one["id"], [node["target"][0] for node in one["nodes"]]) for one in found]


def test_the_policy_is_in_force(opened):
    page = opened("404")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert any("Content Security Policy" in one for one in page.complaints)


def test_skip_link_leads_to_the_content(opened):
    page = opened("components")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page"


def test_slash_searches_and_question_mark_shows_the_keys(opened):
    page = opened("components")
    page.keyboard.press("/")
    assert page.locator(":focus").get_attribute("type") == "search"
    page.keyboard.type("a/b?")
    assert page.locator(":focus").input_value() == "a/b?"
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_menus_open_and_close_by_key_and_click(opened):
    page = opened("components")
    year = page.locator("details.menu").first
    year.locator("summary").focus()
    page.keyboard.press("Enter")
    assert year.locator("a").first.is_visible()
    page.keyboard.press("Escape")
    assert not year.locator("a").first.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    year.locator("summary").click()
    page.locator("h1").click()
    assert not year.locator("a").first.is_visible()


def test_dialog_opens_and_gives_the_focus_back(opened):
    page = opened("components")
    button = page.locator("[data-dialog=return]")
    button.click()
    assert page.locator("#return").is_visible()
    page.locator("#return [data-close]").last.click()
    assert not page.locator("#return").is_visible()
    assert page.evaluate("document.activeElement.dataset.dialog") == "return"


def test_a_failed_request_is_said_once(opened):
    page = opened("components")
    page.context.set_offline(True)
    for _ in range(2):
        page.locator("[data-fix]").first.click()
    page.locator(".toast").wait_for()
    assert page.locator(".toast").count() == 1
    assert "无法连接服务器" in page.locator(".toast").inner_text()


def test_a_step_of_long_work_asks_for_the_next(opened):
    page = opened("waiting")
    page.locator(".progress", has_text="完成").wait_for()


def test_english(opened):
    page = opened("components?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".product").inner_text() == "Hengliang"
    assert "Not reported" in page.locator("main").inner_text()


def test_print_leaves_the_frame_out(opened):
    page = opened("components")
    page.emulate_media(media="print")
    shown = page.locator(".bar, .nav, .toolbar, .filters, .breadcrumbs")
    assert not any(shown.nth(at).is_visible() for at in range(shown.count()))
    assert page.locator(".print-head").is_visible()
    assert page.locator("h1").is_visible()


def test_colours_of_the_system_leave_every_part_visible(opened):
    page = opened("components", forced_colors="active")
    bars = page.locator(".bar-got, .bar-may, .bar-lost")
    assert bars.count() > 3
    fills = {bars.nth(at).evaluate("node => getComputedStyle(node).stroke") for at in range(bars.count())}
    assert fills != {"none"}


def test_chart_is_drawn_and_has_its_table(opened):
    page = opened("insight")
    canvas = page.locator("#risk canvas")
    canvas.wait_for()
    drawn = canvas.evaluate(
        "node => new Set(node.getContext('2d').getImageData(0, 0, node.width, node.height).data).size"
    )
    assert drawn > 20
    assert page.locator("#risk [role=img]").get_attribute("aria-label") == "哪些指标最可能失分?"
    page.locator("#risk details summary").click()
    assert "2.85" in page.locator("#risk table").inner_text()


def test_chart_follows_the_scheme(opened):
    page = opened("insight", color_scheme="light")
    canvas = page.locator("#month canvas")
    canvas.wait_for()
    light = canvas.evaluate("node => node.toDataURL()")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    assert canvas.evaluate("node => node.toDataURL()") != light


def test_map_and_list_filter_each_other(opened):
    page = opened("insight")
    page.locator("#map[data-ready=yes]").wait_for()
    entries = page.locator("#map [data-feature]:visible")
    assert entries.count() == 5
    page.locator("[data-map-tone][value=bad]").uncheck()
    assert entries.count() == 4
    page.locator("[data-map-search]").fill("祁东")
    assert entries.count() == 1
    page.locator("[data-map-search]").fill("")
    page.locator("[data-feature=k1] button").click()
    page.locator("[data-feature=k2]").wait_for(state="hidden")
    assert page.locator("[data-feature=k1]").get_attribute("aria-current") == "true"
    assert entries.count() == 1
    assert "5 条记录中的 1 条" in page.locator("[data-map-count]").inner_text()
    page.locator("[data-map-inside]").uncheck()
    assert entries.count() == 4


def test_without_a_map_the_list_stays(opened, browser):
    page = opened("insight")
    page.context.route("**/vendor/maplibre-gl.js", lambda route: route.abort())
    page.reload()
    page.locator("#map[data-ready=no]").wait_for()
    assert page.locator("#map [data-feature]:visible").count() == 5
    assert "无法显示地图" in page.locator("[data-map-canvas]").inner_text()


def test_what_is_typed_in_a_form_is_not_left_unasked(opened):
    page = opened("components")
    page.locator("main form[method=post] input[type=text]").first.fill("写了一半")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/grid")
    assert asked == ["beforeunload"]


def test_after_a_rest_a_form_stays_when_nobody_is_signed_in(opened):
    page = opened("components")
    page.route("**/components*", lambda route: route.fulfill(status=401))
    field = page.locator("main form[method=post] input[type=text]").first
    field.fill("写了一半")
    page.clock.install()
    page.clock.fast_forward("10:00")
    field.evaluate("(one) => { one.form.noValidate = true; one.form.requestSubmit(); }")
    page.locator(".toast-bad a").wait_for()
    assert field.input_value() == "写了一半"


def test_a_form_is_sent_with_the_token_of_today(opened):
    page = opened("components")
    sent = page.evaluate(
        """() => {
            document.cookie = "csrftoken=of-today";
            const form = document.querySelector("main form[method=post]");
            const token = Object.assign(document.createElement("input"), { type: "hidden", value: "old" });
            token.name = "csrfmiddlewaretoken";
            form.append(token);
            form.addEventListener("submit", (event) => event.preventDefault());
            form.noValidate = true;
            form.requestSubmit();
            return form.elements.csrfmiddlewaretoken.value;
        }"""
    )
    assert sent == "of-today"
