"""The addresses of evidence."""

from django.urls import path

from hengliang.web.evidence import views, views_ground

urlpatterns = [
    path("", views.index, name="evidence"),
    path("ledgers/<slug:name>/", views.ledger, name="ledger"),
    path("ledgers/<slug:name>/template.xlsx", views.template, name="ledger-template"),
    path("ground/<int:z>/<int:x>/<int:y>", views_ground.tile, name="ground"),
    path("loads/<int:pk>/", views.load, name="load"),
    path("loads/<int:pk>/marked.xlsx", views.marked, name="load-marked"),
    path("loads/<int:pk>/records/", views.batch, name="load-records"),
]
