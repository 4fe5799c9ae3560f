"""The app of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence."""

    name = "hengliang.web.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the work of this app known to the queue."""
        from hengliang.web.evidence import work

        assert work
