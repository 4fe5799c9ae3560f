"""A round with many declarations, drawn from a seed: bureaus with units below them, forms in every state of
the year, stages, sealed sheets. Names, targets and values are invented."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from hengliang.base.canonical import digest_of
from hengliang.base.profile import load_profile
from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.source import NO_SOURCE
from hengliang.report.sheet_json import sheet_record
from hengliang.score.run import score
from hengliang.web.accounts.models import Organisation
from hengliang.web.declarations.draft import Working, stored
from hengliang.web.declarations.models import Declaration, Draft, Round, Version
from hengliang.web.evaluation.models import Plan, Sheet, Stage, StageRow
from hengliang.web.evaluation.scoring import actual_to
from hengliang.web.insight.actions import note_all
from hengliang.web.insight.stages import NOT_HANDED_IN, SCORED
from hengliang.web.workflow.states import IN_FORCE, State

PROFILE = "national-2015"
_NOW = datetime(2023, 6, 1, tzinfo=UTC)
_WORK = (
    "道路养护",
    "校舍维修",
    "河道清淤",
    "技能培训",
    "疫苗接种",
    "古树保护",
    "食品抽检",
    "档案数字化",
    "林地巡护",
)
_LEVELS = (
    ("产出指标", "数量指标", "数量", "个"),
    ("产出指标", "质量指标", "合格率", "%"),
    ("产出指标", "时效指标", "完成及时率", "%"),
    ("产出指标", "成本指标", "经费", "万元"),
    ("效益指标", "社会效益指标", "覆盖率", "%"),
    ("效益指标", "生态效益指标", "改善面积", "亩"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "%"),
)
_STATES = tuple(State)


class Many(NamedTuple):
    """What was made."""

    round: Round
    declarations: list[Declaration]


def form_of(draw: random.Random, organisation: str) -> Form:
    """A form of 7 to 40 indicators; some of its cells are wrong in the ways that forms are wrong."""
    count = draw.randint(7, 40)
    rows: list[Indicator] = []
    for at in range(count):
        level1, level2, what, unit = _LEVELS[at * len(_LEVELS) // count]
        is_words = draw.random() < 0.1
        operator = "定性" if is_words else "≤" if unit == "万元" else draw.choice(("≥", "≥", "=", ">"))
        target = "100" if unit == "%" and draw.random() < 0.3 else str(draw.randint(60, 98))
        step = draw.choice(("0.5", "1", "2"))
        rows.append(
            Indicator(
                level1=level1,
                level2=level2,
                name=f"{draw.choice(_WORK)}{what}{at // 9 or ''}",
                operator=operator,
                target="持续改善" if is_words else target,
                unit=None if is_words or draw.random() < 0.05 else unit,
                points=Decimal(draw.randint(1, 6)),
                explanation="反映工作完成情况",
                criterion=None
                if draw.random() < 0.2
                else f"完成目标得满分，每低1个百分点扣{step}分，扣完为止。",
            )
        )
    return Form(
        kind=Kind.DEPARTMENT,
        purpose=Purpose.DECLARATION,
        organisation=organisation,
        fiscal_year=2023,
        duties=("组织实施年度重点工作。",),
        goals=("完成年度重点工作任务，服务对象满意度达到90%以上。",),
        indicators=tuple(rows),
    )


def fill(city: Organisation, count: int, seed: int = 1, states: tuple[State, ...] = _STATES) -> Many:
    """A round of `count` declarations below a city, in each of `states` in turn."""
    draw = random.Random(seed)
    round_ = Round.objects.create(
        organisation=city,
        name=f"批量{seed}",
        fiscal_year=2023,
        profile=PROFILE,
        declare_by=date(2022, 11, 30),
        review_by=date(2022, 12, 31),
        self_evaluate_by=date(2099, 3, 31),
    )
    made: list[Declaration] = []
    for at, place in enumerate(_places(city, count, seed)):
        working = _working(form_of(draw, place.name))
        state = states[at % len(states)]
        one = Declaration.objects.create(round=round_, organisation=place, state_since=_NOW)
        Draft.objects.create(declaration=one, content=stored(working), rows=list(working.rows))
        if state not in NOT_HANDED_IN:
            one.approved = _version(one, working)
        Declaration.objects.filter(pk=one.pk).update(
            state=state.value, approved=one.approved if state is not State.SUBMITTED else None
        )
        one.refresh_from_db()
        if state in IN_FORCE and one.approved is not None:
            _stages(draw, one, working.form)
            if state in SCORED:
                seal(draw, one, working.form)
        if state not in NOT_HANDED_IN:
            note_all(one)
        made.append(one)
    return Many(round_, made)


def _places(city: Organisation, count: int, seed: int) -> list[Organisation]:
    """Bureaus below the city, each with up to nine units."""
    found: list[Organisation] = []
    bureau = city
    for at in range(count):
        is_bureau = at % 10 == 0
        parent = city if is_bureau else bureau
        code = f"{city.code}-{seed}{at:04}"
        one = Organisation.objects.create(
            parent=parent,
            kind="department" if is_bureau else "unit",
            code=code,
            path=f"{parent.path}{code}/",
            name=f"第{at // 10 + 1}局" if is_bureau else f"第{at // 10 + 1}局下属{at % 10}中心",
        )
        bureau = one if is_bureau else bureau
        found.append(one)
    return found


def _working(form: Form) -> Working:
    return Working(form, NO_SOURCE, tuple(f"r{at:03}" for at in range(len(form.indicators))))


def _version(one: Declaration, working: Working) -> Version:
    content = stored(working)
    return Version.objects.create(
        declaration=one,
        number=1,
        content=content,
        rows=list(working.rows),
        digest=digest_of(content),
        made_by="x",
    )


def _stages(draw: random.Random, one: Declaration, form: Form) -> None:
    for month in (4, 7):
        stage = Stage.objects.create(declaration=one, month=month)
        StageRow.objects.bulk_create(
            StageRow(stage=stage, number=number, value=str(draw.randint(10, 100)))
            for number in range(1, len(form.indicators) + 1)
            if draw.random() < 0.9
        )
    Plan.objects.create(declaration=one, number=1, shares=["0"] * 11 + ["100"])


def seal(draw: random.Random, one: Declaration, form: Form) -> Sheet:
    """A sealed self-evaluation with drawn values; a tenth of them is missing."""
    actuals = {
        at: Actual(str(draw.randint(50, 110)) + (row.unit or ""))
        for at, row in enumerate(form.indicators)
        if draw.random() < 0.9
    }
    sheet = score(form, actuals, load_profile(PROFILE))
    return Sheet.objects.create(
        declaration=one,
        version=one.approved,
        kind=Sheet.Kind.SELF,
        profile=PROFILE,
        facts={str(at + 1): actual_to(actual) for at, actual in actuals.items()},
        content=sheet_record(sheet, "zh_Hans"),
        low=sheet.total.low,
        high=sheet.total.high,
        of=sheet.total.of,
        grade="".join(sheet.grade.possible) if sheet.grade else "",
        digest="0" * 64,
        by="x",
    )
