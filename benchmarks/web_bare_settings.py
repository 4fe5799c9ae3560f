"""The settings of the bare application: the same database, nothing between a request and its view."""

from hengliang.web.project.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.web_bare"
