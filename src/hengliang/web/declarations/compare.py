"""What is different between two forms, for people to read: place by place, the words that changed marked."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from hengliang.form.field import text_at
from hengliang.form.model import Form
from hengliang.report.labels import field_label, place_label
from hengliang.web.declarations.draft import LISTS, TEXT_FIELDS, Working

FORM_FIELDS = (
    "title", "organisation", "supervisor", "project", "fiscal_year", "codes/department", "codes/region",
    "codes/project", "signoff/preparer", "signoff/head", "signoff/phone", "signoff/date",
)  # fmt: skip
"""The single fields outside the table that a declaration's pages show."""


class Part(NamedTuple):
    """A stretch of a text, and whether it is on one side only."""

    text: str
    changed: bool


class Difference(NamedTuple):
    """One place that differs. `kind` is changed, added or removed."""

    label: str
    kind: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    row: str
    key: str


def differences(before: Working, after: Working, language: str) -> list[Difference]:
    """All places at which two working copies differ: fields of the form, then rows in the order of `after`,
    then rows that are gone. Rows are the same when their ids are, else when their names are."""
    return [*_fields(before, after, language), *_rows(before, after, language)]


def _fields(before: Working, after: Working, language: str) -> Iterator[Difference]:
    for path in (*FORM_FIELDS, *_items(before.form, after.form)):
        old, new = text_at(before.form, path) or "", text_at(after.form, path) or ""
        if old != new:
            label = place_label(after.form if new else before.form, path, language)
            yield _difference(label, old, new, "form", path)


def _items(before: Form, after: Form) -> Iterator[str]:
    """The paths of the items of lists and blocks of either form."""
    for name in LISTS:
        longest = max(len(getattr(before, name)), len(getattr(after, name)))
        yield from (f"{name}/{index}" for index in range(longest))
    yield "money/unit"
    lengths = [len(form.money.rows) if form.money else 0 for form in (before, after)]
    for index in range(max(lengths)):
        yield from (f"money/rows/{index}/{field}" for field in ("name", "initial", "budget"))
    for index in range(max(len(before.tasks), len(after.tasks))):
        yield from (f"tasks/{index}/{field}" for field in ("name", "content", "amount", "fiscal", "other"))


def _rows(before: Working, after: Working, language: str) -> Iterator[Difference]:
    pairs = _paired(before, after)
    for index, row in enumerate(after.rows):
        old = pairs.get(index)
        label = place_label(after.form, f"indicators/{index}", language)
        if old is None:
            yield Difference(label, "added", (), (Part(_whole(after.form, index), True),), row, "+")
            continue
        for key in TEXT_FIELDS:
            was = text_at(before.form, f"indicators/{old}/{key}") or ""
            now = text_at(after.form, f"indicators/{index}/{key}") or ""
            if was != now:
                yield _difference(
                    f"{label} · {field_label(f'indicators/0/{key}', language)}", was, now, row, key
                )
    kept = set(pairs.values())
    for index, row in enumerate(before.rows):
        if index not in kept:
            label = place_label(before.form, f"indicators/{index}", language)
            yield Difference(label, "removed", (Part(_whole(before.form, index), True),), (), row, "-")


def _paired(before: Working, after: Working) -> dict[int, int]:
    """The places of the rows of `after` in `before`."""
    places = {row: index for index, row in enumerate(before.rows)}
    pairs = {index: places[row] for index, row in enumerate(after.rows) if row in places}
    free = {
        index: row.name for index, row in enumerate(before.form.indicators) if index not in pairs.values()
    }
    for index, row in enumerate(after.form.indicators):
        if index in pairs:
            continue
        same = next((old for old, name in free.items() if name == row.name), None)
        if same is not None:
            pairs[index] = same
            del free[same]
    return pairs


def _whole(form: Form, index: int) -> str:
    """A row in one line: `≥ 60 家, 3`."""
    row = form.indicators[index]
    target = " ".join(filter(None, (row.operator, row.target, row.unit)))
    points = "" if row.points is None else format(row.points, "f")
    return "，".join(filter(None, (row.level1, row.level2, row.name, target, points)))


def _difference(label: str, old: str, new: str, row: str, key: str) -> Difference:
    kind = "changed" if old and new else "added" if new else "removed"
    before, after = word_parts(old, new)
    return Difference(label, kind, before, after, row, key)


_LONGEST = 4000
"""Longer texts are not compared, which would take time in the square of their length."""

_PIECE = re.compile(r"[0-9][0-9.,]*|[A-Za-z]+|.", re.DOTALL)
"""What changes as a whole: a number, a Latin word, a sign."""


def word_parts(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Two texts in stretches that both have and that one has."""
    if max(len(old), len(new)) > _LONGEST:
        return (Part(old, True),), (Part(new, True),)
    olds, news = _PIECE.findall(old), _PIECE.findall(new)
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    if matcher.ratio() < 0.3:
        return _parts([(old, True)]), _parts([(new, True)])
    before: list[tuple[str, bool]] = []
    after: list[tuple[str, bool]] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        before.append(("".join(olds[a1:a2]), tag != "equal"))
        after.append(("".join(news[b1:b2]), tag != "equal"))
    return _parts(before), _parts(after)


def _parts(pieces: Sequence[tuple[str, bool]]) -> tuple[Part, ...]:
    return tuple(Part(text, changed) for text, changed in pieces if text)


def as_rows(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences as the component of pages takes them."""
    return [{"label": one.label, "kind": one.kind, "before": one.before, "after": one.after} for one in found]
