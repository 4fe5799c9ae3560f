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


_LEVEL_POINTS = re.compile(
    r"[(\[【]\s*(?:共|合计|权重|分值)?[:：]?\s*\d+(?:\.\d+)?\s*[分%]?\s*[)\]】]$|\d+(?:\.\d+)?分$"
)


@lru_cache(maxsize=16384)
def level_word(text: str) -> str:
    """A level-1 or level-2 word as printed, without blanks and without points in brackets behind it; once
    where it is printed twice, as a merged cell is that goes on over the page."""
    word = "".join(text.split())
    middle = len(word) // 2
    if middle > 3 and word[:middle] == word[middle:]:
        word = word[:middle]
    if not word or ("\u4e00" <= word[-1] <= "\u9fff" and word[-1] != "分"):
        return word  # no points behind it
    half = normalize("NFKC", word)
    found = _LEVEL_POINTS.search(half)
    # NFKC keeps the length of these words, so the position holds in the printed one as well.
    return word[: found.start()] if found and len(half) == len(word) else word


@lru_cache(maxsize=16384)
def two_levels(text: str) -> tuple[str, str] | None:
    """A level-1 and a level-2 word that stand in one cell, as where two columns touch; None otherwise."""
    word = "".join(text.split())
    return next(
        (
            (word[:end], word[end:])
            for end in range(2, len(word) - 1)
            if is_level1_word(word[:end]) and is_level2_word(word[end:])
        ),
        None,
    )


_LEVEL1_WORD = re.compile(
    r"(?:产出|效益|效果|满意度?|成本|决策|过程|管理|投入|履职效能|履职|服务对象满意度|社会公众满意度|运行成本|管理效率|社会效应|可持续性)类?(?:指标|目标)?"
)
_LEVEL2_WORD = re.compile(
    r"(?:产出)?(?:数量|质量|时效|进度|成本|经济成本|社会成本|生态环境成本|环境成本|经济效益|社会效益|生态效益|生态环境效益|环境效益|"
    r"可持续影响|可持续发展|可持续性?|服务对象满意度|社会公众满意度|公众满意度|群众满意度|服务对象|满意度|受益对象满意度|受益群众满意度|"
    r"产出数量|产出质量|产出时效|产出成本|可持续影响力|社会公众或服务对象满意度|服务满意度)(?:类)?(?:指标|目标)?"
)


@lru_cache(maxsize=16384)
def is_level1_word(text: str) -> bool:
    """Whether `text` is a level-1 word that stands in the usual trees."""
    return bool(_LEVEL1_WORD.fullmatch(level_word(text)))


@lru_cache(maxsize=16384)
def is_level2_word(text: str) -> bool:
    """Whether `text` is a level-2 word that stands in the usual trees."""
    return bool(_LEVEL2_WORD.fullmatch(level_word(text)))


_TOTAL = re.compile(
    r"(?:自评|绩效|评价|总评|单位|[一-龥]{0,10}指标)?(?:总分|合计|总计|小计|总得分|得分合计|分值合计|合计得分|总分值|自评总分|自评得分|总评分|合计分|综合得分)(?:值|数)?"
)


@lru_cache(maxsize=16384)
def is_total(text: str) -> bool:
    """Whether `text` heads a row of sums (总分, 合计)."""
    return bool(_TOTAL.fullmatch(key(text)))


_NOTE = re.compile(
    r"^(?:[*※]\s*)?(?:注|备注|说明|填表说明|填报说明|附注|注释|备 注|注意事项)\s*[:：]|"
    r"^(?:注|备注|填表说明|填报说明)\s*\d?\s*[、.．1]"
)


def is_note(text: str) -> bool:
    """Whether `text` opens notes below a table."""
    return bool(_NOTE.match(text.strip()))


_TITLE = re.compile(
    r"(?:绩效|目标申报|目标自评).{0,24}(?:表|申报书)$|(?:自评|监控)(?:情况|结果)?表$|(?:绩效目标|绩效自评|绩效监控|整体绩效)$|绩效.{0,16}(?:自评|评价)报?告?附?表$"
)
_OF_TITLES = re.compile("[表书效]")
"""Every title has one of these characters."""
_YEAR_BEHIND = re.compile(r"20\d\d年度?$")
_NO_TITLE = re.compile(
    r"[。；;]|考核|员工|个人|绩效工资|汇总|目录|一览|清单|体系$|公示|公告|通知|^关于|报告$"
)


@lru_cache(maxsize=4096)
def is_title(text: str) -> bool:
    """Whether `text` is the title of a form: 部门（单位）整体绩效目标申报表, 项目支出绩效自评表 …"""
    if len(text) > 120 or not _OF_TITLES.search(text):
        return False
    title = _YEAR_BEHIND.sub("", key(text))
    return 4 <= len(title) <= 60 and bool(_TITLE.search(title)) and not _NO_TITLE.search(title)


MONEY_NAME = re.compile(
    r"(?:其中)?[:：]?(?:(?:年度|当年|本年|全年|中期|实施期|项目)?(?:财政|预算|资金|项目)*(?:资金)?(?:总?金额|总额|合计|总计|总额度|总投资|总预算)|"
    r".{0,14}(?:拨款|结转|结余|资金|收入|预算|基金|支出|经费|专户|债券|自筹|补助|配套|贷款|投入|专款|国有资本经营.{0,4}|财政专户.{0,6})(?:[一-龥]{0,4})|其他|其它)"
)
"""A line of the money block: 年度资金总额, 其中：财政拨款, 上年结转, 一般公共预算, 项目支出 …"""


_NO_MONEY_NAME = re.compile(
    "(?:情况|管理|合规性?|科学性?|规范性?|及时性?|有效性?|率|单位|部门|名称|代码|年度|方式|办法)$"
)


@lru_cache(maxsize=4096)
def is_money_name(text: str) -> bool:
    """Whether `text` names a line of the money block."""
    word = key(text)
    return len(word) <= 24 and bool(MONEY_NAME.fullmatch(word)) and not _NO_MONEY_NAME.search(word)
