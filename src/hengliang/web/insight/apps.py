"""The app of the boards."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InsightConfig(AppConfig):
    """The boards."""

    name = "hengliang.web.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes known what is noted with the acts of lower apps."""
        from hengliang.web.insight import actions

        assert actions
        post_migrate.connect(_catch_up, sender=self)


def _catch_up(using: str, **_: Any) -> None:
    """Notes what was handed in before there were boards, or before the rules were changed."""
    from django.db import connections

    from hengliang.web.insight import actions
    from hengliang.web.insight.models import Noted

    if Noted._meta.db_table in connections[using].introspection.table_names():
        actions.catch_up()
