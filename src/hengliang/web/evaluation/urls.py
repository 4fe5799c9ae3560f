"""The addresses of evaluation and monitoring."""

from django.urls import path

from hengliang.web.evaluation import views, views_check, views_course, views_monitoring

urlpatterns = [
    path("evaluation/", views.index, name="evaluations"),
    path("evaluation/<int:pk>/", views.self_evaluation, name="self-evaluation"),
    path("evaluation/<int:pk>/measure/", views.measure, name="measure"),
    path("evaluation/<int:pk>/spend/", views.spend, name="spend"),
    path(
        "evaluation/<int:pk>/documents/<slug:what>.<slug:ending>", views.document, name="evaluation-document"
    ),
    path("evaluation/<int:pk>/rows/<int:number>/", views.number, name="number"),
    path("evaluation/<int:pk>/rows/<int:number>/state/", views.state, name="state"),
    path("evaluation/<int:pk>/rows/<int:number>/explain/", views.explain, name="explain"),
    path("evaluation/<int:pk>/rows/<int:number>/file/", views.stated_file, name="stated-file"),
    path("evaluation/<int:pk>/check/", views_check.check, name="check"),
    path("evaluation/<int:pk>/report/", views_check.report, name="report"),
    path("evaluation/<int:pk>/remedies/", views_check.remedies, name="remedies"),
    path("evaluation/<int:pk>/remedies/<int:remedy>/", views_check.remedy, name="remedy"),
    path("evaluation/<int:pk>/remedies/<int:remedy>/file/", views_check.remedy_file, name="remedy-file"),
    path("monitoring/", views_monitoring.monitoring, name="monitoring"),
    path("monitoring/<int:pk>/", views_monitoring.stages, name="stages"),
    path("monitoring/<int:pk>/plan/", views_course.plan, name="plan"),
    path("monitoring/<int:pk>/outlook/", views_course.outlook, name="outlook"),
    path("monitoring/<int:pk>/series/", views_course.series, name="series"),
    path("monitoring/<int:pk>/rows/<int:number>/", views_course.course, name="course"),
    path(
        "monitoring/<int:pk>/<int:month>/table.<slug:ending>", views_monitoring.table, name="monitoring-table"
    ),
    path("monitoring/<int:pk>/<int:month>/", views_monitoring.stage, name="stage"),
]
