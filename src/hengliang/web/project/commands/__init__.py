"""The commands of the web application; the terminal finds them as entry points of `hengliang.commands`."""

import os
from pathlib import Path


def set_up(home: Path | None = None) -> None:
    """Makes Django ready in this process, for the installation in `home` (else `HENGLIANG_HOME`)."""
    if home is not None:
        os.environ["HENGLIANG_HOME"] = str(home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.web.project.settings")
    import django

    django.setup()
