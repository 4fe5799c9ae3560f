"""The web application, set up for reading what is in it: in a folder that goes again."""

import os
import tempfile

from django.apps import apps


def set_up() -> None:
    """Once for all pages; an application that is set up already stays as it is."""
    if apps.ready:
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HENGLIANG_HOME": home, "HENGLIANG_SECRET_KEY": "reference"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "hengliang.web.project.settings"
        import django

        django.setup()
