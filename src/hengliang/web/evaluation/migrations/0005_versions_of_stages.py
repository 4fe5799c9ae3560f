"""Stages that were handed in before they kept their version get the one that was in force then."""

from typing import Any

from django.db import migrations

_APPROVALS = ("approve", "approve_adjustment")


def keep_versions(apps: Any, _editor: Any) -> None:
    """The version of the last approval before a stage was handed in: its rows have kept its numbers."""
    steps = apps.get_model("declarations", "Step").objects
    stages = apps.get_model("evaluation", "Stage").objects
    for stage in stages.filter(submitted_at__isnull=False, version=None):
        approvals = steps.filter(
            declaration=stage.declaration_id,
            move__in=_APPROVALS,
            version__isnull=False,
            at__lte=stage.submitted_at,
        )
        approved = approvals.order_by("-at", "-pk").first()
        if approved is not None:
            stages.filter(pk=stage.pk).update(version=approved.version_id)


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0003_reminders"),
        ("evaluation", "0004_stage_version"),
    ]

    operations = [migrations.RunPython(keep_versions, migrations.RunPython.noop)]
