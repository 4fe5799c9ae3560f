"""The addresses of the boards."""

from django.urls import path

from hengliang.web.insight import views, views_lists, views_round

urlpatterns = [
    path("", views.index, name="insight"),
    path("forms/<int:pk>/", views.unit, name="insight-unit"),
    path("rounds/<int:pk>/", views_round.progress_of, name="insight-round"),
    path("rounds/<int:pk>/findings/", views_round.findings, name="insight-findings"),
    path("rounds/<int:pk>/scores/", views_round.scores_of, name="insight-scores"),
    path("rounds/<int:pk>/compare/", views_round.side_by_side, name="insight-compare"),
    path("rounds/<int:pk>/forms/", views_lists.forms, name="insight-forms"),
    path("rounds/<int:pk>/cells/", views_lists.cells, name="insight-cells"),
    path("rounds/<int:pk>/indicators/", views_lists.lines, name="insight-lines"),
]
