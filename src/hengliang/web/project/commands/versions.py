"""Whether a database and this program are of one version, by the migrations that each knows."""

from collections.abc import Iterable

from hengliang.base.message import Message, message


def applied() -> list[str]:
    """The migrations that the database has, as `app.name`."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connection)  # pyright: ignore[reportArgumentType]
    return sorted(".".join(one) for one in recorder.applied_migrations())


def too_new(migrations: Iterable[str]) -> Message | None:
    """What is wrong with a database of these migrations when this program does not know them all."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    known = {".".join(one) for one in loader.disk_migrations or ()}
    # What was replaced by one that says the same is known too.
    known |= {".".join(old) for one in (loader.replacements or {}).values() for old in one.replaces}
    unknown = sorted(set(migrations) - known)
    if not unknown:
        return None
    return message(
        "the database was written by a newer version of the program ({names})", names=", ".join(unknown[:3])
    )


def is_behind() -> bool:
    """Whether the database lacks migrations of this program."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
