import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("to", models.EmailField(max_length=254, verbose_name="to")),
                ("to_name", models.CharField(blank=True, max_length=200)),
                ("subject", models.CharField(max_length=300, verbose_name="subject")),
                ("text", models.BinaryField()),
                ("private", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=5)),
                ("about_type", models.CharField(blank=True, max_length=32)),
                ("about_id", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("sent", "Sent"),
                            ("kept", "Kept here"),
                            ("given_up", "Could not be sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="written")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="message_newest"),
                    models.Index(fields=["state", "-created_at", "-id"], name="message_by_state"),
                    models.Index(fields=["to", "-created_at"], name="message_to"),
                    models.Index(fields=["about_type", "about_id"], name="message_about"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="message_sent_has_time",
                    )
                ],
            },
        ),
    ]
