"""Findings overruled with a reason (忽略，需说明理由), kept in a TOML file beside the form.

    [[suppress]]
    code = "W02"
    place = "公众满意度"
    reason = "表样没有分值栏，经财政局同意写在备注"
    by = "张三"
    until = 2027-12-31

`place` is the path of a field (`indicators/3/target`) or of anything around it (`indicators/3`, `goals`), the
name of an indicator, or `*` for the whole form. `until` may be left out. Nothing is overruled without a
reason and a name, and an entry that overrules nothing is reported.
"""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

from hengliang.base.finding import Finding
from hengliang.base.message import Message, message
from hengliang.base.place import Spot
from hengliang.form.errors import Damaged
from hengliang.form.model import Form

EVERYWHERE = "*"
SUFFIX = ".hengliang.toml"
"""What the name of a form's own file of suppressions adds to the form's name: `form.xlsx.hengliang.toml`."""


class Suppression(NamedTuple):
    """One rule overruled at one place."""

    code: str
    place: str
    reason: str
    by: str
    until: date | None = None


class Suppressed(NamedTuple):
    """A finding and what overruled it."""

    finding: Finding
    suppression: Suppression


class Sifted(NamedTuple):
    """Findings after suppressions: those that count, those overruled, and suppressions without use."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    unused: tuple[Suppression, ...]


def suppress(form: Form, findings: Sequence[Finding], suppressions: Sequence[Suppression]) -> Sifted:
    """`findings` of `form` sifted by `suppressions`."""
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        reason = next((entry for entry in suppressions if _covers(entry, form, finding)), None)
        if reason is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, reason))
    used = {entry.suppression for entry in suppressed}
    unused = tuple(entry for entry in suppressions if entry not in used)
    return Sifted(tuple(kept), tuple(suppressed), unused)


def _covers(entry: Suppression, form: Form, finding: Finding) -> bool:
    return entry.code == finding.code and any(_is_in(spot, entry.place, form) for spot in finding.spots)


def _is_in(spot: Spot, place: str, form: Form) -> bool:
    if place == EVERYWHERE or spot.path == place or spot.path.startswith(f"{place}/"):
        return True
    head, _, rest = spot.path.partition("/")
    index = rest.partition("/")[0]
    if head != "indicators" or not index.isdigit() or int(index) >= len(form.indicators):
        return False
    return form.indicators[int(index)].name == place


def still_holding(suppressions: Sequence[Suppression], today: date) -> tuple[Suppression, ...]:
    """The suppressions that have not run out by `today`."""
    return tuple(entry for entry in suppressions if entry.until is None or entry.until >= today)


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """The suppressions in a file. Raises Damaged, naming the entry, when one cannot be understood."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _refused(path, message("it cannot be read as TOML ({why})", why=str(error))) from error
    entries = data.pop("suppress", [])
    if data or not isinstance(entries, list):
        unknown = next(iter(data), "suppress")
        raise _refused(path, message("{key} is nothing known here", key=unknown))
    return tuple(
        _entry(path, number, entry) for number, entry in enumerate(cast("list[object]", entries), start=1)
    )


def _entry(path: Path, number: int, entry: object) -> Suppression:
    fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    for key in ("code", "place", "reason", "by"):
        value = fields.get(key)
        if not isinstance(value, str) or not value.strip():
            raise _refused(path, message("entry {number} has no {key}", number=number, key=key))
    until = fields.get("until")
    if unknown := sorted(fields.keys() - set(Suppression._fields)):
        raise _refused(
            path, message("entry {number} has an unknown key {key}", number=number, key=unknown[0])
        )
    # A TOML date-time is a date too, but one that does not compare with days.
    if until is not None and type(until) is not date:
        raise _refused(path, message("entry {number}: until is no date such as 2027-12-31", number=number))
    texts = (str(fields[key]).strip() for key in ("code", "place", "reason", "by"))
    return Suppression(*texts, until=until)


def _refused(path: Path, reason: Message) -> Damaged:
    remedy = message("give each [[suppress]] entry a code, a place, a reason and by whom")
    return Damaged(str(path), reason, remedy)
