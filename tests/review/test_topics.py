"""Duties, goals and indicators are held against each other by their nouns, numbers and topics."""

import pytest

from hengliang.base.profile import load_profile
from hengliang.form.model import Form
from hengliang.review.figures import figures_in
from hengliang.review.office import own_words
from hengliang.review.row import Row
from hengliang.review.topics import Alignment, Coverage

PROFILE = load_profile("national-2015")


def alignment(goals: list[str], rows: list[dict[str, str]], **fields: object) -> Alignment:
    form = Form.model_validate(
        {"kind": "department", "purpose": "declaration", "goals": goals, "indicators": rows, **fields}
    )
    return Alignment(form, [Row(index, row) for index, row in enumerate(form.indicators)], PROFILE)


@pytest.mark.parametrize(
    ("goal", "name", "coverage"),
    [
        ("做好森林防火工作。", "森林防火演练场次", Coverage.DIRECT),
        ("加快国土绿化步伐。", "造林面积", Coverage.DIRECT),
        ("有序投放采矿权。", "净矿出让宗数", Coverage.TOUCHED),
        ("开展“三江六岸”城市设计。", "城市设计项目数", Coverage.TOUCHED),
        ("完善乡镇消防站。", "乡镇消防站运转经费", Coverage.TOUCHED),
        ("落实林长制、田长制责任，做好渔政执法。", "护林员人数", Coverage.NONE),
        ("确保新建小区达到绿色建筑标准。", "绿色建筑核查数", Coverage.NONE),
    ],
)
def test_coverage(goal: str, name: str, coverage: Coverage) -> None:
    assert {task.coverage for task in alignment([goal], [{"name": name}]).tasks} == {coverage}


def test_a_carried_number_speaks_for_its_sentence() -> None:
    rows = [{"name": "县域内就诊率", "operator": "≥", "target": "90", "unit": "%"}]
    goal = "深化医共体建设，县域内就诊率达到90%，加强渔政执法。推进林长制，县域内就诊率达到80%。"
    found = {task.label: task.coverage for task in alignment([goal], rows).tasks}
    assert found["医共体"] is Coverage.DIRECT
    assert found["渔政"] is Coverage.TOUCHED
    assert found["林长制"] is Coverage.NONE


def test_a_telling_number_covers_without_words() -> None:
    rows = [{"name": "受检人数", "operator": "≥", "target": "7350", "unit": "人"}]
    (task,) = alignment(["为0.735万名学生开展口腔筛查。"], rows).tasks
    assert task.own == (0,)
    assert task.coverage is Coverage.DIRECT


def test_a_small_number_tells_nothing() -> None:
    rows = [{"name": "受检人数", "operator": "≥", "target": "2", "unit": "个"}]
    (task,) = alignment(["改造危桥2座。"], rows).tasks
    assert task.coverage is Coverage.NONE


def test_label_makes_quotation_marks_inner_ones() -> None:
    (task,) = alignment(["开展“三江六岸”城市设计。"], []).tasks
    assert task.label == "‘三江六岸’城市设计"


def test_cut_names_take_the_beginning_of_one_more_noun() -> None:
    rows = [
        {"name": "巡查违法用地、违…", "truncated": ("name",)},
        {"name": "违法用地违法建设查处"},
        {"name": "按期办结率"},
    ]
    assert alignment([], rows).objects == ["违法用地违", "违法用地违法建设", ""]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("造林1.2万亩，成活率85%以上", [("1.2", "万亩"), ("85", "%")]),
        ("发放10,000元", [("10000", "元")]),
        ("2023年底前，第3季度完成", []),
        ("湘政发〔2023〕5号", []),
        ("新建学校", []),
    ],
)
def test_figures(text: str, figures: list[tuple[str, str]]) -> None:
    found = figures_in(text)
    assert [(str(figure.number), figure.unit) for figure in found] == figures
    assert all(text[figure.start : figure.end].endswith(figure.unit) for figure in found)


@pytest.mark.parametrize(
    ("organisation", "words"),
    [
        ("衡阳市自然资源和规划局", {"衡阳市", "衡阳", "自然资源", "规划"}),
        ("永州市零陵区林业局", {"永州市", "永州", "零陵区", "零陵", "林业"}),
        ("清源县卫生健康委员会", {"清源县", "清源", "卫生健康"}),
        (None, set[str]()),
    ],
)
def test_own_words(organisation: str | None, words: set[str]) -> None:
    assert set(own_words(organisation)) == words
