"""The app of evaluation."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Evaluation."""

    name = "hengliang.web.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the needs that this app answers, its work, and what it knows of records, known."""
        from hengliang.web.evaluation import bundles, counted, policies, work

        assert bundles
        assert counted
        assert policies
        assert work
