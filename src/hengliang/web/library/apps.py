"""The app of the indicator library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The indicator library."""

    name = "hengliang.web.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Notes what forms in force use, and tells where adopted rows come from."""
        from hengliang.web.library import adopt, uses

        assert adopt
        assert uses
