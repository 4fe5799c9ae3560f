"""The settings of gunicorn for the web application: `gunicorn --config gunicorn.conf.py`."""

import os

wsgi_app = "hengliang.web.project.wsgi:application"
bind = os.environ.get("HENGLIANG_BIND", "unix:/run/hengliang/web.sock")
# Pages wait for the database and for one another's turn in the log as much as they compute.
workers = int(os.environ.get("HENGLIANG_WORKERS", (os.cpu_count() or 1) + 1))
threads = 4
# The program is read once and shared; a worker that dies is back in a moment. `reload` takes no new version.
preload_app = True
# The largest upload on a slow line has arrived in nginx before gunicorn sees it; this is for the work alone.
timeout = 120
graceful_timeout = 30
# Longer than nginx keeps an idle connection to it (60 s), so that nginx never asks on a closed one.
keepalive = 75
# A worker is replaced now and then, so that nothing grows for ever.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"
# nginx writes the log of requests, without addresses and names of people.
accesslog = None
errorlog = "-"
control_socket_disable = True
