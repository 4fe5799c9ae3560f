"""The app that carries the frame: shared templates, static files and commands."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Project."""

    name = "hengliang.web.project"
    label = "project"
