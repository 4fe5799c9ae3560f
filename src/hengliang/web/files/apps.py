"""The app of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files."""

    name = "hengliang.web.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
