"""The app of publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Publication."""

    name = "hengliang.web.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the need that this app answers and its work known."""
        from hengliang.web.publication import actions, work

        assert actions
        assert work
