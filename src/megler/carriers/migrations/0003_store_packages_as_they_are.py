"""A package is a zip: the database need not try to compress it again, which takes longer than writing."""

from django.db import migrations

FORWARD = "ALTER TABLE carriers_edition ALTER COLUMN content SET STORAGE EXTERNAL"
BACKWARD = "ALTER TABLE carriers_edition ALTER COLUMN content SET STORAGE EXTENDED"


class Migration(migrations.Migration):
    dependencies = [("carriers", "0002_never_change_editions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
