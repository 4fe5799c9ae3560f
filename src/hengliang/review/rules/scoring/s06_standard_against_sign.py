"""
## What it checks

The sign is ≥ or > (or 定性 with a number to be reached), and the standard deducts for what is above:
每超过1%扣1分; or the sign is ≤ or < and it deducts for what is below. The step must be in the unit of the
value. Grades (10天以上得满分 where ≤ 10 天 is wanted) are judged by the curve of the whole standard.

## Why

Value and standard point in opposite directions: what fulfils the one is punished by the other.

## Example

≥ 1 年; 年内完成计5分，每超过1个月…

## Instead

≤ 1 年; 每超过1个月扣1分

## Basis

Consistency of the form; no regulation needed.

---

## 查什么

符号为≥、>（或定性填数值），评分标准却对超出部分扣分：每超过1%扣1分；或符号为≤、<，评分标准却对低于部分扣分。扣分步长须与指标值单位一致。分档评分（要求≤10天，却规定10天以上得满分）按得分曲线判断。

## 为什么

指标值与评分标准方向相反：完成了前者，反被后者扣分。

## 示例

≥1年；年内完成计5分，每超过1个月……

## 应改为

≤1年；每超过1个月扣1分

## 依据

表内前后一致，无需规定。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.criteria.variable import Kind
from hengliang.form.model import Operator
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal
from hengliang.review.sentence import NO_STANDARDS, Sentence
from hengliang.review.steps import in_unit_of
from hengliang.review.surface import Line, Step

rule = Rule(
    code="S06",
    name="standard-against-sign",
    zh="标准与符号矛盾",
    en="standard against the sign",
    severity=Severity.ERROR,
    basis=("101:赋分规则",),
    reads=("indicators.criterion", "indicators.operator", "indicators.unit"),
    fix="proposal",
)
_FLIPPED: dict[str, Operator] = {"≥": "≤", ">": "<", "定性": "≤", "≤": "≥", "<": ">"}


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    sign = row.operator
    if row.number is None or sign not in _FLIPPED:
        return None
    wants_more = sign not in ("≤", "<")
    step = _contrary(row, sentence, wants_more=wants_more) if sentence.steps else None
    if step is None:
        return _by_lines(row, wants_more, profile) if sentence.lines and not sentence.steps else None
    path, new = row.path("operator"), _FLIPPED[sign]
    value = f"{row.target}{row.unit_text or ''}"
    words = sentence.text[step.start : step.end]
    return rule.finds(
        (Spot(row.path("criterion"), step.start, step.end), Spot(path)),
        message(
            "the value is {sign} {value}, but points are lost for {step}",
            sign=sign,
            value=value,
            step=words,
        ),
        observed=words,
        expected=message("sign and deduction in one direction"),
        fix=proposal(message("make the sign {sign}", sign=new), Edit(path, sign, new)),
    )


def _by_lines(row: Row, wants_more: bool, profile: Profile) -> RowOutcome | None:
    """10天以上得满分 where at most 10 days are wanted: the curve runs the other way than the sign."""
    if not any(_may_be_contrary(line, wants_more) for line in row.sentence.lines):
        return None
    meaning = meaning_of(row, profile)
    variable = meaning.variable if meaning is not None else None
    if meaning is None or meaning.curve is None or variable is None or variable.kind is not Kind.VALUE:
        return None
    if meaning.curve.direction != ("down" if wants_more else "up"):
        return None
    path, sign = row.path("operator"), row.operator or "定性"
    value = f"{row.target}{row.unit_text or ''}"
    said = {"sign": sign, "value": value}
    return rule.finds(
        (Spot(row.path("criterion")), Spot(path)),
        message("the value is {sign} {value}, but less of it earns more points", **said)
        if wants_more
        else message("the value is {sign} {value}, but more of it earns more points", **said),
        observed=row.sentence.text,
        expected=message("sign and points in one direction"),
        fix=proposal(message("make the sign {sign}", sign=_FLIPPED[sign]), Edit(path, sign, _FLIPPED[sign])),
    )


def _may_be_contrary(line: Line, wants_more: bool) -> bool:
    earns = line.then in ("full", "gain")
    if line.then not in ("full", "gain", "zero", "loss") or line.side in ("at", "band"):
        return False
    return (line.side in ("least", "above")) is not (earns is wants_more)


def _contrary(row: Row, sentence: Sentence, *, wants_more: bool) -> Step | None:
    """The step that deducts for what the sign wants; None when another step agrees with the sign."""
    contrary: Step | None = None
    for step in sentence.steps:
        if step.then not in ("loss", "open") or (step.then == "open" and not sentence.cut):
            continue
        if in_unit_of(row, step) is None:
            continue
        over = step.way == "over" or (step.way == "late" and _is_time(row))
        if (step.way == "short") if wants_more else over:
            return None
        if over if wants_more else step.way == "short":
            contrary = contrary or step
    return contrary


def _is_time(row: Row) -> bool:
    return row.unit is not None and row.unit.dimension is Dimension.DURATION
