"""`python -m hengliang`: the same as `hengliang`."""

from hengliang.cli.main import run

run()
