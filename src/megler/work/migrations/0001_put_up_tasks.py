import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="what is to be done")),
                ("about_type", models.CharField(blank=True, max_length=32)),
                ("about_id", models.CharField(blank=True, max_length=64)),
                ("url", models.CharField(blank=True, help_text="where it is done", max_length=200)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("administrator", "Administrator"),
                            ("case_manager", "Case manager"),
                            ("new_business", "New business"),
                            ("underwriter", "Underwriter"),
                            ("licensing", "Licensing"),
                            ("service", "Service"),
                            ("accounting", "Accounting"),
                            ("agent", "Agent"),
                            ("assistant", "Agent's assistant"),
                            ("carrier", "Carrier"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=200)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["about_type", "about_id"], name="task_about"),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["role", "due_on"],
                        name="task_open_by_role",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["person", "due_on"],
                        name="task_open_by_person",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            models.Q(("role", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="task_waits_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", "")),
                            models.Q(
                                models.Q(("done_by", ""), _negated=True), ("done_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="task_done_by_somebody",
                    ),
                ],
            },
        ),
    ]
