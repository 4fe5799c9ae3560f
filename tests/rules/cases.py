"""Cases of the review rules, drawn in Markdown: `tests/rules/<family>/<CODE>.md`.

    # V06 percent-out-of-reach

    ## fails: a share above 100

    | level1 | level2 | name | operator | target | unit | points |
    | --- | --- | --- | --- | --- | --- | --- |
    | 产出指标 | 时效指标 | 结案率 | > | 100 | % | 2 |

    finds: indicators/0/target

A heading says what must come out: `fails`, `passes` (nothing is said), `undecidable`, `not applicable`. The
table heads are field names of `Indicator`; an empty cell is None; `truncated` is a comma list. Other fields
come as `field: value` lines (`fiscal_year: 2023`, `organisation: …`) or as a fenced `json` block (any
fields of `Form`); a block `json source` gives `printed` and `joins`, a block `json previous` a list of
earlier forms. `profile: national-2021` chooses the profile (national-2015 otherwise; one in the
folder `profiles` beside this file comes first). `finds:` and `at:` name the
chief path of each outcome, in any order, separated by blanks (`""` is the whole form). `fix: path = value`
says what a field holds after the offered fixes were applied.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hengliang.base.profile import load_profile
from hengliang.form.model import Form
from hengliang.form.source import Source
from hengliang.review.rule import Context

HOME = Path(__file__).parent
_HEADING = re.compile(r"^## (fails|passes|undecidable|not applicable): (.+)$", re.M)
_FENCE = re.compile(r"^```json ?(\w*)\n(.*?)^```$", re.M | re.S)
_SETTING = re.compile(r"^(\w+): (.*)$", re.M)


class Case(NamedTuple):
    """One drawn form and what the rule must say of it."""

    code: str
    outcome: str
    title: str
    context: Context
    paths: list[str] | None
    fixed: dict[str, str | None]

    def __str__(self) -> str:
        return f"{self.code} {self.outcome}: {self.title}"


def all_cases() -> Iterator[Case]:
    """Every case of every file."""
    for file in sorted(HOME.glob("*/*.md")):
        yield from _cases(file)


def _cases(file: Path) -> Iterator[Case]:
    text = file.read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(text))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        body = text[heading.end() : following.start() if following else None]
        yield _case(file.stem, heading[1], heading[2].strip(), body)


def _case(code: str, outcome: str, title: str, body: str) -> Case:
    fields: dict[str, Any] = {"kind": "department", "purpose": "declaration"}
    source: dict[str, Any] = {}
    previous: list[Any] = []
    profile = "national-2015"
    paths: list[str] | None = None
    fixed: dict[str, str | None] = {}
    for kind, block in _FENCE.findall(body):
        data = json.loads(block)
        if kind == "source":
            source = {"joins": {path: tuple(ends) for path, ends in data.pop("joins", {}).items()}, **data}
        elif kind == "previous":
            previous = data
        else:
            fields.update(data)
    plain = _FENCE.sub("", body)
    for name, value in _SETTING.findall(plain):
        if name == "profile":
            profile = value
        elif name in ("finds", "at"):
            paths = [path.strip('"') for path in value.split()]
        elif name == "fix":
            path, _, new = value.partition(" = ")
            fixed[path] = None if new == "null" else new
        else:
            fields[name] = value
    if rows := list(_rows(plain)):
        fields["indicators"] = rows
    context = Context(
        Form.model_validate(fields),
        load_profile(str(own) if (own := HOME / "profiles" / profile).is_dir() else profile),
        Source(**source),
        tuple(
            Form.model_validate({"kind": "department", "purpose": "declaration", **form}) for form in previous
        ),
    )
    return Case(code, outcome, title, context, paths, fixed)


def _rows(body: str) -> Iterator[dict[str, Any]]:
    lines = [line.strip() for line in body.splitlines() if line.strip().startswith("|")]
    if not lines:
        return
    heads = [head.strip() for head in lines[0].strip("|").split("|")]
    for line in lines[2:]:
        cells = [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
        row: dict[str, Any] = {head: cell or None for head, cell in zip(heads, cells, strict=True)}
        if "truncated" in row:
            row["truncated"] = tuple((row["truncated"] or "").replace(",", " ").split())
        if row.get("points") is not None:
            row.setdefault("points_in", "column")
        yield row
