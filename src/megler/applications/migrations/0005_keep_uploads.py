import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_fill_in_by_link_and_telephone"),
        ("documents", "0002_keep_originals_and_quarantine"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="of what was sent, so that twice is once", max_length=64
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="added")),
                ("read_at", models.DateTimeField(null=True)),
                ("assigned", models.JSONField(default=dict)),
                ("found", models.JSONField(default=dict)),
                ("said", models.BinaryField(default=dict)),
                ("taken", models.JSONField(default=list)),
                ("left", models.JSONField(default=list)),
                (
                    "signed",
                    models.JSONField(
                        default=list, help_text="roles whose signature on paper was accepted"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="applications.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["application", "digest"], name="upload_digest")],
            },
        ),
    ]
