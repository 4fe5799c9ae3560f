"""Facts are kept by name, and said in the language of whoever reads them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]

    operations = [migrations.AddField("line", "facts", models.JSONField(default=dict))]
