"""Stages that were handed in before they kept their version."""

from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.utils import timezone

from hengliang.web.declarations.models import Declaration, Step, Version
from hengliang.web.evaluation.models import Stage

_NOW = timezone.now()


def _approved(declaration: Declaration, number: int, move: str, days_ago: int) -> Version:
    """A version that was approved some days ago."""
    made = Version.objects.create(
        declaration=declaration, number=number, content={}, digest="0" * 64, made_by="fuze"
    )
    step = Step.objects.create(
        declaration=declaration, move=move, source="a", target="b", version=made, person="pifu"
    )
    Step.objects.filter(pk=step.pk).update(at=_NOW - timedelta(days=days_ago))
    return made


def _stage(declaration: Declaration, month: int, days_ago: int | None) -> Stage:
    at = None if days_ago is None else _NOW - timedelta(days=days_ago)
    return Stage.objects.create(
        declaration=declaration, month=month, submitted_at=at, submitted_by="fuze" if at else ""
    )


def test_they_get_the_version_that_was_in_force(example: Declaration) -> None:
    first = _approved(example, 1, "approve", 90)
    early, late, before = (_stage(example, month, days) for month, days in ((4, 60), (7, 10), (1, 99)))
    open_ = _stage(example, 10, None)
    _approved(example, 2, "submit_adjustment", 40)
    second = _approved(example, 3, "approve_adjustment", 30)
    kept = Stage.objects.create(
        declaration=example, month=8, submitted_at=_NOW, submitted_by="fuze", version=first
    )
    import_module("hengliang.web.evaluation.migrations.0005_versions_of_stages").keep_versions(apps, None)
    found = dict(Stage.objects.values_list("pk", "version"))
    assert found == {
        early.pk: first.pk,
        late.pk: second.pk,
        before.pk: None,
        open_.pk: None,
        kept.pk: first.pk,
    }
