"""The clauses of a sentence become one tree."""

import re
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria import ordinals, states, tiers
from hengliang.criteria.amounts import amount_of
from hengliang.criteria.canonical import number
from hengliang.criteria.clauses import Clause, Clauses
from hengliang.criteria.conditions import in_order
from hengliang.criteria.context import Context
from hengliang.criteria.counted import is_counting
from hengliang.criteria.elements import Mark, Points, Test
from hengliang.criteria.gather import gather
from hengliang.criteria.groups import Group, fits
from hengliang.criteria.nodes import Bands, Choice, Criterion, Steps
from hengliang.criteria.said_twice import check_late, without_complements, without_idle_states
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind
from hengliang.criteria.wording import is_generic


def criterion_of(sentence: Clauses, context: Context) -> Criterion:
    """The tree of the whole sentence. Raises UnreadError where a clause about points is unclear."""
    clauses = _scoring(sentence, context)
    if not clauses:
        raise context.unread(
            sentence.clauses[0].span, message("it says nothing of the points of this indicator")
        )
    clauses = in_order(clauses, context)
    parts = _sections(clauses, context)
    if parts is not None:
        trees = tuple(_tree(part, sentence, context, top) for part, top in parts)
        total = sum((top for _, top in parts), Fraction(0))
        return Criterion(Fraction(0), low=Fraction(0), high=total, sections=trees)
    return _tree(clauses, sentence, context, context.points)


def _scoring(sentence: Clauses, context: Context) -> list[Clause]:
    """The clauses about this indicator's points; vetoes over the whole assessment are noted apart."""
    found: list[Clause] = []
    for clause in sentence.clauses:
        if isinstance(clause.outcome, Mark) and clause.outcome.kind == "veto":
            context.verdicts.append((context.text(clause.span), clause.span))
        else:
            found.append(clause)
    return found


def _award(clause: Clause, context: Context) -> Fraction | None:
    outcome = clause.outcome
    if isinstance(outcome, Points) and outcome.of_full:
        return None
    if isinstance(outcome, Points) and outcome.doing in ("gain", "bare") and len(outcome.amounts) == 1:
        return Fraction(outcome.amounts[0])
    return None


def _sections(clauses: list[Clause], context: Context) -> list[tuple[list[Clause], Fraction]] | None:
    """Sentences of their own between semicolons: each names its points; these add up to the full marks."""
    sections: dict[int, list[Clause]] = {}
    for clause in clauses:
        sections.setdefault(clause.section, []).append(clause)
    if len(sections) < 2 or context.points is None:
        return None
    tops: list[tuple[list[Clause], Fraction]] = []
    for part in sections.values():
        awards = [
            award for clause in part if not clause.eaches and (award := _award(clause, context)) is not None
        ]
        if not awards:
            return None
        tops.append((part, max(awards)))
    total = sum((top for _, top in tops), Fraction(0))
    if total != context.points or any(top == context.points for _, top in tops):
        return None
    context.assume(message("the points of the parts add up to the full marks"))
    return tops


def _full(clauses: list[Clause], sentence: Clauses, context: Context, points: Fraction | None) -> Fraction:
    """The full marks: those of the indicator, or what the sentence names."""
    for worth in sentence.worths:
        if points is not None and Fraction(worth.amount) != points:
            raise context.unread(
                worth.span, message("the sentence names other full marks than the indicator")
            )
    if points is not None:
        return points
    if sentence.worths:
        return Fraction(sentence.worths[0].amount)
    named = [
        award
        for clause in clauses
        if (award := _award(clause, context)) is not None and not is_counting(clause)
    ]
    named += [Fraction(limit.amount) for limit in sentence.bases]
    named += [Fraction(limit.amount) for clause in clauses for limit in clause.limits if not limit.adds]
    if not named:
        raise context.unread(clauses[0].span, message("the full marks are not known"))
    context.assume(message("the full marks are read from the sentence: {points}", points=number(max(named))))
    return max(named)


def _tree(clauses: list[Clause], sentence: Clauses, context: Context, points: Fraction | None) -> Criterion:
    full = _full(clauses, sentence, context, points)
    found, others = ordinals.pieces_of(clauses, context, full)
    groups, words = gather(others, context, full) if others else ([], [])
    words = without_idle_states(groups, words, context)
    check_late(groups, words, context)
    groups = without_complements(groups, context)
    stepped = {group.variable.unit for group in groups if group.steps or group.lines}
    lined = [
        clause
        for clause in words
        for test in clause.tests
        if isinstance(test, Test)
        and (not test.bare or (test.quantity.unit in stepped and test.quantity.number != 1))
    ]
    if lined and stepped:
        raise context.unread(lined[0].span, message("it is not certain which number the steps begin at"))
    shared = _shared_award(groups, words, context, full)
    found += [tiers.pieces_of(group, context, shared or full) for group in groups]
    if words:
        found.append(states.pieces_of(words, context, full, others=any(piece.loses for piece in found)))
    return _together(found, clauses, sentence, context, full)


def _shared_award(
    groups: list[Group], words: list[Clause], context: Context, full: Fraction
) -> Fraction | None:
    """发放到农户的得4分，未完成的按比例计分: the words name the whole of which a share is given."""
    shares = [group for group in groups if group.share is not None and not group.lines]
    if len(groups) != 1 or not shares:
        return None
    gains = [
        (clause, amount)
        for clause in words
        if (amount := amount_of(clause, context, full)).then in ("points", "full")
    ]
    if len(gains) != 1 or gains[0][1].low != gains[0][1].high:
        return None
    words.remove(gains[0][0])
    return gains[0][1].high


def _together(
    found: list[Pieces], clauses: list[Clause], sentence: Clauses, context: Context, full: Fraction
) -> Criterion:
    """What the pieces come to in sum, and between which bounds."""
    _items(found, clauses[0], context, full)
    _once(found, clauses[0], context)
    levels = [piece.level for piece in found if piece.level is not None]
    anchors = {piece.anchor for piece in found if piece.anchor is not None}
    span = clauses[0].span
    if len(levels) > 1 and sum(levels, Fraction(0)) != full:
        raise context.unread(
            span, message("it is not certain whether these points add up or one excludes the other")
        )
    if len(anchors) > 1 or (anchors and levels):
        raise context.unread(span, message("full marks are named twice and differ"))
    loses, adds = any(piece.loses for piece in found), any(piece.adds for piece in found)
    gives = any(piece.gives for piece in found)
    gates = tuple(gate for piece in found for gate in piece.gates)
    above = max((piece.above for piece in found if piece.above is not None), default=None)
    top = sum(levels, Fraction(0)) if levels else next(iter(anchors)) if anchors else full
    if above is not None and levels:
        top = max(above, top)
    bases = [Fraction(limit.amount) for limit in sentence.bases]
    base = Fraction(0)
    if bases:
        base = bases[0]
    elif not levels and (anchors or loses or (gates and not gives and not adds)):
        base = top
    elif not levels and (gives or adds) and _from_target(found, context) and not _is_bonus(clauses, full):
        base, adds = full, True
        context.assume(message("what is added comes on top of the points of the indicator"))
    elif not levels and adds and not _is_bonus(clauses, full):
        context.assume(message("what is added begins at 0 points"))
    if gives and (loses or levels) and not bases:
        raise context.unread(span, message("it is not certain what additions and deductions begin at"))
    if top > full and (levels or anchors):
        raise context.unread(span, message("the sentence gives more points than the indicator has"))
    if top != full and (levels or anchors):
        context.assume(
            message(
                "the sentence names {named} points as full marks, the indicator has {points}",
                named=number(top),
                points=number(full),
            )
        )
    said = any(isinstance(clause.outcome, Points) and clause.outcome.doing == "add" for clause in clauses)
    beyond = adds and said and (loses or bool(levels) or bool(anchors) or base > 0)
    low, high = _bounds(clauses, context, base if bases else None, top, beyond)
    parts = tuple(part for piece in found for part in piece.parts)
    if not (base or levels) and not adds and not gives:
        raise context.unread(span, message("it is not certain what the points begin at"))
    return Criterion(base, parts, gates, low, high)


def _once(found: list[Pieces], clause: Clause, context: Context) -> None:
    """3个以下的每个得2分，3个以上的得满分: one number would be counted twice. Raises UnreadError."""
    counted = {
        part.variable.unit
        for piece in found
        for part in piece.parts
        if isinstance(part, Steps)
        and part.variable.kind is Kind.COUNT
        and is_generic(part.variable.name)
        and part.amounts is not None
        and part.amounts[0] > 0
        and not part.line
    }
    banded = {part.variable.unit for piece in found for part in piece.parts if isinstance(part, Bands)}
    if counted & banded:
        raise context.unread(clause.span, message("it is not certain how tiers and steps go together"))


_ITEMS = re.compile("(?:有|缺|少|缺少|缺失|未|不|符合|满足|达到|达标|完成|要求|的|每)*")


def _items(found: list[Pieces], clause: Clause, context: Context, full: Fraction) -> None:
    """①…（1分）；②…（1分）。每缺一项扣1分: the same said twice; what is missing is counted.

    Raises UnreadError where points and deductions of items differ.
    """
    lost = [
        part
        for piece in found
        for part in piece.parts
        if isinstance(part, Steps)
        and part.amounts is not None
        and part.amounts[0] < 0
        and part.variable.kind is Kind.COUNT
        and _ITEMS.fullmatch(part.variable.name)
    ]
    for piece in found:
        items = [part for part in piece.parts if isinstance(part, Choice) and part.variable.kind is Kind.MET]
        if not lost or piece.level is None or len(items) < 2:
            continue
        worth = {(item.options[0].low, item.options[1].high) for item in items}
        step = lost[0]
        if (
            len(lost) > 1
            or step.size != 1
            or worth != {(-(step.amounts or (Fraction(0),))[0], Fraction(0))}
            or piece.level != full
            or len(items) < len(piece.parts)
        ):
            raise context.unread(
                clause.span, message("it is not certain how this goes together with the points for a part")
            )
        piece.parts, piece.level = [], None


def _from_target(found: list[Pieces], context: Context) -> bool:
    parts = [part for piece in found for part in piece.parts]
    return bool(parts) and all(
        isinstance(part, Steps)
        and part.variable.kind in (Kind.VALUE, Kind.RATE)
        and part.line == context.target
        and fits(part.variable.unit, context.unit)
        for part in parts
    )


def _is_bonus(clauses: list[Clause], full: Fraction) -> bool:
    """Whether additions are limited to the points of the row: these are all that it can give."""
    limits = [limit.amount for clause in clauses for limit in clause.limits if limit.kind == "gain"]
    return bool(limits) and all(Fraction(amount) == full for amount in limits)


def _bounds(
    clauses: list[Clause], context: Context, base: Fraction | None, top: Fraction, beyond: bool
) -> tuple[Fraction, Fraction | None]:
    limits = [limit for clause in clauses for limit in clause.limits if limit.kind == "gain"]
    amounts = {Fraction(limit.amount) for limit in limits}
    if len(amounts) > 1:
        raise context.unread(limits[0].span, message("two limits are named and differ"))
    losing = [
        clause
        for clause in clauses
        for limit in clause.limits
        if limit.kind == "loss" and not is_counting(clause)
    ]
    if losing:
        raise context.unread(losing[0].span, message("it is not certain what the limit of deductions bounds"))
    if not amounts:
        return Fraction(0), None if beyond else top
    limit = amounts.pop()
    if base is not None and limits[0].adds:
        return Fraction(0), max(base, min(base + limit, top) if context.points is not None else base + limit)
    if beyond and not limits[0].adds and limit == context.points and top < limit:
        return Fraction(0), limit
    if beyond and base is not None:
        return Fraction(0), limit
    if beyond and (limits[0].adds or limit < top):
        return Fraction(0), top + limit
    if beyond:
        raise context.unread(
            limits[0].span, message("it is not certain whether the limit bounds the addition or all points")
        )
    return Fraction(0), limit
