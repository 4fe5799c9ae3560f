"""Findings that say the same, together."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from hengliang.base.finding import Finding, Undecidable
from hengliang.form.model import Form
from hengliang.report.labels import field_label, item_number, take_apart
from hengliang.report.severity import SEVERITIES
from hengliang.review.catalogue import FAMILIES

_FIELDS = {name: at for at, name in enumerate(Form.model_fields)}


def groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one rule and one sentence, together: by severity, family, code, sentence and place."""

    def alike(finding: Finding) -> tuple[int, int, str, str]:
        family = FAMILIES.find(finding.code[0])
        return SEVERITIES.index(finding.severity), family, finding.code, finding.message.text

    def order(finding: Finding) -> tuple[object, ...]:
        return *alike(finding), *_place(finding.spots[0].path)

    return [list(group) for _, group in groupby(sorted(findings, key=order), key=alike)]


def _place(path: str) -> tuple[int, int]:
    """Where a path comes in the reading order of a form."""
    spot = take_apart(path)
    head = spot.list or path.partition("/")[0]
    return _FIELDS.get(head, -1), -1 if spot.item is None else spot.item


def undecided_groups(undecidable: Sequence[Undecidable]) -> list[list[Undecidable]]:
    """Undecided places of one rule and one reason, together: by family, code and reason."""

    def order(one: Undecidable) -> tuple[int, str, str]:
        return FAMILIES.find(one.code[0]), one.code, one.reason.text

    return [list(group) for _, group in groupby(sorted(undecidable, key=order), key=order)]


def numbers(form: Form, paths: Iterable[str], language: str) -> str:
    """Places in short: `#4 #7–#9` for indicators, `年度总体目标（一）（三）` for items of other lists.

    Single fields are left out: the sentence of a finding names them.
    """
    rows: set[int] = set()
    items: dict[str, dict[str, None]] = {}
    for path in paths:
        spot = take_apart(path)
        if spot.list == "indicators" and spot.item is not None:
            rows.add(spot.item + 1)
        elif spot.item is not None:
            items.setdefault(spot.list, {})[item_number(form, spot)] = None
    others = (f"{field_label(name, language)} {' '.join(marks)}" for name, marks in items.items())
    return " ".join([*_ranges(sorted(rows)), *others])


def chief_paths(outcomes: Sequence[Finding | Undecidable]) -> list[str]:
    """The path of the first spot of each outcome."""
    return [outcome.spots[0].path for outcome in outcomes if outcome.spots]


def _ranges(rows: Sequence[int]) -> Iterator[str]:
    """Numbers, with those that follow each other drawn together."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        together = [number for _, number in run]
        if len(together) > 2:
            yield f"#{together[0]}–#{together[-1]}"
        else:
            yield from (f"#{number}" for number in together)
