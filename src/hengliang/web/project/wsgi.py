"""The application as WSGI servers take it: `hengliang.web.project.wsgi:application`."""

import atexit
import gc
import os
from decimal import Decimal

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.web.project.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Loads what the first reader would else wait for, and spares the collector from looking at it again:
    the rules, profiles and addresses live as long as the process, and each full look at them takes 0.1 s."""
    from django.urls import get_resolver

    from hengliang import api
    from hengliang.form.model import Form, Kind, Purpose

    assert get_resolver().url_patterns
    api.review(Form(kind=Kind.DEPARTMENT, purpose=Purpose.DECLARATION))
    api.criterion("每少一家扣0.05分", points=Decimal(3), operator="≥", target="60", unit="家")
    # What a request makes is mostly gone when it ends: looked at ten times more seldom, since little is kept.
    gc.set_threshold(7000, 10, 10)
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


_warm()
