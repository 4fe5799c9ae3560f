"""The app of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs."""

    name = "hengliang.web.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
