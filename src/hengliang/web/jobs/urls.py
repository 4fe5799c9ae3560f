"""The addresses of jobs."""

from django.urls import path

from hengliang.web.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/file/", views.file, name="job-file"),
    path("<int:pk>/cancel/", views.cancel, name="job-cancel"),
    path("<int:pk>/retry/", views.retry, name="job-retry"),
]
