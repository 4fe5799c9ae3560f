"""The road on one page: read a document, review the form in it, score it, export it.

    reading = api.read("form.xlsx")
    for form, source in reading.forms:
        found = api.review(form, source=source)
        sheet = api.score(form)
        api.export(form, "form.json")

What a verb needs is imported when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from hengliang.criteria.read import CriterionReading
    from hengliang.form.actual import Actual
    from hengliang.form.containers.limits import Limits
    from hengliang.form.model import Form
    from hengliang.form.source import Reading, Source
    from hengliang.review.run import Review
    from hengliang.score.sheet import ScoreSheet

Format = Literal["json", "xlsx", "docx", "csv", "md", "mof", "mof-zip"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""What a form can be written as; `mof` are the records of the ministry's data standard, as JSON, `mof-zip`
the same as CSV files, one for each table, in one ZIP file."""

DEFAULT_PROFILE = "national-2015"


def read(path: Path | str, limits: Limits | None = None) -> Reading:
    """What a document says: its forms with the place of every field, and all that was not understood.

    Reads documents of every format, and the exchange JSON that `export` writes. A document without a form
    gives a reading without forms. Raises `form.errors.UnreadableFile` with the reason and the remedy.
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        from hengliang.form.exchange import read_exchange

        return read_exchange(path)
    from hengliang.form.read import DEFAULT_LIMITS, read_document

    return read_document(path, limits or DEFAULT_LIMITS)


def review(
    form: Form,
    profile: str = DEFAULT_PROFILE,
    source: Source | None = None,
    previous: Sequence[Form] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Review:
    """What the rules say of a form: findings, checks that cannot be decided, checks that do not apply.

    `profile` names a rule profile or the folder of one. `source` gives places for the findings, `previous`
    the forms of the same organisation for earlier years, newest first. `select` and `ignore` choose rules
    by the beginnings of their codes. Raises `base.profile.ProfileError`.
    """
    from hengliang.base.profile import load_profile
    from hengliang.form.source import NO_SOURCE
    from hengliang.review.catalogue import selected
    from hengliang.review.run import review as run

    rules = selected(tuple(select), tuple(ignore))
    return run(form, load_profile(profile), source or NO_SOURCE, previous, rules)


def criterion(
    text: str,
    points: Decimal | None = None,
    operator: str | None = None,
    target: str | None = None,
    unit: str | None = None,
    profile: str = DEFAULT_PROFILE,
) -> CriterionReading:
    """What a scoring sentence says for an indicator worth `points` with the target given.

    `operator` is ≥ > = < ≤ or 定性, `target` a number or words as printed.
    Raises `base.profile.ProfileError`.
    """
    from hengliang.base.profile import load_profile
    from hengliang.criteria.read import read_criterion

    return read_criterion(text, points, operator, target, unit, load_profile(profile))


def score(
    form: Form, actuals: Mapping[int, Actual] | None = None, profile: str = DEFAULT_PROFILE
) -> ScoreSheet:
    """The score sheet of a form: points or intervals with their steps, totals, grade.

    `actuals` holds actual values by the place of the indicator, counted from 0; None takes those that the
    form itself states. Raises `base.profile.ProfileError`.
    """
    from hengliang.base.profile import load_profile
    from hengliang.score.run import score as run

    return run(form, actuals, load_profile(profile))


def export(
    form: Form, path: Path | str, form_as: Format | None = None, profile: str = DEFAULT_PROFILE
) -> None:
    """Writes a form to `path`, as the ending says or as `form_as` names.

    Raises ValueError for an unknown format, `form.writers.errors.UnwritableForm` when the format cannot
    hold the form, OSError when the file cannot be written.
    """
    path = Path(path)
    wanted = form_as or path.suffix.lower().lstrip(".")
    if wanted not in FORMATS:
        raise ValueError(f"{wanted!r} is none of {', '.join(FORMATS)}")
    path.write_bytes(_writer(wanted, profile)(form))


def _writer(wanted: Format, profile: str) -> Callable[[Form], bytes]:
    """What turns a form into the bytes of a file."""
    if wanted == "xlsx":
        from hengliang.base.profile import load_profile
        from hengliang.form.writers import xlsx

        return lambda form: xlsx.to_bytes(form, load_profile(profile))
    if wanted == "docx":
        from hengliang.form.writers import docx

        return docx.to_bytes
    if wanted == "csv":
        from hengliang.form.writers import csv

        return csv.to_bytes
    if wanted == "md":
        from hengliang.form.writers import markdown

        return markdown.to_bytes
    import json

    if wanted == "mof-zip":
        from hengliang.form import mof

        return lambda form: mof.to_zip(mof.to_mof(form))
    if wanted == "mof":
        from hengliang.form import mof

        return lambda form: (json.dumps(mof.to_mof(form), ensure_ascii=False, indent=2) + "\n").encode()
    from hengliang.form.exchange import form_to_json

    return lambda form: (json.dumps(form_to_json(form), ensure_ascii=False, indent=2) + "\n").encode()
