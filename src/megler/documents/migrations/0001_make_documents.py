import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                            ("image/tiff", "TIFF"),
                        ],
                        max_length=40,
                    ),
                ),
                ("size", models.PositiveBigIntegerField(help_text="bytes", verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("pages", models.PositiveIntegerField(verbose_name="pages")),
                ("file", models.FileField(unique=True, upload_to="")),
                ("created_at", models.DateTimeField(verbose_name="added")),
                (
                    "by_id",
                    models.CharField(
                        help_text="the actor, as the journal knows them", max_length=64
                    ),
                ),
                ("by_name", models.CharField(max_length=200, verbose_name="by")),
            ],
            options={
                "indexes": [models.Index(fields=["sha256"], name="document_sha256")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="document_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pages__gt", 0)), name="document_has_pages"
                    ),
                ],
            },
        ),
    ]
