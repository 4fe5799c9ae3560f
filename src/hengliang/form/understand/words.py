"""The words that offices print as labels and column heads, and what each means.

A printed word is compared by its key: without white space, stars, brackets and closing colons; `words.toml`
holds these keys. A word that is not there is never guessed at: its cell is listed as not understood.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar, get_args
from unicodedata import normalize

from hengliang.form.model import Likelihood

_T = TypeVar("_T")


class Label(StrEnum):
    """What a label in the head block of a form announces."""

    ORGANISATION = "organisation"
    SUPERVISOR = "supervisor"
    PROJECT = "project"
    YEAR = "fiscal_year"
    REGION_CODE = "codes/region"
    DEPARTMENT_CODE = "codes/department"
    PROJECT_CODE = "codes/project"
    PREPARER = "signoff/preparer"
    HEAD = "signoff/head"
    PHONE = "signoff/phone"
    DATE = "signoff/date"
    SEAL = "signoff/seal"
    DUTIES = "duties"
    GOALS = "goals"
    MIDTERM_GOALS = "midterm_goals"
    EXPECTED = "goals/expected"  # 预期目标: heads the goal text below or beside it
    ACHIEVED = "achieved"
    MONEY = "money"  # 项目资金: heads a block of money lines
    INDICATORS = "indicators"  # 绩效指标: stands beside or above the indicator table
    TASKS = "tasks"
    MONEY_UNIT = "money/unit"  # 金额单位
    OTHER = "other"  # a label known to be of no field of the model


class Head(StrEnum):
    """What a column of the indicator table holds; the values are field names where there is a field."""

    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"
    OPERATOR = "operator"
    TARGET = "target"
    UNIT = "unit"
    EXPLANATION = "explanation"
    CRITERION = "criterion"
    POINTS = "points"
    ACTUAL = "actual"
    SCORE = "score"
    FORECAST = "forecast"
    LIKELIHOOD = "likelihood"
    REASON = "reason"
    REMARK = "remark"
    BASIS = "basis"
    EVIDENCE = "evidence"
    NUMBER = "number"  # 序号
    SIDE = "side"  # 绩效指标 printed beside the table
    OTHER = "other"  # known, but of no field of the model


class MoneyHead(StrEnum):
    """What a column of the money block holds."""

    NAME = "name"
    INITIAL = "initial"
    BUDGET = "budget"
    EXECUTED = "executed"
    EXPECTED = "expected"
    RATE = "rate"
    POINTS = "points"
    SCORE = "score"
    OTHER = "other"


class TaskHead(StrEnum):
    """What a column of the table of main tasks holds."""

    NAME = "name"
    CONTENT = "content"
    AMOUNT = "amount"
    FISCAL = "fiscal"
    OTHER_MONEY = "other"
    UNKNOWN = "unknown"


_WORDS = tomllib.loads((files("hengliang.form.understand") / "words.toml").read_text(encoding="utf-8"))


def _index(table: Mapping[str, str], meaning: Callable[[str], _T]) -> dict[str, _T]:
    return {word: meaning(name) for name, words in table.items() for word in words.split()}


def _likelihood(word: str) -> Likelihood:
    return next(known for known in get_args(Likelihood) if known == word)


_LABELS = _index(_WORDS["labels"], Label)
_HEADS = _index(_WORDS["heads"], Head)
_MONEY_HEADS = _index(_WORDS["money_heads"], MoneyHead)
_TASK_HEADS = _index(_WORDS["task_heads"], TaskHead)
_LIKELIHOODS = _index(_WORDS["likelihoods"], _likelihood)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|\{[^{}]*\}")
_HAN = re.compile("[一-鿿]*")
_DRESS = "*★☆:：、.。·●■◆-—_"
_YEAR_BEFORE = re.compile(r"^20\d\d年度?(?=.)")
_NUMBER_BEFORE = re.compile(r"^[一二三四五六七八九十]{1,3}、")
"""Labels of a form printed as text are numbered: 二、年度绩效目标."""
_MIDTERM = re.compile(r"^(?:项目)?(?:中期|实施期|中长期|长期|全周期|项目期|规划期)")
_TERM = re.compile("中期|实施期|长期|全周期|项目期|规划期")
_OF_YEAR = re.compile("年度|当年|本年|全年")
_SIDE = re.compile(
    r"(?:项目|部门|单位|整体|支出|专项|资金)*(?:年度|当年|本年度?|全年|中期|中?长期|实施期|全周期)?"
    r"(?:项目|部门|单位|整体|支出)*绩效(?:目标)?指标(?:情况|完成情况)?"
)
_MONTHS = (
    r"(?:(?:20\d\d年)?(?:\d{1,2}月?[-—–~～至到]\d{1,2}月份?|截[至止]?\d{1,2}月底?|上半年|前\d{1,2}个?月|"
    r"\d{1,2}月底)|本期|阶段性?|当期|截至目前)"
)
_STAGE_ACTUAL = re.compile(
    _MONTHS + "(?:累计)?(?:实际)?(?:执行情况|完成情况|完成值|执行值|实际值|执行|完成|完成数|目标完成情况)"
)
_STAGE_EXECUTED = re.compile(
    _MONTHS + "(?:累计)?(?:预算)?(?:实际)?(?:执行数|支出数|执行金额|支出金额|执行额|支出)"
)
_STAGE_RATE = re.compile(_MONTHS + "(?:累计)?(?:预算)?(?:执行率|支出率|支出进度|执行进度)")


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """What of a printed label or head is compared: no blanks, brackets, stars and closing colons."""
    # Most words are Chinese characters alone, and have nothing to be taken off.
    if _HAN.fullmatch(text):
        return text
    plain = "".join(normalize("NFKC", text).split()).replace("\u200b", "").replace("\ufeff", "")
    while (bare := _BRACKETS.sub("", plain)) != plain:
        plain = bare
    return plain.strip(_DRESS)


# Offices compose labels freely from a few words; each family says which compositions mean the same.
_LABEL_FAMILIES = (
    (
        Label.DUTIES,
        re.compile(
            r"(?:部门|单位|部门单位|机构|本部门|本单位)?(?:主要|基本)?(?:职责|职能|任务职责){1,2}"
            r"(?:概述|简介|情况|描述|概况)?"
        ),
    ),
    (
        Label.MIDTERM_GOALS,
        re.compile(
            r"(?:项目|部门|单位)*(?:中期|实施期|中长期|长期|全周期|三年|五年)(?:总体|绩效|规划|总)*目标"
        ),
    ),
    (
        Label.GOALS,
        re.compile(
            r"(?:部门|单位|项目|专项|政策|支出|预算|主要|工作|资金|预期|设定)*"
            r"(?:整体|年度|当年|本年度?|全年|总体|绩效)"
            r"(?:部门|单位|项目|整体|支出|年度|总体|预算|绩效|工作|主要|总)*目标(?:及任务|内容|描述|情况)?"
        ),
    ),
    (
        Label.ORGANISATION,
        re.compile(
            r"(?!.*(?:主管|上级|财政|评价|审核|发布|监督|建议))"
            r"(?:[省市县区州]级|[省市县区州]直|项目|资金|具体|预算|填报|填表|申报|自评|实施|执行|承担|责任|使用|申请|基层|下级|本级|部门)+"
            r"(?:单位|部门)(?:名称|全称)?"
        ),
    ),
    (
        Label.MONEY,
        re.compile(
            r"(?:年度|项目|部门|单位|整体|本年|全年|债券|财政|专项|支出|收支)*(?:预算|资金|经费)+"
            r"(?:投入|来源|使用|安排|执行|支出|拨付|到位|和|及)*(?:申请|情况|来源)"
        ),
    ),
    (
        Label.PROJECT,
        re.compile(
            r"(?:项目|专项|资金|政策|转移支付|支出|预算|一级|二级|部门|和|及|或)*(?:项目|专项|资金|转移支付|政策)名称"
        ),
    ),
)


@lru_cache(maxsize=65536)
def label_of(text: str) -> Label | None:
    """What the label `text` announces, None when it is no label known here."""
    word = _NUMBER_BEFORE.sub("", key(text))
    if not word or len(word) > 24:
        return None
    found = _LABELS.get(word) or _LABELS.get(_YEAR_BEFORE.sub("", word))
    if found is None:
        found = next((label for label, pattern in _LABEL_FAMILIES if pattern.fullmatch(word)), None)
    if found is None and (
        numbered := re.fullmatch(r"(年度目标|绩效目标|年度绩效目标|总体目标|年度总体目标)\d{1,2}", word)
    ):
        found = _LABELS[numbered[1]]
    return found


_HEAD_FAMILIES = (
    (
        Head.ACTUAL,
        re.compile(
            r"(?:指标|绩效|年度|全年|当年|本年度?|年末|自评|目标|实际)*"
            r"(?:实际|完成|达成|实现|执行|达到)(?:完成|达到|达成|执行)?(?:指标)?(?:目标)?(?:值|数值)"
        ),
    ),
    (
        Head.TARGET,
        re.compile(
            r"(?:三级|绩效|年度|全年|当年|本年度?|年初|预期|计划|设定|预设|预定|批复|申报|预算|考核|指标|目标)*"
            r"(?:指标|目标|计划|预期)(?:值|数值)"
        ),
    ),
    (
        Head.POINTS,
        re.compile(r"(?:三级|绩效|参考|标准|设定|评价|考核|指标)*(?:分值|权重|满分)(?:分值|权重|值)?"),
    ),
    (
        Head.SCORE,
        re.compile(r"(?:单位|部门|项目|指标|绩效|年度)*自评(?:实际)?(?:得分|分数|分值|评分|打分|分)(?:值)?"),
    ),
)


def likelihood_of(text: str) -> Likelihood | None:
    """What a cell or a head below 完成目标可能性 says; None when it is none of its three words."""
    return _LIKELIHOODS.get(key(text))


class HeadMeaning(tuple[Head, bool]):
    """What a column holds, and whether it belongs to the whole-term (中期) half of a form that has both."""

    __slots__ = ()

    @property
    def head(self) -> Head:
        """What the column holds."""
        return self[0]

    @property
    def midterm(self) -> bool:
        """Whether it is of the 中期 half."""
        return self[1]


@lru_cache(maxsize=65536)
def head_of(text: str) -> HeadMeaning | None:
    """What a column of the indicator table under the head `text` holds, None when that is not known."""
    word = _YEAR_BEFORE.sub("", key(text))
    if not word or len(word) > 24:
        return None
    if found := _HEADS.get(word):
        return HeadMeaning((found, found is Head.SIDE and is_midterm(word)))
    if _STAGE_ACTUAL.fullmatch(word):
        return HeadMeaning((Head.ACTUAL, False))
    if (short := _MIDTERM.sub("", word)) != word and (found := _HEADS.get(short)):
        return HeadMeaning((found, True))
    if _SIDE.fullmatch(word):
        return HeadMeaning((Head.SIDE, is_midterm(word)))
    family = next((head for head, pattern in _HEAD_FAMILIES if pattern.fullmatch(word)), None)
    return HeadMeaning((family, False)) if family is not None else None


@lru_cache(maxsize=16384)
def is_midterm(text: str) -> bool:
    """Whether a label or head speaks of the whole term (中期, 长期) and not of the year."""
    return bool(_TERM.search(text)) and not _OF_YEAR.search(text)


@lru_cache(maxsize=65536)
def money_head_of(text: str) -> MoneyHead | None:
    """What a column of the money block under the head `text` holds, None when that is not known."""
    word = _YEAR_BEFORE.sub("", re.sub(r"[*×/÷=].*$", "", key(text)))
    if found := _MONEY_HEADS.get(word):
        return found
    if _STAGE_EXECUTED.fullmatch(word):
        return MoneyHead.EXECUTED
    if _STAGE_RATE.fullmatch(word):
        return MoneyHead.RATE
    return None


@lru_cache(maxsize=4096)
def task_head_of(text: str) -> TaskHead | None:
    """What a column of the table of main tasks under the head `text` holds, None when that is not known."""
    return _TASK_HEADS.get(key(text))
