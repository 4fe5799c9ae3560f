"""The addresses of jobs."""

from django.urls import path

from hengliang.web.jobs import views

urlpatterns = [path("<int:pk>/", views.job, name="job")]
