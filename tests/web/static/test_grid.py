"""The grid in a browser: what a spreadsheet does, and that nothing is lost."""

import json
import random

import pytest

COLUMNS = ["l1", "l2", "name", "sign", "target", "unit", "points"]


class Desk:
    """A person at the grid."""

    def __init__(self, page):
        self.page = page

    def open(self):
        self.page.goto("/grid")
        self.page.wait_for_selector("[role=grid] tbody tr")
        return self

    def cell(self, row: int, key: str):
        return self.page.locator(f"[role=grid] tbody tr:nth-child({row}) [data-x='{COLUMNS.index(key)}']")

    def click(self, row: int, key: str, **how):
        self.cell(row, key).click(**how)
        return self

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, words: str):
        self.page.keyboard.type(words)
        return self

    def paste(self, text: str, html: str = ""):
        self.page.evaluate(
            """([text, html]) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                if (html) data.setData("text/html", html);
                const how = { clipboardData: data, bubbles: true, cancelable: true };
                document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
            }""",
            [text, html],
        )
        return self

    def rows(self) -> list[dict]:
        return self.page.evaluate("document.querySelector('[data-grid]').grid.rows")

    def column(self, key: str) -> list[str]:
        return [row["cells"][key] for row in self.rows()]

    def state(self) -> str:
        return self.page.locator("[data-save-state]").inner_text()

    def saved(self):
        return self.until("saved")

    def until(self, state: str):
        self.page.locator(f"[data-grid][data-state={state}]").wait_for()
        return self

    def kept(self) -> dict:
        return self.page.request.get("/state").json()

    def cells_kept(self) -> list[dict]:
        return [row["cells"] for row in self.kept()["rows"]]

    def elsewhere(self, *changes: tuple[str, str, str]):
        sent = [dict(zip(("row", "key", "value"), change, strict=True)) for change in changes]
        self.page.request.post("/elsewhere", data=json.dumps(sent))


@pytest.fixture
def desk(page) -> Desk:
    return Desk(page).open()


def test_arrows_move_and_the_cell_is_said(desk):
    desk.click(1, "name").press("ArrowDown", "ArrowRight", "ArrowRight")
    focused = desk.page.locator(":focus")
    assert focused.get_attribute("role") == "gridcell"
    assert focused.inner_text() == "120"
    assert desk.page.locator("[data-grid-line]").inner_text() == "120"


def test_typing_replaces_and_enter_goes_down(desk):
    desk.click(1, "target").type("61").press("Enter").type("121").press("Enter")
    assert desk.column("target")[:2] == ["61", "121"]
    desk.saved()
    assert [cells["target"] for cells in desk.cells_kept()][:2] == ["61", "121"]


def test_escape_leaves_the_value(desk):
    desk.click(1, "target").press("Enter").type("9").press("Escape")
    assert desk.column("target")[0] == "60"
    assert desk.page.locator(":focus").inner_text() == "60"


def test_tab_goes_on_and_leaves_after_escape(desk):
    desk.click(1, "target").type("7").press("Tab").type("x").press("Tab")
    assert (desk.column("target")[0], desk.column("unit")[0]) == ("7", "x")
    assert desk.page.locator(":focus").inner_text() == "3"
    desk.press("Tab")
    assert desk.page.locator(":focus").get_attribute("role") == "gridcell"
    desk.press("Escape", "Tab")
    assert not desk.page.evaluate("document.activeElement.closest('[role=grid]') !== null")


def test_choice_is_taken_from_the_list(desk):
    desk.click(1, "sign").press("Enter")
    desk.page.locator("select.grid-editor").select_option("≤")
    desk.press("Enter")
    assert desk.column("sign")[0] == "≤"


def test_delete_empties_the_block(desk):
    desk.click(1, "target").press("Shift+ArrowDown", "Shift+ArrowRight", "Delete")
    assert desk.column("target")[:3] == ["", "", "12"]
    assert desk.column("unit")[:3] == ["", "", "个县市区"]


def test_undo_and_redo_take_whole_steps(desk):
    before = desk.rows()
    desk.click(1, "target").paste("1\t甲\n2\t乙")
    after = desk.rows()
    desk.press("Control+z")
    assert desk.rows() == before
    desk.press("Control+y")
    assert desk.rows() == after
    desk.press("Control+z").saved()
    assert desk.rows() == before
    assert desk.cells_kept() == [row["cells"] for row in before]


def test_paste_of_a_block_from_a_sheet(desk):
    desk.click(1, "name").paste('甲\t≤\t"第一行\n第二行"\n"说""好"""\t=\t5')
    assert desk.column("name")[:3] == ["甲", '说"好"', "永久基本农田划定成果核查"]
    assert desk.column("target")[:2] == ["第一行\n第二行", "5"]


def test_paste_of_a_table_fills_merged_cells(desk):
    html = "<table><tr><td rowspan=2>新级</td><td>甲<br>乙</td></tr><tr><td>丙</td></tr></table>"
    desk.click(1, "l2").paste("x", html)
    assert desk.column("l2")[:3] == ["新级", "新级", "数量指标"]
    assert desk.column("name")[:2] == ["甲\n乙", "丙"]


def test_paste_beyond_the_end_adds_rows(desk):
    desk.click(25, "name").paste("甲\n乙\n丙")
    assert desk.column("name")[24:] == ["甲", "乙", "丙"]
    assert desk.column("l1")[26] == "满意度指标"
    desk.saved()
    assert [cells["name"] for cells in desk.cells_kept()][24:] == ["甲", "乙", "丙"]


def test_one_value_fills_the_selection(desk):
    desk.click(1, "unit").press("Shift+ArrowDown", "Shift+ArrowDown").paste("个")
    assert desk.column("unit")[:4] == ["个", "个", "个", "次"]


def test_copy_and_cut_give_text_and_table(desk):
    desk.click(1, "target").press("Shift+ArrowRight", "Shift+ArrowDown", "Control+c")
    assert desk.page.evaluate("navigator.clipboard.readText()") == "60\t家\n120\t平方公里"
    desk.press("Control+x")
    assert desk.column("target")[:2] == ["", ""]
    desk.click(3, "target").press("Control+v")
    assert desk.column("target")[2:4] == ["60", "120"]
    assert desk.column("unit")[2:4] == ["家", "平方公里"]


def test_fill_down_from_the_first_or_the_row_above(desk):
    desk.click(1, "unit").press("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    assert desk.column("unit")[:4] == ["家", "家", "家", "次"]
    desk.click(5, "target").press("Control+d")
    assert desk.column("target")[4] == "480"


def test_rows_are_inserted_moved_and_deleted(desk):
    desk.click(2, "name").press("Control+Shift+=", "Enter").type("新的").press("Enter")
    assert desk.column("name")[:4] == [
        "绿色矿山核查家数",
        "1:500地形图更新面积",
        "新的",
        "永久基本农田划定成果核查",
    ]
    desk.click(3, "name").press("Alt+ArrowUp")
    assert desk.column("name")[1] == "新的"
    desk.saved()
    desk.click(1, "name").press("Alt+ArrowDown").saved()
    assert [cells["name"] for cells in desk.cells_kept()][:2] == ["新的", "绿色矿山核查家数"]
    desk.press("Control+-").saved()
    names = [cells["name"] for cells in desk.cells_kept()]
    assert "绿色矿山核查家数" not in names
    assert len(names) == 25


def test_a_row_moved_over_a_border_joins_the_next_group(desk):
    desk.click(6, "name").press("Alt+ArrowDown")
    assert desk.column("l2")[5] == "质量指标"
    assert desk.column("name")[5] == "不动产登记办理件数"
    desk.press("Alt+ArrowDown")
    assert desk.column("name")[6] == "不动产登记办理件数"


def test_a_merged_cell_is_one_and_stands_for_all_its_rows(desk):
    assert desk.cell(1, "l1").get_attribute("rowspan") == "14"
    desk.click(1, "l2").press("Enter", "Control+a").type("数量").press("Enter")
    assert desk.column("l2")[:7] == ["数量"] * 6 + ["质量指标"]
    desk.click(2, "name").press("ArrowLeft", "Alt+Enter", "Control+a").type("另一").press("Enter")
    assert desk.column("l2")[:3] == ["数量", "另一", "数量"]


def test_findings_are_underlined_and_follow_what_is_saved(desk):
    assert desk.cell(9, "target").locator("mark").inner_text() == "有效"
    assert desk.cell(8, "sign").get_attribute("aria-invalid") == "true"
    desk.click(9, "target")
    assert "V03" in desk.page.locator("[data-grid-line]").inner_text()
    desk.type("100").press("Enter").saved()
    assert desk.cell(9, "target").locator("mark").count() == 0
    assert "93" in desk.page.locator("#sums").inner_text()


def test_the_panel_follows_the_row(desk):
    desk.click(2, "name")
    desk.page.locator("#panel", has_text="1:500地形图更新面积").wait_for()


def test_a_fix_by_one_click_is_undoable(desk):
    desk.page.click("[data-apply]")
    assert desk.column("sign")[1] == "≤"
    desk.page.click("[data-command=undo]")
    assert desk.column("sign")[1] == "≥"


def test_a_cell_that_cannot_be_kept_says_so_and_holds_up_nothing(desk):
    desk.click(1, "points").type("x").press("Enter").type("4").press("Enter")
    desk.until("refused")
    assert "分值应为数字" in desk.state()
    assert [cells["points"] for cells in desk.cells_kept()][:2] == ["3", "4"]
    assert desk.cell(1, "points").get_attribute("aria-invalid") == "true"
    desk.click(1, "points").type("5").press("Enter").saved()
    assert desk.cells_kept()[0]["points"] == "5"
    assert desk.cell(1, "points").get_attribute("aria-invalid") is None


def test_what_the_server_writes_otherwise_is_shown(desk):
    desk.click(1, "unit").press("Enter", "Control+a").type("％").press("Enter").saved()
    assert desk.column("unit")[0] == "%"


def test_what_others_changed_is_put_together(desk):
    desk.elsewhere(("r3", "target", "13"))
    desk.click(1, "target").type("99").press("Enter").saved()
    assert desk.column("target")[:3] == ["99", "120", "13"]
    assert "已合并他人的改动" in desk.page.locator("#toasts").inner_text()
    assert [cells["target"] for cells in desk.cells_kept()][:3] == ["99", "120", "13"]
    desk.click(1, "target").press("Control+z").saved()
    assert [cells["target"] for cells in desk.cells_kept()][:3] == ["60", "120", "13"]


@pytest.mark.parametrize(("side", "stands"), [("mine", "99"), ("theirs", "77")])
def test_the_same_cell_is_asked_about(desk, side, stands):
    desk.elsewhere(("r1", "target", "77"), ("r4", "unit", "回"))
    desk.click(1, "target").type("99").press("Enter")
    dialog = desk.page.locator("dialog.grid-conflict")
    dialog.wait_for()
    words = dialog.inner_text()
    assert all(word in words for word in ("李四", "99", "77", "绿色矿山核查家数"))
    assert desk.kept()["rows"][0]["cells"]["target"] == "77"
    dialog.locator(f"input[value={side}]").check()
    dialog.locator("button").click()
    desk.saved()
    assert desk.cells_kept()[0]["target"] == stands
    assert desk.column("target")[0] == stands
    assert desk.column("unit")[3] == "回"


def test_without_network_the_draft_is_kept_and_offered_again(desk):
    desk.page.context.set_offline(True)
    desk.click(1, "target").type("88").press("Enter")
    desk.until("offline")
    assert "未保存" in desk.state()
    asked = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.page.request.post("/reset", data=json.dumps({"refuse": 503}))
    desk.page.context.set_offline(False)
    desk.page.goto("/grid")
    assert asked == ["beforeunload"]
    desk.page.request.post("/reset", data="{}")
    offer = desk.page.locator("[data-grid-draft]")
    assert offer.is_visible()
    assert desk.column("target")[0] == "60"
    offer.locator("[data-draft-take]").click()
    desk.saved()
    assert desk.cells_kept()[0]["target"] == "88"
    desk.page.reload()
    assert not offer.is_visible()


def test_the_network_comes_back_and_all_is_saved(desk):
    desk.page.context.set_offline(True)
    desk.click(1, "target").type("88").press("Enter").type("89").press("Enter")
    desk.until("offline")
    desk.page.context.set_offline(False)
    desk.saved()
    assert [cells["target"] for cells in desk.cells_kept()][:2] == ["88", "89"]


def test_save_at_once_by_key(desk):
    desk.click(1, "target").type("88").press("Control+s")
    desk.saved()
    assert desk.cells_kept()[0]["target"] == "88"


def test_an_answer_that_was_lost_doubles_nothing(desk):
    desk.page.request.post("/reset", data=json.dumps({"lose_answers": 1}))
    desk.click(2, "name").press("Control+Shift+=", "Enter").type("新的").press("Enter")
    desk.until("offline").press("Control+s").saved()
    assert [row["cells"]["name"] for row in desk.kept()["rows"]].count("新的") == 1
    assert desk.cells_kept() == [row["cells"] for row in desk.rows()]


def test_a_hundred_random_steps_arrive_as_they_are_seen(desk):
    dice = random.Random(20260501)
    desk.click(1, "name")
    keys = [
        "ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "PageDown", "Alt+ArrowUp", "Alt+ArrowDown",
        "Control+Shift+=", "Control+-", "Control+d", "Control+z", "Control+y", "Delete", "Shift+ArrowDown",
    ]  # fmt: skip
    for step in range(100):
        if dice.random() < 0.15:
            desk.paste(f"甲{step}\t乙\n丙{step}\t丁")
        else:
            desk.press(dice.choice(keys))
        if step % 25 == 24:
            desk.press("Control+s").saved()
            assert desk.cells_kept() == [row["cells"] for row in desk.rows()]
    assert [row["id"] for row in desk.kept()["rows"]] == [row["id"] for row in desk.rows()]


def test_signed_out_while_typing_the_page_stays_and_all_is_saved_on_coming_back(desk):
    desk.page.request.post("/reset", data=json.dumps({"refuse": 401}))
    desk.click(1, "target").type("88").press("Enter").until("signedOut")
    assert "登录已失效" in desk.state()
    way = desk.page.locator(".toast-bad a")
    assert way.get_attribute("target") == "_blank"
    assert desk.column("target")[0] == "88"
    desk.page.request.post("/reset", data="{}")
    desk.page.evaluate("window.dispatchEvent(new Event('focus'))")
    desk.saved()
    assert desk.cells_kept()[0]["target"] == "88"


def test_the_key_that_ends_composing_leaves_the_field_open(desk):
    desk.click(1, "name").press("F2").type("测")
    desk.page.evaluate(
        """document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))"""
    )
    desk.type("试").press("Enter")
    assert desk.column("name")[0].endswith("测试")


def test_columns_of_a_block_that_find_no_place_are_told(desk):
    desk.click(1, "points").paste("7\t说明\t标准")
    assert desk.column("points")[0] == "7"
    assert "2 列" in desk.page.locator(".toast-watch").inner_text()
    assert "1 行 1 列" in desk.page.locator("[data-grid-said]").inner_text()
