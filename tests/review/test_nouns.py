"""Key nouns are what is left of a text without acts and words that set nothing apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.review.lexicon import lexicon_of
from hengliang.review.nouns import Noun, key_nouns

LEXICON = lexicon_of(load_profile("national-2015"))


def read(text: str, *own: str) -> tuple[Noun, ...]:
    return key_nouns((text,), LEXICON, own)[0]


def words(text: str, *own: str) -> list[str]:
    return [noun.text for noun in read(text, *own)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("扎实推进农村公路建设", ["农村公路"]),
        ("确保各项工作落实到位", []),
        ("新建农村公路30公里", ["农村公路"]),
        ("确保新建道路100%达到国家标准", ["新建道路"]),
        ("完成人工造林1.2万亩", ["人工造林"]),
        ("国土空间规划城市体检评估", ["国土空间规划", "城市体检"]),
        ("推进平台公司土地入市", ["平台公司土地"]),
        ("历史遗留矿山生态修复", ["矿山生态修复"]),
        ("全面推行“林长制”，开展“三年行动”", ["林长制"]),
        ("为公安、住建、水利等部门提供底图", ["底图"]),
        ("发展油茶、竹木等林业产业", ["油茶", "竹木", "林业产业"]),
        ("2023年度储量动态监管", ["储量"]),
        ("受益脱贫(含监测对象)户数", ["脱贫"]),
        ("0-6岁儿童管理", ["儿童"]),
        ("PPP项目入库", ["PPP"]),
    ],
)
def test_key_nouns(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_places_count_from_the_beginning_of_each_text() -> None:
    texts = ("完成造林任务", "提升“林长制”成效", "", "森林防火演练")
    for text, nouns in zip(texts, key_nouns(texts, LEXICON), strict=True):
        assert all(text[noun.start : noun.end] == noun.text for noun in nouns)
    assert [len(nouns) for nouns in key_nouns(texts, LEXICON)] == [1, 1, 0, 1]


def test_those_served_and_common_things_are_not_strong() -> None:
    assert [(noun.text, noun.strong) for noun in read("学生营养改善报告")] == [
        ("学生", False),
        ("营养改善", True),
        ("报告", False),
    ]


def test_a_quoted_name_is_marked() -> None:
    assert [(noun.text, noun.quoted) for noun in read("开展“三江六岸”城市设计")] == [
        ("三江六岸", True),
        ("城市设计", False),
    ]


def test_words_of_the_organisation_set_nothing_apart_on_its_form() -> None:
    assert words("衡水市林业产业发展") == ["衡水市", "林业产业"]
    assert words("衡水市林业产业发展", "衡水市", "林业") == ["林业产业"]
    assert words("林业发展", "林业") == []


def test_a_joined_noun_is_on_the_topic_of_its_head_unless_an_attribute_picks_a_part() -> None:
    (planted,) = read("完成人工造林")
    (mine,) = read("确保新建矿山达标")
    assert "forests" in planted.topics
    assert mine.text == "新建矿山"
    assert not mine.topics


@pytest.mark.parametrize(
    ("text", "noun", "held"),
    [
        ("绿色矿山核查", "绿色矿山", True),
        ("农村公路新建里程", "新建农村公路", True),
        ("国土空间规划城市体检", "国土空间总体规划", False),
        ("地质灾害巡查", "地质找矿", False),
        ("国土空间规划", "空间规划馆", False),
        ("违法用地", "用地", True),
        ("违法建设", "用地", False),
    ],
)
def test_a_noun_is_held_by_most_of_its_pairs_and_its_head(text: str, noun: str, held: bool) -> None:
    assert LEXICON.holds(text, noun) is held


@given(
    st.lists(st.text("推进新建矿山土地“”（）、等部门12年达到标准 \n和公司平台储备", max_size=40), max_size=6)
)
def test_texts_read_together_give_what_each_gives_alone(texts: list[str]) -> None:
    together = key_nouns(tuple(texts), LEXICON)
    assert together == [key_nouns((text,), LEXICON)[0] for text in texts]
    for text, nouns in zip(texts, together, strict=True):
        assert all(noun.quoted or text[noun.start : noun.end] == noun.text for noun in nouns)


def test_hostile_texts_take_no_longer_than_they_are() -> None:
    for piece in ("等部门", "达到", "“", "（", "新建", "龘", "、", "1"):
        assert len(key_nouns((piece * 20_000,), LEXICON)) == 1
