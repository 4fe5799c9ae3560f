"""The app of the interface for programs."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API."""

    name = "hengliang.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the work of this app known to the queue, and lets tokens end with the sessions."""
        from hengliang.web.accounts.actions import ENDINGS
        from hengliang.web.api import work
        from hengliang.web.api.actions import end_all

        assert work
        ENDINGS.append(end_all)
