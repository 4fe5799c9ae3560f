"""All addresses. Each app has its own; this is their index."""

from django.urls import include, path
from django.views.i18n import set_language

from hengliang.web.accounts.policies import public
from hengliang.web.declarations import urls as declarations
from hengliang.web.project import views

handler400 = views.unreadable

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", public(set_language), name="set_language"),
    path("", include("hengliang.web.accounts.urls")),
    path("system/", views.system, name="system"),
    path("audit/", views.audit_log, name="audit-log"),
    path("health/", views.health, name="health"),
    path("jobs/", include("hengliang.web.jobs.urls")),
    path("declarations/", include("hengliang.web.declarations.urls")),
    path("", include("hengliang.web.evaluation.urls")),
    path("insight/", include("hengliang.web.insight.urls")),
    path("reviews/", include(declarations.review_patterns)),
    path("rounds/", include(declarations.round_patterns)),
    path("", include("hengliang.web.publication.urls")),
    path("library/", include("hengliang.web.library.urls")),
    path("evidence/", include("hengliang.web.evidence.urls")),
    path("", include("hengliang.web.api.urls")),
]
