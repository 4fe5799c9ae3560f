"""The application as WSGI servers take it: `hengliang.web.project.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.web.project.settings")
application = get_wsgi_application()
