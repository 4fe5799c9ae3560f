"""Searching: words as people mean them, the best first, on every database."""

import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang import api
from hengliang.base.profile import load_profile
from hengliang.criteria.read import Status, read_criterion
from hengliang.form.levels import level1_of
from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration
from hengliang.web.library import actions, queries
from hengliang.web.library.content import Content
from hengliang.web.library.models import Entry
from hengliang.web.library.search import ranked
from hengliang.web.library.words import SYNONYM, asked, words

Named = Callable[[str], Person]


def _names(query: str) -> list[str]:
    return [queries.said(one).name for one in queries.entries(queries.found(query))]


def test_words_are_cut_as_they_are_meant() -> None:
    assert set(words("服务对象满意度")) >= {"服务", "对象", "满意", "满意度"}
    assert "三公经费" in list(words("“三公经费”控制率（%）"))
    assert list(words("，。 ()")) == []


def test_what_means_the_same_is_asked_for_too() -> None:
    wanted = next(part for part in asked("公众满意率") if "满意率" in part)
    assert wanted["满意率"] == 1
    assert wanted["满意度"] == SYNONYM
    assert "公众" not in wanted


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    assert all(word.strip() and len(word) <= 60 for word in words(text))
    assert all(0 < weight <= 1 for part in asked(text) for weight in part.values())


@pytest.mark.parametrize("seed", actions.seeds(), ids=lambda seed: seed.name)
def test_the_common_indicators_are_fit_to_be_adopted(seed: Content) -> None:
    profile = load_profile(api.DEFAULT_PROFILE)
    reading = read_criterion(
        seed.criterion, Decimal(10), seed.operator or None, seed.target or None, seed.unit or None, profile
    )
    assert reading.status in (Status.EXACT, Status.ASSUMED)
    assert level1_of(seed.level1) is not None


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("满意度", "服务对象满意度"),
        ("群众满意率", "服务对象满意度"),
        ("预算执行率", "预算执行率"),
        ("按期完成", "完成及时率"),
        ("三公", "三公经费"),
        ("验收合格率", "质量达标率"),
        ("在编人员", "在职人员控制率"),
        ("政府采购", "政府采购执行率"),
        ("ＺＨＩ 采购", "政府采购执行率"),
    ],
)
def test_the_best_stands_first(example: Declaration, query: str, first: str) -> None:
    assert _names(query)[0].startswith(first)


def test_nothing_is_found_for_nothing(example: Declaration) -> None:
    assert _names("量子纠缠") == []
    assert ranked("，。") == []
    assert len(_names("  ")) == len(actions.seeds())


def test_an_entry_is_found_by_its_other_names_and_by_its_new_words(
    example: Declaration, person: Named
) -> None:
    entry = actions.write(
        person("shenhe"),
        Content(
            "图斑核查完成率", "产出指标", "数量指标", names=("疑似违法图斑核实比例",), unit="%", operator="≥"
        ),
    )
    assert _names("违法图斑核实")[0] == "图斑核查完成率"
    assert _names("界桩") == []
    actions.revise(person("shenhe"), entry, Content("界桩核查完成率", "产出指标", "数量指标"), "改为界桩", 1)
    assert _names("界桩") == ["界桩核查完成率"]
    assert "界桩核查完成率" not in _names("违法图斑")[:1]


def test_filters_narrow(example: Declaration, person: Named) -> None:
    assert {queries.said(one).level2 for one in queries.entries(queries.found(level2="资金管理"))} == {
        "资金管理"
    }
    assert queries.found("满意度", state="proposed") == []
    assert "通用" in queries.facet("sector")


def test_many_entries_are_searched_at_once(example: Declaration, person: Named) -> None:
    what = ("道路", "桥梁", "学校", "医院", "水库", "渠道", "森林", "耕地", "草场", "矿山")
    done = ("新建", "维修", "改造", "巡查", "验收", "管护", "绿化", "清淤", "加固", "检测")
    kind = ("完成率", "及时率", "合格率", "面积", "个数", "投资额", "覆盖率", "满意度", "达标率", "公示率")
    contents = [Content(f"{one}{two}{three}", "产出指标") for one in what for two in done for three in kind]
    actions.take_in(person("shenhe"), contents, "many.xlsx")
    assert Entry.objects.count() > 1000
    began = time.process_time()
    assert _names("桥梁加固合格率")[0] == "桥梁加固合格率"
    assert time.process_time() - began < 1.0
