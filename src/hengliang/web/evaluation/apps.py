"""The app of evaluation."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Evaluation."""

    name = "hengliang.web.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the needs that this app answers, its work, what it knows of records and its reports known."""
        from hengliang.web.evaluation import bundles, counted, policies, reports, work

        assert bundles
        assert counted
        assert policies
        assert reports
        assert work
