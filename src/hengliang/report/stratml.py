"""A scored form as StratML Part 2 (ANSI/AIIM 22, namespace `…:PerformancePlanOrReport`), for other systems.

Written so that both published versions of the schema (2016-02-16 and 2016-05-06) accept it: `Place` is never
written. What the schema has no element for stands as `key=value; key=value` in the Description of a result.
The form does not say which goal an indicator serves; its indicators stand under a goal of their own, by
level 2, instead of a guess.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lxml import etree as _etree  # pyright: ignore

from hengliang.criteria.fact_names import facts_said
from hengliang.form.actual import Actual
from hengliang.form.levels import Level1, level1_of
from hengliang.form.model import Form, Indicator
from hengliang.score.sheet import RowScore, ScoreSheet

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
# lxml ships no types.
etree: Any = _etree

_SIGNS = {"≥": "ge", ">": "gt", "=": "eq", "<": "lt", "≤": "le"}
_STAGES = {
    Level1.OUTPUT: "Output",
    Level1.BENEFIT: "Outcome",
    Level1.SATISFACTION: "Outcome",
    Level1.COST: "Input",
}
_UNASSIGNED = "未对应目标"
_GRADED, _UNITLESS = "等级", "无单位"
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_NO_NAME = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff._-]")
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_bytes(sheet: ScoreSheet) -> bytes:
    """The document, UTF-8."""
    form = sheet.form
    root = etree.Element(f"{{{NAMESPACE}}}PerformancePlanOrReport", nsmap={None: NAMESPACE})
    root.set("Type", "Performance_Report" if _is_report(sheet) else "Performance_Plan")
    name = " ".join(
        part for part in (form.organisation, form.project, str(form.fiscal_year or ""), form.title) if part
    )
    _add(root, "Name", name or "—")
    core = _add(root, "StrategicPlanCore")
    organisation = _add(core, "Organization")
    _add(organisation, "Name", form.organisation or "")
    if form.codes.department:
        code = f"{form.codes.region or ''}{form.codes.department}"
        _add(organisation, "Identifier", "_" + _NO_NAME.sub("_", code))
    if form.duties:
        _add(_add(core, "Mission"), "Description", "\n".join(form.duties))
    for number, goal in enumerate(form.goals, 1):
        head, _, rest = goal.partition("。")
        made = _add(core, "Goal")
        _add(made, "Name", head[:80])
        _add(made, "Description", goal if rest else head)
        _add(made, "Identifier", f"_goal-{number}")
        _add(made, "SequenceIndicator", str(number))
    _indicators(core, sheet)
    _administrative(root, form)
    return _written(root)


def published(document: bytes, day: str, source: str) -> bytes:
    """A document with the day of its publication (2024-03-01) and the address where it stands."""
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(document, parser)
    made = root.find(f"{{{NAMESPACE}}}AdministrativeInformation")
    if made is None:
        made = _add(root, "AdministrativeInformation")
    _add(made, "PublicationDate", day)
    _add(made, "Source", source)
    return _written(root)


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _indicators(core: Any, sheet: ScoreSheet) -> None:
    goal = _add(core, "Goal")
    place = len(sheet.form.goals) + 1
    _add(goal, "Name", _UNASSIGNED)
    _add(goal, "Description", "申报表未写明各项指标对应的目标")
    _add(goal, "Identifier", f"_goal-{place}")
    _add(goal, "SequenceIndicator", str(place))
    for number, (level1, level2, rows) in enumerate(_by_level(sheet), 1):
        objective = _add(goal, "Objective")
        _add(objective, "Name", level2 or level1 or _UNASSIGNED)
        _add(objective, "Identifier", f"_obj-{place}-{number}")
        _add(objective, "SequenceIndicator", f"{place}.{number}")
        if level1:
            _add(objective, "OtherInformation", level1)
        for row in rows:
            _indicator(objective, row, level1, sheet.form.fiscal_year)


def _by_level(sheet: ScoreSheet) -> Iterator[tuple[str, str, list[RowScore]]]:
    """The rows by the levels they stand under; a level that is not printed goes on from the row above."""
    level1 = level2 = ""
    found: dict[tuple[str, str], list[RowScore]] = {}
    for row in sheet.rows:
        if row.indicator.level1 and row.indicator.level1 != level1:
            level1, level2 = row.indicator.level1, ""
        level2 = row.indicator.level2 or level2
        found.setdefault((level1, level2), []).append(row)
    for (one, two), rows in found.items():
        yield one, two, rows


def _indicator(objective: Any, row: RowScore, level1: str, year: int | None) -> None:
    indicator = row.indicator
    made = _add(objective, "PerformanceIndicator")
    level = level1_of(level1)
    if level is not None and level in _STAGES:
        made.set("ValueChainStage", _STAGES[level])
    number = _number(indicator.target, indicator)
    made.set("PerformanceIndicatorType", "Qualitative" if number is None else "Quantitative")
    _add(made, "SequenceIndicator", str(row.index + 1))
    _add(made, "MeasurementDimension", indicator.name)
    _add(made, "UnitOfMeasurement", indicator.unit or (_GRADED if number is None else _UNITLESS))
    _add(made, "Identifier", f"_ind-{row.index + 1}")
    instance = _add(made, "MeasurementInstance")
    _result(instance, "TargetResult", indicator.target, indicator, year, _target_facts(row))
    if row.actual is not None and (text := _reported(row.actual)):
        _result(instance, "ActualResult", text, indicator, year, _actual_facts(row))
    if indicator.explanation or indicator.criterion:
        _add(made, "OtherInformation", f"{_line(indicator.explanation)}\n{_line(indicator.criterion)}")


def _reported(actual: Actual) -> str:
    """The value as stated; where only facts are known, these."""
    return actual.text or facts_said(actual.facts, "zh_Hans")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _result(
    instance: Any, kind: str, text: str | None, indicator: Indicator, year: int | None, facts: str
) -> None:
    result = _add(instance, kind)
    if year:
        _year(result, year)
    number = _number(text, indicator)
    if number is not None:
        _add(result, "NumberOfUnits", f"{number:f}")
    elif text:
        descriptor = _add(result, "Descriptor")
        _add(descriptor, "DescriptorName", indicator.name)
        _add(descriptor, "DescriptorValue", text)
    if facts:
        _add(result, "Description", facts)


def _year(parent: Any, year: int) -> None:
    # A date of XML Schema has four digits for its year.
    _add(parent, "StartDate", f"{year:04}-01-01")
    _add(parent, "EndDate", f"{year:04}-12-31")


def _target_facts(row: RowScore) -> str:
    facts: list[str] = []
    if row.indicator.operator in _SIGNS:
        facts.append(f"operator={_SIGNS[row.indicator.operator]}")
    if row.points is not None:
        facts.append(f"points={row.points:f}")
    return "; ".join(facts)


def _actual_facts(row: RowScore) -> str:
    if row.low is None or row.high is None:
        return ""
    if row.low == row.high:
        return f"score={row.low:f}"
    return f"score_low={row.low:f}; score_high={row.high:f}"


def _administrative(root: Any, form: Form) -> None:
    if form.fiscal_year:
        _year(_add(root, "AdministrativeInformation"), form.fiscal_year)


def _is_report(sheet: ScoreSheet) -> bool:
    return any(row.actual is not None and row.actual.is_reported for row in sheet.rows)


def _number(text: str | None, indicator: Indicator) -> Decimal | None:
    """The number that a value is, with or without its unit behind it."""
    plain = (text or "").strip().removesuffix(indicator.unit or "").strip()
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def _add(parent: Any, name: str, text: str | None = None) -> Any:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        # XML holds no control characters; a form read from a document may.
        made.text = _NO_XML.sub("", text)
    return made
