"""Notes what forms use that came into force before there was a library."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from hengliang.web.library.uses import key_of


def note(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """One use for each named row of a version in force."""
    del editor
    declarations = apps.get_model("declarations", "Declaration")
    use = apps.get_model("library", "Use")
    for declaration in declarations.objects.filter(approved__isnull=False).select_related("approved"):
        version = declaration.approved  # pyright: ignore[reportAttributeAccessIssue]
        names = [
            "" if "name" in row.get("truncated", ()) else str(row.get("name") or "")
            for row in version.content.get("indicators", ())
        ]
        rows = version.rows or [str(index) for index in range(len(names))]
        use.objects.bulk_create(
            use(declaration=declaration, version=version, row=row, name=name, key=key_of(name))
            for row, name in zip(rows, names, strict=True)
            if key_of(name)
        )


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
