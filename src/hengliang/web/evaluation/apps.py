"""The app of evaluation."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Evaluation."""

    name = "hengliang.web.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the needs that this app answers, and its work, known."""
        from hengliang.web.evaluation import policies, work

        assert policies
        assert work
