"""The app of organisations and people."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "hengliang.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
