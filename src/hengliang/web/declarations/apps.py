"""The app of declarations."""

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Declarations."""

    name = "hengliang.web.declarations"
    label = "declarations"
    default_auto_field = "django.db.models.BigAutoField"
