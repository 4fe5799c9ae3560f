"""Settings of the tests: the product's, with a database and a folder that are thrown away."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="hengliang-web-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["HENGLIANG_HOME"] = _home
os.environ.setdefault("HENGLIANG_SECRET_KEY", "tests")

from hengliang.web.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# No worker runs beside a test; and what looks at its work stands in another transaction than the test.
JOB_WAIT_SECONDS = 0
JOB_LOOK_SECONDS = 60
