"""The app of declarations."""

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Declarations."""

    name = "hengliang.web.declarations"
    label = "declarations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the work of this app known to the queue."""
        from hengliang.web.declarations import bundles, work

        assert bundles
        assert work
