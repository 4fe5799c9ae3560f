"""Rules about the whole assessment and not about the points of a row: scales of grades and vetoes.

90分以上为优秀，80分以上90分以下为良好 turns a total into a grade; 发生事故的一票否决 decides over all else.
Neither gives points, and neither is left out silently.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from hengliang.criteria.clauses import Clause, Clauses
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.curve import Interval
from hengliang.criteria.edges import told_apart
from hengliang.criteria.elements import Mark, Phrase, Range, Test, Words
from hengliang.criteria.groups import Line, meet_all
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Kind, Variable, is_percent
from hengliang.criteria.wording import is_generic


class Grade(NamedTuple):
    """A word, and the numbers that earn it."""

    interval: Interval
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From a number (the total, or a rate) to a grade word; numbers may be left out."""

    variable: Variable
    grades: tuple[Grade, ...]
    spans: tuple[Span, ...]

    def at(self, number: Fraction) -> str | None:
        """The grade of `number`; None where the sentence names none."""
        return next((grade.label for grade in self.grades if number in grade.interval), None)


@dataclass(frozen=True, slots=True)
class Veto:
    """What fails the whole assessment when it is so; `grade` is the result that is named, else empty."""

    variable: Variable
    grade: str
    spans: tuple[Span, ...]


class Verdicts(NamedTuple):
    """What a sentence says of the whole assessment."""

    scale: Scale | None
    vetoes: tuple[Veto, ...]


def verdicts_of(found: Clauses, context: Context) -> Verdicts:
    """Takes the rules about the whole assessment out of `found`. Raises UnreadError for lines that clash."""
    vetoes = _vetoes(found, context)
    scale = _scale(found, context) if not found.clauses else None
    for veto in vetoes:
        context.verdicts.append((context.text(veto.spans[0]), veto.spans[0]))
    return Verdicts(scale, tuple(vetoes))


_FAILS = re.compile(
    "(?:即|则|直接|一律|均|应|予以|年度|考核|评定|判定|认定|确定|评|定|视|结果|等次|等级|为)*"
    "(?P<grade>不合格|不称职|不达标|不及格|末等|差等?)(?:等次|等级|档次|单位)?"
)
_SMALL = re.compile("(?:,|的|将|一律|实行|实施|执行|予以|给予|安全生产|对)+$")


def _vetoes(found: Clauses, context: Context) -> list[Veto]:
    vetoes: list[Veto] = []
    kept: list[Clause] = []
    for clause in found.clauses:
        before = kept[-1] if kept else None
        nothing = isinstance(clause.outcome, Mark) and clause.outcome.kind == "no_points" and not clause.front
        if nothing and before is not None and _is_veto(before) and clause.follows_comma:
            # 一票否决，该项不得分: the veto is one of this row.
            before.outcome = clause.outcome
            continue
        kept.append(clause)
    found.clauses = [clause for clause in kept if not _is_veto(clause)]
    loose = [*found.loose]
    for clause in kept:
        if not _is_veto(clause):
            continue
        follows = [each for each in loose if not each.tests and _label(each, whole=True)]
        result = next((each for each in follows if each.span.start > clause.span.start), None)
        grade = _label(result, whole=True) if result is not None else ""
        if result is not None:
            found.loose.remove(result)
            loose.remove(result)
        name = _SMALL.sub("", name_of(context.plain([phrase.span for phrase in clause.front])))
        vetoes.append(Veto(Variable(Kind.MET, name, event=True), grade, (clause.span,)))
    for clause in loose:
        if clause.cut or clause.eaches or any(_unit(test) in ("%", "分", "") for test in clause.tests):
            continue
        text = context.plain([clause.span])
        match = _STATED.fullmatch(text)
        if match is not None and not is_generic(match["event"]):
            found.loose.remove(clause)
            variable = Variable(Kind.MET, _SMALL.sub("", name_of(match["event"])), event=True)
            vetoes.append(Veto(variable, match["grade"], (clause.span,)))
    return vetoes


def _is_veto(clause: Clause) -> bool:
    return isinstance(clause.outcome, Mark) and clause.outcome.kind == "veto"


_STATED = re.compile(
    "(?P<event>[^;。]{3,}?)(?:的|时|情形|情况|之一|者)?,?(?:即|则|直接|一律|均|应)*(?:评定|判定|认定|确定|视)为?(?:年度|考核|结果)*"
    "(?P<grade>不合格|不称职|不达标|不及格)(?:等次|等级|档次|单位)?(?:,(?:不再|不得|取消)[^;。]*)?"
)


def _label(clause: Clause, whole: bool) -> str:
    """The grade that a clause names after a veto."""
    match = (_FAILS.fullmatch if whole else _FAILS.search)(name_of(clause.words))
    return match["grade"] if match is not None else ""


_GRADES = (
    "优秀|优良|优|良好|良|中等?|一般|基本合格|合格|不合格|较好|较差|好|差|基本达标|达标|不达标|及格|不及格|称职|基本称职|不称职|"
    "[A-EＡ-Ｅ]级?|[一二三四五]等|[一二三四五]级|[1-5]级|红灯|黄灯|绿灯|蓝灯"
)
_NAMES = "(?:等次|等级|档次|档|单位|等)?"
_CONNECTED = re.compile(
    "(?:的|者|,|则|即|可|应|其|结果|绩效|考核|评价|等次|等级|档次)*(?:评定|判定|认定|确定|划定|评|定|列|视)?(?:为|是|:)"
    '(?:绩效|考核|评价|年度|等次|等级|档次|结果)*[“"]?(?P<label>[^,"”]{1,14}?)[”"]?' + _NAMES
)
_BARE = re.compile(f"(?P<label>{_GRADES}){_NAMES}(?:,|:|的)*")
_ENTERS = re.compile("(?:的|,|则|即|方可|可)*(?P<label>进入[^,]{2,14})")


def _scale(found: Clauses, context: Context) -> Scale | None:
    """The scale that all loose clauses make together; None where one of them is none of its lines."""
    lines: list[Line] = []
    labels: list[str] = []
    names: list[str] = []
    clauses = [clause for clause in found.loose if _speaks(clause)]
    units = {_unit(test) for clause in clauses for test in clause.tests} - {""}
    if len(units) > 1 or not clauses:
        return None
    unit = next(iter(units), "")
    for clause in [line for each in clauses for line in _lines(each, unit)]:
        if clause.cut or clause.eaches or clause.limits or not clause.tests:
            return None
        read = _line_label(clause.front, clause)
        if read is None:
            return None
        name, label = read
        names.append(name)
        interval, loose_low, loose_high = meet_all(clause, context, unit, False)
        index = Fraction(len(labels))
        labels.append(label)
        lines.append(Line(interval, "points", index, index, clause.span, loose_low, loose_high))
    stated = {name for name in names if name}
    if not lines or len(stated) > 1 or (len(lines) == 1 and not re.fullmatch(_GRADES, labels[0])):
        return None
    found.loose = [clause for clause in found.loose if clause not in clauses]
    apart = told_apart(lines, context, unit)
    apart.sort(key=lambda line: line.interval.low if line.interval.low is not None else Fraction(-(10**9)))
    grades = tuple(Grade(line.interval, labels[int(line.low)]) for line in apart)
    variable = Variable(Kind.RATE if unit == "%" else Kind.VALUE, next(iter(stated), "得分"), unit or "分")
    return Scale(variable, grades, tuple(line.span for line in lines))


def _unit(test: Test | Range) -> str:
    unit = test.unit if isinstance(test, Range) else test.quantity.unit
    return "%" if is_percent(unit) else unit


def _lines(clause: Clause, unit: str) -> list[Clause]:
    """The lines of a scale between commas, each with its numbers in `unit`; what has no number goes on a
    line.
    """
    parts: list[list[Phrase]] = []
    for phrase in clause.front:
        comma = isinstance(phrase, Mark) and phrase.kind == "comma"
        if isinstance(phrase, Test) and phrase.quantity.unit != unit:
            phrase = replace(phrase, quantity=replace(phrase.quantity, unit=unit))
        elif isinstance(phrase, Range) and phrase.unit != unit:
            phrase = replace(phrase, unit=unit)
        if not parts or (comma and any(isinstance(each, Test | Range) for each in parts[-1])):
            parts.append([])
        if not comma:
            parts[-1].append(phrase)
    joined: list[list[Phrase]] = []
    for part in parts:
        if joined and not any(isinstance(each, Test | Range) for each in part):
            joined[-1] += part
        elif part:
            joined.append(part)
    return [Clause(part, None, clause.section, False, cut=clause.cut) for part in joined]


def _speaks(clause: Clause) -> bool:
    return bool(clause.tests) or len(name_of(clause.words)) > 1


def _line_label(front: list[Phrase], clause: Clause) -> tuple[str, str] | None:
    """What is measured, and the grade word, of one line of a scale."""
    first, last = front.index(clause.tests[0]), front.index(clause.tests[-1])
    if any(not isinstance(phrase, Words | Mark) for phrase in [*front[:first], *front[last + 1 :]]):
        return None
    before = "".join(phrase.text for phrase in front[:first] if isinstance(phrase, Words | Mark)).strip(",")
    after = "".join(phrase.text for phrase in front[last + 1 :] if isinstance(phrase, Words | Mark))
    for pattern in (_CONNECTED, _ENTERS, _BARE):
        match = pattern.fullmatch(after.rstrip(","))
        if match is not None:
            return name_of(before).rstrip("在达到于为"), match["label"]
    if not name_of(after):
        match = _BARE.fullmatch(before)
        if match is not None:
            return "", match["label"]
    return None
