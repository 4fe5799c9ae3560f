"""The app of the audit log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "hengliang.web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
